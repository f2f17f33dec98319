import type { TextEdit } from './text-edits';
import { around } from './text-edits';
import type { Layout, Spot } from './layout';
import { isMerge } from '../reader/merge-keys';
import type { MappingNode, Pair, YamlNode } from '../reader/node';

/**
 * Puts a copy of a node's own text in the place of another one: spelling and comments stay. Whether
 * it reads as it should there, the caller has to see. Undefined where the text cannot be copied.
 */
export function copyOf(
  layout: Layout,
  spot: Spot,
  node: YamlNode,
  anchor?: string,
): TextEdit | undefined {
  if (node.kind === 'alias' || node.tag !== undefined || spot.location === 'root') return undefined;
  const mark = anchor === undefined ? '' : `${anchor} `;
  const isBlock = node.kind !== 'scalar' && !node.flow;
  if (!isBlock) {
    const text = withoutAnchors(layout, node.start, layout.end(node));
    if (/[\r\n]/.test(text)) return undefined;
    if (spot.location === 'flow') {
      return { start: layout.start(spot.node), end: spot.node.end, text: () => mark + text };
    }
    const { start, end, colon, gap, tail } = around(layout, spot);
    return { start, end, text: () => colon + gap + mark + text + tail };
  }
  if (spot.location === 'flow') return undefined;
  const { start, end, colon, head } = around(layout, spot);
  const isItem = spot.location === 'item';
  const child = isItem || node.kind === 'mapping' ? spot.column + 2 : spot.column;
  const column = layout.column(node.start);
  const last = layout.ownedEnd(node, node.kind === 'mapping' ? column - 1 : column);
  const first = withComments(layout, node);
  const lines = moved(withoutAnchors(layout, first, last), column, child);
  if (isItem && head === '' && anchor === undefined && first === node.start) {
    return { start, end, text: () => ` ${lines}` };
  }
  const before = anchor === undefined ? colon : `${colon} ${anchor}`;
  const text = before + head + layout.newLine + ' '.repeat(child) + lines;
  return { start, end, text: () => text };
}

/** The text of a merged entry as an entry of a block map at a column. */
export function copiedEntry(
  layout: Layout,
  node: MappingNode,
  isKey: (pair: Pair) => boolean,
  column: number,
): string | undefined {
  const found = mergedPair(node, isKey);
  if (!found) return undefined;
  const start = layout.pairStart(found.map, found.pair);
  const from = layout.column(start);
  const { value } = found.pair;
  const end = found.map.flow ? value.end : layout.ownedEnd(value, from);
  const text = withoutAnchors(layout, start, end);
  if (found.map.flow && /[\r\n]/.test(text)) return undefined;
  return moved(text, from, column);
}

/** The pair that `<<` gives to a map; of several, the one that counts. */
function mergedPair(
  node: MappingNode,
  isKey: (pair: Pair) => boolean,
): { readonly map: MappingNode; readonly pair: Pair } | undefined {
  for (const { value } of node.pairs.filter(isMerge).reverse()) {
    const target = targetOf(value);
    const maps = target.kind === 'sequence' ? target.items.map(targetOf) : [target];
    for (const map of maps) {
      if (map.kind !== 'mapping') continue;
      const pair = map.pairs.findLast((each) => !isMerge(each) && isKey(each));
      const found = pair ? { map, pair } : mergedPair(map, isKey);
      if (found) return found;
    }
  }
  return undefined;
}

function targetOf(node: YamlNode): YamlNode {
  return node.kind === 'alias' ? node.target : node;
}

/** Where a block starts together with the comment lines above its first entry. */
function withComments(layout: Layout, { start }: YamlNode): number {
  const before = layout.tokenBefore(start);
  const from = before ? layout.nextLine(before.end) : start;
  const comment = layout.text.slice(from, start).indexOf('#');
  return comment < 0 ? start : from + comment;
}

/** A second anchor of one name is an error, and the first one stays where it is. */
function withoutAnchors(layout: Layout, start: number, end: number): string {
  let text = '';
  let at = start;
  for (const anchor of layout.anchorsIn(start, end)) {
    text += layout.text.slice(at, anchor.start);
    at = anchor.end;
    while (layout.text[at] === ' ') at++;
    // `key: &x` at the end of its line needs no space.
    if (layout.lineEnd(at) === at) text = text.replace(/ +$/, '');
  }
  return text + layout.text.slice(at, end);
}

/** Lines that stood at one column, at another one; the first line has its indentation already. */
function moved(text: string, from: number, to: number): string {
  return text.replace(/(\n)( *)(?=[^ \r\n])/g, (_, newLine: string, indent: string) => {
    return newLine + ' '.repeat(Math.max(0, indent.length - from + to));
  });
}
