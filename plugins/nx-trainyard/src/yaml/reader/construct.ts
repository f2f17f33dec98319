import type { Diagnostic, Location, SourceText } from '../../diagnostics';
import { DiagnosticError, byLocation, error, throwDiagnostic } from '../../diagnostics';
import { Dict } from '../value/dict';
import type { AliasNode, MappingNode, Pair, ScalarNode, SequenceNode, YamlNode } from './node';
import { DEEPEST } from './parser';
import { jinja, lineAt } from './mistakes/explain-lines';
import { linesOf } from './mistakes/lines';
import {
  boolFromYaml,
  bytesFromYaml,
  floatFromYaml,
  impliedTag,
  intFromYaml,
  omegaConfTag,
} from '../value/implied-type';
import type { YamlScalar, YamlValue } from '../value/value';

/** Whose rules for plain scalars: OmegaConf's loader, or plain PyYAML (`yaml.safe_load`). */
export type Dialect = 'omegaconf' | 'pyyaml';

type ContentNode = Exclude<YamlNode, AliasNode>;

const TAG_HINT = "Remove the tag, or put a text that starts with '!' in quotes.";
const STANDARD = 'tag:yaml.org,2002:';

/** The tags whose values PyYAML makes of a scalar, or of the one that a mapping has at `=`. */
const SCALARS: ReadonlySet<string> = new Set(['str', 'int', 'float', 'bool', 'null', 'binary']);

/** Aliases may repeat this many nodes, or this many times the nodes written, whichever is more. */
const REPEATED_NODES = 10_000;
const REPEATED_TIMES = 100;

/**
 * Makes the value of a document, as PyYAML's SafeConstructor does under the rules of the dialect.
 * An aliased node gives one shared value.
 *
 * @throws DiagnosticError with everything that is wrong with its values and keys
 */
export function construct(root: YamlNode, source: SourceText, dialect: Dialect): YamlValue {
  return new Constructor(source, dialect).document(root);
}

class Constructor {
  readonly #source: SourceText;
  readonly #implied: (text: string) => string;
  readonly #values = new Map<ContentNode, YamlValue>();
  readonly #flattened = new Map<MappingNode, readonly Pair[]>();
  /**
   * Containers are filled level by level, after the containers above them, as PyYAML does. The order
   * shows: a mapping merged with `<<` into one above it is flattened before its own turn comes.
   */
  readonly #queue: (() => void)[] = [];
  /** What is wrong so far. Something stands in for each of it, so that all is found at once. */
  readonly #problems: Diagnostic[] = [];

  constructor(source: SourceText, dialect: Dialect) {
    this.#source = source;
    this.#implied = dialect === 'omegaconf' ? omegaConfTag : impliedTag;
  }

  document(root: YamlNode): YamlValue {
    const value = this.#value(root);
    for (let i = 0; i < this.#queue.length; i++) this.#queue[i]?.();
    if (this.#problems.length > 0) throw new DiagnosticError(this.#problems.sort(byLocation));
    // Without aliases nothing can repeat, and most files have none.
    if (this.#source.text.includes('*')) this.#checkAliases(value);
    return value;
  }

  #location(node: YamlNode): Location {
    return { source: this.#source, start: node.start, end: node.end };
  }

  #report(message: string, node: YamlNode, hint?: string): void {
    const details = { location: this.#location(node), ...(hint && { hint }) };
    this.#problems.push(error('YamlValue', message, details));
  }

  /** The short name of a node's type: 'int', 'str', … or the tag in full when it is not standard. */
  #tag(node: ContentNode): string {
    const { tag } = node;
    if (tag === undefined || tag === '!') {
      if (node.kind === 'mapping') return 'map';
      if (node.kind === 'sequence') return 'seq';
      if (tag === undefined && node.style !== 'plain') return 'str';
      return this.#implied(node.value);
    }
    return tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : tag;
  }

  #value(node: YamlNode): YamlValue {
    const content = contentOf(node);
    const known = this.#values.get(content);
    if (known) return known;
    const scalar = content.kind === 'mapping' ? this.#scalarIn(content) : content;
    const value = scalar.kind === 'scalar' ? this.#scalar(scalar) : this.#container(scalar);
    this.#values.set(content, value);
    return value;
  }

  /** `!!str {=: text}` is the text: a mapping may stand where a scalar belongs, for its key `=`. */
  #scalarIn(node: MappingNode): ScalarNode | MappingNode {
    if (!SCALARS.has(this.#tag(node))) return node;
    let at: ContentNode | undefined = node;
    while (at?.kind === 'mapping') {
      const pair: Pair | undefined = at.pairs.find(({ key }) => {
        const content = contentOf(key);
        return content.kind === 'scalar' && this.#tag(content) === 'value';
      });
      at = pair && contentOf(pair.value);
    }
    const { start, end, tag } = node;
    return at?.kind === 'scalar' ? { ...at, start, end, ...(tag !== undefined && { tag }) } : node;
  }

  #container(node: MappingNode | SequenceNode): YamlValue {
    const location = this.#location(node);
    if (this.#tag(node) !== (node.kind === 'mapping' ? 'map' : 'seq')) {
      const kind = node.kind === 'mapping' ? 'mapping' : 'list';
      this.#report(`a ${kind} cannot have the tag '${node.tag}'`, node, 'Remove the tag.');
    }
    if (node.kind === 'sequence') {
      const items: YamlValue[] = [];
      this.#queue.push(() => {
        for (const item of node.items) items.push(this.#value(item));
      });
      return { kind: 'list', items, location };
    }
    const entries = new Dict<YamlValue>();
    this.#queue.push(() => this.#fill(node, entries));
    return { kind: 'map', entries, location };
  }

  #fill(node: MappingNode, entries: Dict<YamlValue>): void {
    const written = this.#flattened.get(node) ?? node.pairs;
    const pairs = this.#flatten(node);
    for (const { key, value } of pairs) {
      const name = this.#key(key);
      entries.set(name, this.#value(value));
    }
    if (entries.size < pairs.length) this.#noteDuplicates(written);
  }

  #key(node: YamlNode): YamlScalar {
    const content = contentOf(node);
    if (content.kind !== 'scalar') {
      this.#reportKey(node);
      return { kind: 'null' };
    }
    // `=` is only special as a value.
    if (this.#tag(content) === 'value')
      return { kind: 'str', value: '=', location: this.#location(node) };
    return this.#value(node) as YamlScalar;
  }

  #reportKey(node: YamlNode): void {
    const { text } = this.#source;
    const templated = jinja(text, lineAt(linesOf(text), node.start));
    if (templated) this.#report(templated.message, node, templated.hint);
    else {
      const hint = 'Put a key that starts with a bracket in quotes.';
      this.#report('a key must be a single value, not a list or a mapping', node, hint);
    }
  }

  /** Only string keys are checked: `1` and `0x1` are silently the same key, as in OmegaConf. */
  #noteDuplicates(pairs: readonly Pair[]): void {
    const seen = new Map<string, YamlNode>();
    for (const { key } of pairs) {
      const content = contentOf(key);
      if (content.kind !== 'scalar' || this.#tag(content) !== 'str') continue;
      const first = seen.get(content.value);
      if (!first) {
        seen.set(content.value, key);
        continue;
      }
      this.#problems.push(
        error('DuplicateKey', `the key '${content.value}' appears twice in one mapping`, {
          location: this.#location(key),
          related: [{ message: 'first written here', location: this.#location(first) }],
          hint: 'Remove one of them; PyYAML would silently use the last one.',
        }),
      );
    }
  }

  /** Puts the pairs of `<<` before the mapping's own, which then override them in place. */
  #flatten(node: MappingNode): readonly Pair[] {
    const pairs = this.#flattened.get(node) ?? node.pairs;
    const merged: Pair[] = [];
    const own: Pair[] = [];
    for (const pair of pairs) {
      const key = contentOf(pair.key);
      if (key.kind === 'scalar' && this.#tag(key) === 'merge') {
        for (const source of this.#mergeSources(pair.value)) merged.push(...this.#flatten(source));
        if (merged.length > REPEATED_NODES * REPEATED_TIMES) this.#throwAliasBomb(pair.value);
      } else own.push(pair);
    }
    const result = merged.length > 0 ? [...merged, ...own] : own;
    this.#flattened.set(node, result);
    return result;
  }

  #mergeSources(value: YamlNode): MappingNode[] {
    const content = contentOf(value);
    if (content.kind === 'mapping') return [content];
    const items = content.kind === 'sequence' ? [...content.items].reverse() : [];
    const sources = items.map(contentOf);
    const wrong = content.kind === 'sequence' ? sources.find((s) => s.kind !== 'mapping') : value;
    if (wrong) this.#report("the value of '<<' must be a mapping or a list of mappings", wrong);
    return sources.filter((source) => source.kind === 'mapping');
  }

  #scalar(node: ScalarNode): YamlScalar {
    const location = this.#location(node);
    const tag = this.#tag(node);
    const text = node.value;
    try {
      switch (tag) {
        case 'str':
          return { kind: 'str', value: text, location };
        case 'null':
          return { kind: 'null', location };
        case 'bool':
          return { kind: 'bool', value: boolFromYaml(text), location };
        case 'int':
          return { kind: 'int', value: intFromYaml(text), location };
        case 'float':
          return { kind: 'float', value: floatFromYaml(text), location };
        case 'binary':
          return { kind: 'bytes', value: bytesFromYaml(text), location };
        case 'timestamp':
          // A date that plain PyYAML would make an object of. Nobody here wants dates.
          if (node.tag === undefined) return { kind: 'str', value: text, location };
      }
    } catch (cause) {
      this.#report((cause as Error).message, node);
      return { kind: 'null', location };
    }
    if (node.tag === undefined || node.tag === '!') {
      this.#report(`'${text}' is only allowed as a key`, node, 'Put it in quotes.');
    } else {
      this.#report(`the tag '${node.tag}' is not supported`, node, TAG_HINT);
    }
    return { kind: 'null', location };
  }

  /** Refuses a small text whose aliases unfold to a huge value, which OmegaConf would copy. */
  #checkAliases(root: YamlValue): void {
    const sizes = new Map<YamlValue, number>();
    const size = (value: YamlValue, depth: number): number => {
      const known = sizes.get(value);
      if (known !== undefined) return known;
      if (depth > DEEPEST) this.#throwAliasBomb(undefined);
      let sum = 1;
      const items = value.kind === 'list' ? value.items : [];
      for (const item of value.kind === 'map' ? value.entries.values() : items) {
        sum += size(item, depth + 1);
      }
      sizes.set(value, sum);
      return sum;
    };
    const unfolded = size(root, 0);
    if (unfolded > sizes.size + Math.max(REPEATED_NODES, sizes.size * REPEATED_TIMES)) {
      this.#throwAliasBomb(undefined);
    }
  }

  #throwAliasBomb(node: YamlNode | undefined): never {
    return throwDiagnostic('YamlTooLarge', 'the aliases in this file expand to a huge value', {
      location: node ? this.#location(node) : { source: this.#source, start: 0, end: 0 },
      hint: 'Write the values out, or split the file.',
    });
  }
}

function contentOf(node: YamlNode): ContentNode {
  return node.kind === 'alias' ? node.target : node;
}
