import type { Cut, MakeContainer } from './edit-cut';
import { insideBrackets } from './edit-cut';
import type { Layout } from './edit-layout';
import type { MappingNode, Pair } from './node';

function removal(start: number, end: number): Cut {
  return { start, end, text: () => '' };
}

/**
 * Removes some of a block map's entries with their lines. Comment lines above an entry stay: only
 * their author knows whether they are about it alone or head a whole group of entries.
 */
export function deleteFromBlock(
  layout: Layout,
  node: MappingNode,
  deleted: ReadonlySet<Pair>,
): Cut[] {
  const column = layout.column(node.start);
  const cuts: Cut[] = [];
  let survivor: Pair | undefined;
  let pairs = node.pairs;
  const before = layout.text.slice(layout.lineStart(node.start), node.start);
  const kept = pairs.findIndex((pair) => !deleted.has(pair));
  if (/\S/.test(before) && kept > 0) {
    cuts.push(deleteBesideDash(layout, node, kept, column));
    pairs = pairs.slice(kept);
  }
  for (const pair of pairs) {
    if (!deleted.has(pair)) {
      survivor = pair;
      continue;
    }
    let end = layout.ownedEnd(pair.value, column);
    // Blank lines would become part of a `|+` text above.
    if (survivor && layout.keepsBlankLines(survivor.value)) end = layout.afterBlankLines(end);
    cuts.push(removal(layout.lineStart(layout.pairStart(node, pair)), layout.nextLine(end)));
  }
  return cuts;
}

/** Removes the first `count` entries of a map that starts beside the dash of its list item. */
function deleteBesideDash(layout: Layout, node: MappingNode, count: number, column: number): Cut {
  const last = node.pairs[count - 1] as Pair;
  const next = layout.pairStart(node, node.pairs[count] as Pair);
  const end = layout.ownedEnd(last.value, column);
  const between = layout.text.slice(end, layout.lineStart(next));
  // Comments keep their lines, so the dash stands alone; otherwise the next entry moves up to it.
  if (!between.includes('#')) return removal(node.start, next);
  return removal(layout.tokenBefore(node.start)?.end ?? node.start, end);
}

/**
 * Removes some entries of a map in braces with their commas, or puts `added` in the place of the
 * last ones.
 */
export function deleteFromFlow(
  layout: Layout,
  node: MappingNode,
  deleted: ReadonlySet<Pair>,
  added: MakeContainer | undefined,
): Cut[] {
  const { pairs } = node;
  const cuts: Cut[] = [];
  for (let first = 0; first < pairs.length; first++) {
    if (!deleted.has(pairs[first] as Pair)) continue;
    let last = first;
    while (last + 1 < pairs.length && deleted.has(pairs[last + 1] as Pair)) last++;
    const start = layout.pairStart(node, pairs[first] as Pair);
    const { end } = (pairs[last] as Pair).value;
    if (added && last === pairs.length - 1) cuts.push({ start, end, text: insideBrackets(added) });
    else cuts.push(deleteRun(layout, node, { first, last, start, end }));
    first = last;
  }
  return cuts;
}

/** Removes neighbours `first` to `last`, which stand from `start` to `end`. */
function deleteRun(
  layout: Layout,
  node: MappingNode,
  { first, last, start, end }: { first: number; last: number; start: number; end: number },
): Cut {
  const { pairs } = node;
  const lineStart = layout.lineStart(start);
  const rest = layout.text.slice(end, layout.lineEnd(end));
  const ownLines =
    /^ *$/.test(layout.text.slice(lineStart, start)) &&
    (last === pairs.length - 1 ? /^ *,? *(#.*)?$/ : /^ *, *(#.*)?$/).test(rest);
  // The comma before the last lines may stay; YAML reads `[a,]` as `[a]`.
  if (ownLines) return removal(lineStart, layout.nextLine(end));
  const before = pairs[first - 1];
  if (before) return removal(before.value.end, end);
  const after = pairs[last + 1];
  return removal(start, after ? layout.pairStart(node, after) : end);
}
