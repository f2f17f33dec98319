import type { TextEdit, MakeContainer } from './text-edits';
import { blockLines, insideBrackets } from './text-edits';
import type { Gone, Removal } from './delete';
import { deleteFromBlock, deleteFromFlow } from './delete';
import type { Entry } from './entries';
import { entriesIn, isBesideDash } from './entries';
import type { Layout } from './layout';
import type { SequenceNode } from '../reader/node';

/** What changes in a list of which some items stay: what goes, and what is put before an item. */
export interface ListChange {
  readonly gone: Gone;
  /** By the place of the item before which they come; the length of the list is its end. */
  readonly inserted: ReadonlyMap<number, MakeContainer>;
}

/** How items are put behind the last one, which depends on what the text ends with. */
export type AppendItems = (make: MakeContainer, from: number | undefined) => TextEdit;

/** Changes a block list: only the lines of what goes and of what is new. */
export function changeBlockList(
  layout: Layout,
  node: SequenceNode,
  { gone, inserted }: ListChange,
  append: AppendItems,
): TextEdit[] {
  const { newLine } = layout;
  const entries = entriesIn(layout, node);
  const column = layout.column(node.start);
  const indent = ' '.repeat(column);
  const removals = deleteFromBlock(layout, node, gone);
  const edits: TextEdit[] = [];
  const isBeside = isBesideDash(layout, node);
  for (const [index, make] of inserted) {
    const next = entries[index];
    const lines = blockLines(layout, make, column);
    const removed = removals.find(({ upTo }) => upTo === index - 1);
    const first = removals[0];
    if (isBeside && gone.has(0) && first && index <= first.upTo + 1) {
      // The next item moves up to the dash, or the dash stands alone, with comments below it.
      const movesUp = first.start === node.start;
      const text: TextEdit['text'] = movesUp
        ? (values) => first.text(values) + lines(values) + newLine + indent
        : (values) => {
            const above = first.text(values);
            return (above === '' ? ' ' : above + newLine + indent) + lines(values);
          };
      removals[0] = { ...first, text };
    } else if (index === 0 && next) {
      const start = gone.has(0) ? layout.lineStart(next.start) : next.start;
      const text: TextEdit['text'] = gone.has(0)
        ? (values) => indent + lines(values) + newLine
        : (values) => lines(values) + newLine + indent;
      edits.push({ start, end: start, text });
    } else if (next) {
      const end = layout.ownedEnd((entries[index - 1] as Entry).value, column);
      const start = removed?.end ?? layout.nextLine(end);
      edits.push({ start, end: start, text: (values) => indent + lines(values) + newLine });
    } else edits.push(append(make, removed?.end));
  }
  return [...edits, ...removals];
}

/** Changes a list in brackets. Where items have lines of their own, new ones get some, too. */
export function changeFlowList(
  layout: Layout,
  node: SequenceNode,
  { gone, inserted }: ListChange,
): TextEdit[] {
  const entries = entriesIn(layout, node);
  const removals = deleteFromFlow(layout, node, gone);
  const edits = Array.from(inserted, ([index, make]) => {
    const next = entries.findIndex((_, at) => at >= index && !gone.has(at));
    if (next >= 0) return insertInFlow(layout, entries, next, make);
    return appendInFlow(layout, entries, { gone, removals }, make);
  });
  return [...edits, ...removals];
}

const startsLine = (layout: Layout, start: number): boolean =>
  /^ *$/.test(layout.text.slice(layout.lineStart(start), start));

/** The comma behind an item. */
function commaAfter(layout: Layout, { value }: Entry) {
  const next = layout.tokenAfter(value.end);
  return next?.type === ',' ? next : undefined;
}

/** Puts items before the one at `next`. */
function insertInFlow(
  layout: Layout,
  entries: readonly Entry[],
  next: number,
  make: MakeContainer,
): TextEdit {
  const { start } = entries[next] as Entry;
  const before = entries[next - 1];
  if (!startsLine(layout, start)) {
    const inside = insideBrackets(make);
    return { start, end: start, text: (values) => `${inside(values)}, ` };
  }
  // Comment lines above an item stay above it.
  const comma = before && commaAfter(layout, before);
  const at = comma ? layout.nextLine(comma.end) : layout.lineStart(start);
  const indent = ' '.repeat(layout.column(start));
  const separate = separated(make, `,${layout.newLine}${indent}`);
  return {
    start: at,
    end: at,
    text: (values) => `${indent}${separate(values)},${layout.newLine}`,
  };
}

/** Puts items behind the last one that stays. */
function appendInFlow(
  layout: Layout,
  entries: readonly Entry[],
  { gone, removals }: { readonly gone: Gone; readonly removals: readonly Removal[] },
  make: MakeContainer,
): TextEdit {
  const inside = insideBrackets(make);
  const last = entries.findLastIndex((_, index) => !gone.has(index));
  const entry = entries[last] as Entry;
  const { end } = entry.value;
  const comma = commaAfter(layout, entry);
  const isKept = comma && !removals.some((cut) => cut.start <= comma.start && comma.end <= cut.end);
  const goesOn = last < entries.length - 1;
  const close = layout.tokenAfter(comma?.end ?? end);
  const ownLine =
    !goesOn &&
    startsLine(layout, entry.start) &&
    close !== undefined &&
    startsLine(layout, close.start);
  if (!ownLine) {
    if (!isKept) return { start: end, end, text: (values) => `, ${inside(values)}` };
    return { start: comma.end, end: comma.end, text: (values) => ` ${inside(values)},` };
  }
  const { newLine, text } = layout;
  const indent = ' '.repeat(layout.column(entry.start));
  const separate = separated(make, `,${newLine}${indent}`);
  const at = layout.nextLine(comma?.end ?? end);
  if (comma) {
    return { start: at, end: at, text: (values) => `${indent}${separate(values)},${newLine}` };
  }
  const rest = text.slice(end, at);
  return {
    start: end,
    end: at,
    text: (values) => `,${rest}${indent}${separate(values)}${newLine}`,
  };
}

/** The items of a list in brackets, each as a text of its own, with something between them. */
function separated(make: MakeContainer, between: string): TextEdit['text'] {
  return (values) => {
    const list = make(values);
    if (list.kind !== 'list') throw new Error('only a list has items');
    return list.items
      .map((item) => insideBrackets(() => ({ kind: 'list', items: [item] }))(values))
      .join(between);
  };
}
