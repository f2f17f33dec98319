import type { Layout, Spot } from './layout';
import {
  blockText,
  childColumn,
  flowEntries,
  flowText,
  inlineText,
  shortFlowList,
} from '../writer/inline-text';
import type { EditValues, MakeValue } from './edit-tree';
import type { YamlNode } from '../reader/node';
import { oncePerWritten } from '../value/once-per-written';
import type { YamlList, YamlMap, YamlValue } from '../value/value';

/** A range of a text and what stands there instead. Cuts of one text do not overlap. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: (values: EditValues) => string;
}

/** A text with cuts: what stays is joined with what the cuts make of a run's values. */
export class TextWithEdits {
  readonly #kept: string[] = [];
  readonly #edits: readonly TextEdit[];

  /** Of two cuts at one place, the first one's text comes first. */
  constructor(text: string, edits: readonly TextEdit[]) {
    // What is put between comes before what takes a place that starts there.
    this.#edits = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
    let at = 0;
    for (const { start, end } of this.#edits) {
      this.#kept.push(text.slice(at, start));
      at = end;
    }
    this.#kept.push(text.slice(at));
  }

  fill(values: EditValues): string {
    let result = this.#kept[0] ?? '';
    for (let index = 0; index < this.#edits.length; index++) {
      result += this.#edits[index]?.text(values) ?? '';
      result += this.#kept[index + 1] ?? '';
    }
    return result;
  }
}

/** A map or list to which entries or items are added. */
export type MakeContainer = (values: EditValues) => YamlMap | YamlList;

/**
 * Puts a value in the place of a node. Comments on the key's line and behind a one-line value stay.
 * `anchor`, as `&name`, is written before the value.
 */
export function replacementOf(
  layout: Layout,
  spot: Spot,
  make: MakeValue,
  anchor?: string,
): TextEdit {
  return spot.location === 'flow'
    ? replaceInFlow(layout, spot, make, anchor)
    : replaceInBlock(layout, spot, make, anchor);
}

function replaceInFlow(layout: Layout, { node }: Spot, make: MakeValue, anchor?: string): TextEdit {
  const { text } = layout;
  const start = layout.start(node);
  const noColon = start === node.end && layout.tokenBefore(start)?.type !== ': ';
  // `{a:[1]}` and `[[1]#c` need no space, but with another value they do.
  const lead = noColon ? ': ' : text[start - 1] === ':' ? ' ' : '';
  const mark = anchor === undefined ? '' : `${anchor} `;
  const trail = text[node.end] === '#' ? ' ' : '';
  const formatValue = oncePerWritten((value) => lead + mark + flowText(value) + trail);
  return { start, end: node.end, text: (values) => formatValue(make(values)) };
}

function replaceInBlock(layout: Layout, spot: Spot, make: MakeValue, anchor?: string): TextEdit {
  const { location, column } = spot;
  const { start, end, colon, gap, tail, head, oneLineFlow } = around(layout, spot);
  const atStart = location === 'root' && gap === '';
  const rootColumn = atStart ? layout.column(start) : 0;
  const mark = anchor === undefined ? '' : `${anchor} `;
  const formatValue = oncePerWritten((value: YamlValue) => {
    const inline =
      (oneLineFlow ? shortFlowList(value) : undefined) ?? inlineText(value, column + 2);
    if (inline !== undefined) return colon + gap + mark + breakLines(layout, inline) + tail;
    let child = rootColumn;
    if (location === 'item') child = column + 2;
    if (location === 'pair') child = childColumn(value, column);
    const block = breakLines(layout, blockText(value as YamlMap | YamlList, child));
    if (atStart) return block + tail;
    if (location === 'item' && head === '' && anchor === undefined) return ` ${block}`;
    const before = anchor === undefined ? colon : `${colon} ${anchor}`;
    return before + head + layout.newLine + ' '.repeat(child) + block;
  });
  return { start, end, text: (values) => formatValue(make(values)) };
}

/** What stays around a node in block style when another value takes its place. */
interface Surroundings {
  readonly start: number;
  readonly end: number;
  /** The colon of a `? key` that has none. */
  readonly colon: string;
  /** Between the colon and a value that starts on its line. */
  readonly gap: string;
  /** Behind a value that ends on its line. */
  readonly tail: string;
  /** Behind the colon when the value starts on the next line. */
  readonly head: string;
  readonly oneLineFlow: boolean;
}

export function around(layout: Layout, { node, location, column }: Spot): Surroundings {
  const { text } = layout;
  const nodeStart = layout.start(node);
  const intro = layout.tokenBefore(nodeStart);
  // The document's value keeps the comments between `---` and itself.
  const introduced =
    intro && (location !== 'root' || layout.lineEnd(intro.end) === layout.lineEnd(nodeStart));
  const start = introduced ? intro.end : nodeStart;
  const lineEnd = layout.lineEnd(start);
  const sameLine = layout.lineEnd(node.start) === lineEnd;
  const isBlock = (node.kind === 'mapping' || node.kind === 'sequence') && !node.flow;
  const noColon = location === 'pair' && intro?.type !== ': ';
  const colon = noColon ? `${layout.newLine}${' '.repeat(column)}:` : '';
  const nodeEnd = layout.end(node);
  let head = '';
  if (!sameLine && introduced) {
    head = comment(text.slice(layout.tokenBefore(lineEnd)?.end ?? lineEnd, lineEnd));
  }
  if (isBlock) {
    const gap = introduced ? ' ' : '';
    const end = layout.ownedEnd(node, column);
    return { start, end, colon, gap, tail: head, head, oneLineFlow: false };
  }
  const block = layout.lastBlockText(node);
  const header = block ? block.node.start + block.header.length : nodeEnd;
  let tail = text.slice(header, layout.lineEnd(header));
  if (tail.startsWith('#')) tail = ` ${tail}`;
  if (sameLine) head = comment(tail);
  const gap = text.slice(start, nodeStart) || (introduced ? ' ' : '');
  const oneLineFlow = node.kind === 'sequence' && sameLine && nodeEnd <= lineEnd;
  return { start, end: layout.lineEnd(nodeEnd), colon, gap, tail, head, oneLineFlow };
}

/** The rest of a line if it holds a comment. */
function comment(rest: string): string {
  return rest.includes('#') ? rest : '';
}

function breakLines(layout: Layout, text: string): string {
  return layout.newLine === '\n' ? text : text.replaceAll('\n', layout.newLine);
}

/**
 * Adds entries or items behind the last one of a block container, and before the blank lines and
 * comments that follow. `from` is where removed lines end, if the last entry is removed.
 */
export function appendToBlock(
  layout: Layout,
  { column, last, from }: { column: number; last?: YamlNode; from?: number | undefined },
  make: MakeContainer,
): TextEdit {
  const { text, newLine } = layout;
  const at = from ?? (last ? layout.nextLine(layout.ownedEnd(last, column)) : text.length);
  const block = blockLines(layout, make, column);
  const lines = (values: EditValues): string => ' '.repeat(column) + block(values);
  const ownLine = from !== undefined || layout.endsLine(at);
  return {
    start: at,
    end: at,
    text: (values) => (ownLine ? lines(values) + newLine : newLine + lines(values)),
  };
}

/** Entries or items in block style; the first line is not indented, and the last one has no end. */
export function blockLines(
  layout: Layout,
  make: MakeContainer,
  column: number,
): (values: EditValues) => string {
  return (values) => breakLines(layout, blockText(make(values), column));
}

/** Adds entries or items behind the last one in brackets. */
export function appendToFlow(layout: Layout, { end }: YamlNode, make: MakeContainer): TextEdit {
  const next = layout.tokenAfter(end);
  const inside = insideBrackets(make);
  if (next?.type !== ',') return { start: end, end, text: (values) => `, ${inside(values)}` };
  return { start: next.end, end: next.end, text: (values) => ` ${inside(values)},` };
}

/** A container's text without its brackets. */
export function insideBrackets(make: MakeContainer): (values: EditValues) => string {
  return (values) => {
    const value = make(values);
    return value.kind === 'map' ? flowEntries(value) : value.items.map(flowText).join(', ');
  };
}
