import type { SourceText } from '../../diagnostics';
import { isBreak } from '../reader/cursor';
import type { MappingNode, Pair, ScalarNode, YamlNode } from '../reader/node';
import { parseYaml } from '../reader/parser';
import { Scanner } from '../reader/scanner';
import type { Token } from '../reader/token';

/** Where a node stands, as far as its replacement has to know. */
export interface Spot {
  readonly node: YamlNode;
  /** After a key's colon, after a dash, inside brackets (or a key), or the document itself. */
  readonly location: 'pair' | 'item' | 'flow' | 'root';
  /** Column of the block map or list that the node belongs to. */
  readonly column: number;
}

/** A parsed text with the geometry that edits need. Offsets count UTF-16 units. */
export class Layout {
  readonly source: SourceText;
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly newLine: '\n' | '\r\n';
  /** Tokens that have text, in order. */
  readonly #tokens: Token[] = [];

  constructor(source: SourceText) {
    this.source = source;
    this.text = source.text;
    this.root = parseYaml(source);
    this.newLine = /^[^\n]*\r\n/.test(source.text) ? '\r\n' : '\n';
    const scanner = new Scanner(source);
    for (let token = scanner.next(); token.type !== 'end of text'; token = scanner.next()) {
      if (token.end > token.start) this.#tokens.push(token);
    }
  }

  lineStart(offset: number): number {
    let at = offset;
    while (at > 0 && !isBreak(this.text.charCodeAt(at - 1))) at--;
    return at === 0 && this.text.startsWith('\ufeff') ? 1 : at;
  }

  lineEnd(offset: number): number {
    let at = offset;
    while (at < this.text.length && !isBreak(this.text.charCodeAt(at))) at++;
    return at;
  }

  /** Where the line after the one of an offset starts. */
  nextLine(offset: number): number {
    const end = this.lineEnd(offset);
    return Math.min(this.text.startsWith('\r\n', end) ? end + 2 : end + 1, this.text.length);
  }

  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  /** Whether the text up to an offset ends its line. */
  endsLine(offset: number): boolean {
    return offset === 0 || isBreak(this.text.charCodeAt(offset - 1));
  }

  tokenBefore(offset: number): Token | undefined {
    let low = 0;
    let high = this.#tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tokens[middle] as Token).end <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#tokens[low - 1];
  }

  tokenAfter(offset: number): Token | undefined {
    return this.#tokens.find((token) => token.start >= offset);
  }

  /** The anchor of a name. PyYAML refuses a second one. */
  anchor(name: string): Token | undefined {
    return this.#tokens.find((token) => token.type === 'anchor' && token.name === name);
  }

  /** The anchors in a range of the text. */
  anchorsIn(start: number, end: number): readonly Token[] {
    return this.#tokens.filter(
      (token) => token.type === 'anchor' && token.start >= start && token.end <= end,
    );
  }

  /** Where a value starts together with its anchor and tag. */
  start(node: YamlNode): number {
    return this.#withProperties(node, 0);
  }

  pairStart(map: MappingNode, pair: Pair): number {
    const before = map.pairs[map.pairs.indexOf(pair) - 1];
    // An anchor or tag further up is the whole text of the value before the key.
    const start = this.#withProperties(pair.key, before ? before.value.end : map.start);
    const token = this.tokenBefore(start);
    return token?.type === '? ' ? token.start : start;
  }

  #withProperties(node: YamlNode, from: number): number {
    let { start } = node;
    for (;;) {
      const token = this.tokenBefore(start);
      if (token?.type !== 'anchor' && token?.type !== 'tag') return start;
      if (token.start < from || node.kind === 'alias') return start;
      start = token.start;
    }
  }

  /** Where the text of a node ends; its trailing comment lies behind. */
  end(node: YamlNode): number {
    const leaf = lastLeaf(node);
    // A block text without lines would end where the next token starts.
    const noLines =
      leaf.kind === 'scalar' && isBlockText(leaf) && !/[^\n\u2028\u2029]/.test(leaf.value);
    return noLines ? this.lineEnd(leaf.start) : leaf.end;
  }

  /**
   * The end of the last line that belongs to a node below a key at `column`: comments that are
   * indented deeper than the key belong to its value. They must go when the value goes, since a
   * block text before them would take them in.
   */
  ownedEnd(node: YamlNode, column: number): number {
    let owned = this.lineEnd(this.end(node));
    if (this.keepsBlankLines(node)) owned = this.afterBlankLines(owned);
    for (let at = this.nextLine(owned); at < this.text.length; at = this.nextLine(at)) {
      const line = this.text.slice(at, this.lineEnd(at));
      const indent = line.search(/[^ ]/);
      if (indent < 0) continue;
      if (line[indent] !== '#' || indent <= column) break;
      owned = at + line.length;
    }
    return owned;
  }

  /** The block text with which a node ends, and its indicators (`|-`, `>2+`). */
  lastBlockText(node: YamlNode): { node: ScalarNode; header: string } | undefined {
    const leaf = lastLeaf(node);
    if (leaf.kind !== 'scalar' || !isBlockText(leaf)) return undefined;
    const header = /^[|>][-+0-9]*/.exec(this.text.slice(leaf.start, leaf.start + 3))?.[0] ?? '';
    return { node: leaf, header };
  }

  /** Whether blank lines behind a node are part of its value, as they are for a `|+` text. */
  keepsBlankLines(node: YamlNode): boolean {
    return this.lastBlockText(node)?.header.includes('+') ?? false;
  }

  /** The end of the last of the blank lines that follow the line of an offset. */
  afterBlankLines(offset: number): number {
    let end = this.lineEnd(offset);
    for (;;) {
      const next = this.nextLine(end);
      const nextEnd = this.lineEnd(next);
      const blank = next < this.text.length && /^ *$/.test(this.text.slice(next, nextEnd));
      if (!blank) return end;
      end = nextEnd;
    }
  }
}

function isBlockText(node: ScalarNode): boolean {
  return node.style === 'literal' || node.style === 'folded';
}

/** The node with which the text of a node ends; what stands in brackets is one. */
function lastLeaf(node: YamlNode): YamlNode {
  if (node.kind === 'alias' || node.kind === 'scalar' || node.flow) return node;
  const last = node.kind === 'sequence' ? node.items.at(-1) : node.pairs.at(-1)?.value;
  return last ? lastLeaf(last) : node;
}
