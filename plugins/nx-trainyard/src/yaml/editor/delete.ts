import type { TextEdit, MakeContainer } from './text-edits';
import { insideBrackets } from './text-edits';
import type { Entry } from './entries';
import { entriesIn, isBesideDash } from './entries';
import type { Layout } from './layout';
import type { MappingNode, SequenceNode } from '../reader/node';

/** Which entries go, by their place. */
export type Gone = ReadonlySet<number>;

/** The removal of entries, up to one. */
export interface Removal extends TextEdit {
  readonly upTo: number;
}

function removal(start: number, end: number, upTo: number): Removal {
  return { start, end, upTo, text: () => '' };
}

/**
 * Removes some entries of a block map or list with their lines. Comment lines above an entry stay:
 * only their author knows whether they are about it alone or head a whole group of entries.
 */
export function deleteFromBlock(
  layout: Layout,
  node: MappingNode | SequenceNode,
  gone: Gone,
): Removal[] {
  const column = layout.column(node.start);
  const entries = entriesIn(layout, node);
  const edits: Removal[] = [];
  let survivor: Entry | undefined;
  let from = 0;
  const kept = entries.findIndex((_, index) => !gone.has(index));
  if (isBesideDash(layout, node) && kept > 0) {
    edits.push(deleteBesideDash(layout, node, { entries, kept, column }));
    from = kept;
  }
  for (const [index, entry] of entries.entries()) {
    if (index < from) continue;
    if (!gone.has(index)) {
      survivor = entry;
      continue;
    }
    let end = layout.ownedEnd(entry.value, column);
    // Blank lines would become part of a `|+` text above.
    if (survivor && layout.keepsBlankLines(survivor.value)) end = layout.afterBlankLines(end);
    edits.push(removal(layout.lineStart(entry.start), layout.nextLine(end), index));
  }
  return edits;
}

/** Removes the entries before `kept` of a container that starts beside the dash of its list item. */
function deleteBesideDash(
  layout: Layout,
  node: MappingNode | SequenceNode,
  {
    entries,
    kept,
    column,
  }: { readonly entries: readonly Entry[]; readonly kept: number; readonly column: number },
): Removal {
  const last = entries[kept - 1] as Entry;
  const next = entries[kept] as Entry;
  const end = layout.ownedEnd(last.value, column);
  const between = layout.text.slice(end, layout.lineStart(next.start));
  // Comments keep their lines, so the dash stands alone; otherwise the next entry moves up to it.
  if (!between.includes('#')) return removal(node.start, next.start, kept - 1);
  return removal(layout.tokenBefore(node.start)?.end ?? node.start, end, kept - 1);
}

/**
 * Removes some entries in brackets with their commas, or puts `added` in the place of the last ones.
 */
export function deleteFromFlow(
  layout: Layout,
  node: MappingNode | SequenceNode,
  gone: Gone,
  added?: MakeContainer,
): Removal[] {
  const entries = entriesIn(layout, node);
  const edits: Removal[] = [];
  for (let first = 0; first < entries.length; first++) {
    if (!gone.has(first)) continue;
    let last = first;
    while (last + 1 < entries.length && gone.has(last + 1)) last++;
    const { start } = entries[first] as Entry;
    const { end } = (entries[last] as Entry).value;
    if (added && last === entries.length - 1) {
      edits.push({ start, end, upTo: last, text: insideBrackets(added) });
    } else edits.push(...deleteRun(layout, entries, first, last));
    first = last;
  }
  return edits;
}

/** Removes the neighbours `first` to `last`. */
function deleteRun(
  layout: Layout,
  entries: readonly Entry[],
  first: number,
  last: number,
): Removal[] {
  const run = entries.slice(first, last + 1);
  const isLast = last === entries.length - 1;
  // The comma before the last lines may stay; YAML reads `[a,]` as `[a]`.
  if (run.every((entry, index) => hasOwnLines(layout, entry, isLast && index === last - first))) {
    return run.map(({ start, value }, index) =>
      removal(layout.lineStart(start), layout.nextLine(value.end), first + index),
    );
  }
  const { start } = entries[first] as Entry;
  const { end } = (entries[last] as Entry).value;
  const before = entries[first - 1];
  const after = entries[last + 1];
  // A comment behind the entry before belongs to it.
  const isBare = before && !layout.text.slice(before.value.end, start).includes('#');
  if (isBare) return [removal(before.value.end, end, last)];
  return [removal(start, after ? after.start : end, last)];
}

function hasOwnLines(layout: Layout, { start, value }: Entry, isLast: boolean): boolean {
  const rest = layout.text.slice(value.end, layout.lineEnd(value.end));
  return (
    /^ *$/.test(layout.text.slice(layout.lineStart(start), start)) &&
    (isLast ? /^ *,? *(#.*)?$/ : /^ *, *(#.*)?$/).test(rest)
  );
}
