import type { Diagnostic, Location, SourceText } from '../../diagnostics';
import { DiagnosticError, byLocation, warning } from '../../diagnostics';
import { construct } from './construct';
import { Dict } from '../value/dict';
import { identical } from '../value/identical';
import type { AliasNode, MappingNode, Pair, YamlNode } from './node';
import { writePath } from '../value/key-path';
import { parseYaml } from './parser';
import { impliedTag } from '../value/implied-type';
import { scalarToYaml } from '../writer/to-yaml';
import type { YamlScalar, YamlValue } from '../value/value';
import { isContainer } from '../value/value';

type ContentNode = Exclude<YamlNode, AliasNode>;

const MERGE_TAG = 'tag:yaml.org,2002:merge';

/** Keys named in one warning; a merged block may have hundreds. */
const MOST_NAMED = 3;

/**
 * A warning for each mapping that PyYAML 6.0.4 reads with other values than 6.0.3, which is the
 * version that is followed here. They differ in `flatten_mapping`: where several merged mappings have
 * a key, 6.0.3 lets the first of a list win and 6.0.4 the last, except for keys whose Python strings
 * are one object (of at most one character of Latin-1, or one key met twice), of which 6.0.4 keeps
 * the first it meets. That keys come in another order is no difference.
 */
export function pyyamlVersionWarnings(source: SourceText): Diagnostic[] {
  // Without a merge key nothing differs, and most files have none.
  if (!/<<|merge/.test(source.text)) return [];
  const root = parseYaml(source);
  return root ? new Comparison(source).of(root).sort(byLocation) : [];
}

/** What the value of a key is made from: of several pairs with the key, the last. */
interface Winner {
  readonly value: ContentNode;
  /** Where the key of it is written. */
  readonly key: ContentNode;
}

class Comparison {
  readonly #source: SourceText;
  readonly #older = new Map<MappingNode, readonly Pair[]>();
  readonly #newer = new Map<MappingNode, readonly Pair[]>();
  readonly #seen = new Set<ContentNode>();
  readonly #warnings: Diagnostic[] = [];

  constructor(source: SourceText) {
    this.#source = source;
  }

  of(root: YamlNode): Diagnostic[] {
    this.#visit(contentOf(root), []);
    return this.#warnings;
  }

  /** Looks at what becomes a value: of a mapping that is only merged, what is left of it. */
  #visit(node: ContentNode, path: readonly string[]): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    if (node.kind === 'sequence') {
      for (const [index, item] of node.items.entries()) {
        this.#visit(contentOf(item), [...path, String(index)]);
      }
    }
    if (node.kind !== 'mapping') return;
    const older = this.#winners(this.#flattenOlder(node));
    if (node.pairs.some(isMerge)) this.#compare(node, older, path);
    for (const [key, { value }] of older) this.#visit(value, [...path, segment(key)]);
  }

  #compare(node: MappingNode, older: Dict<Winner>, path: readonly string[]): void {
    const newer = this.#winners(this.#flattenNewer(node));
    const different = [...older].flatMap(([key, { value }]) => {
      const other = newer.get(key);
      const isSame = other && identical(this.#value(value), this.#value(other.value));
      return isSame ? [] : [{ key, value, other }];
    });
    const [first] = different;
    const merge = node.pairs.find(isMerge);
    if (!first || !merge) return;
    const { key, value, other } = first;
    const name = named(key);
    const more = different.slice(1, MOST_NAMED).map((one) => named(one.key));
    const rest = different.length - 1 - more.length;
    if (rest > 0) more.push(`${rest} more`);
    const also = more.length > 0 ? ` (and so with ${more.join(', ')})` : '';
    const now = other ? `${this.#spoken(other.value)}` : 'nothing';
    const message =
      `${name} is ${this.#spoken(value)} here, as PyYAML 6.0.3 reads it, but ${now} for PyYAML ` +
      `6.0.4, which merges in another order${also}`;
    this.#warnings.push(
      warning('pyyaml-versions', message, {
        location: this.#location(contentOf(merge.key)),
        related: [
          { message: 'PyYAML 6.0.3 takes this', location: this.#location(value) },
          ...(other
            ? [{ message: 'PyYAML 6.0.4 takes this', location: this.#location(other.value) }]
            : []),
        ],
        // By their paths, and for an experiment also as the keys of its sections.
        keysOfEach: different.map((one) => {
          const whole = [...path, segment(one.key)];
          return [writePath(whole), writePath(whole.slice(1))];
        }),
        hint: `Write ${name} in this mapping itself, beside '<<': that wins in both.`,
      }),
    );
  }

  #winners(pairs: readonly Pair[]): Dict<Winner> {
    const winners = new Dict<Winner>();
    for (const pair of pairs) {
      const key = contentOf(pair.key);
      const name = this.#value(key);
      // A key that is no single value is refused where values are made.
      if (!isContainer(name)) winners.set(name, { key, value: contentOf(pair.value) });
    }
    return winners;
  }

  #flattenOlder(node: MappingNode): readonly Pair[] {
    return flatten(node, this.#older, (sources) =>
      sources.toReversed().flatMap((source) => this.#flattenOlder(source)),
    );
  }

  #flattenNewer(node: MappingNode): readonly Pair[] {
    const met = new Set<ContentNode | string>();
    return flatten(node, this.#newer, (sources) =>
      sources
        .flatMap((source) => this.#flattenNewer(source))
        .filter(({ key }) => {
          const object = pythonObject(contentOf(key));
          if (met.has(object)) return false;
          met.add(object);
          return true;
        }),
    );
  }

  #value(node: ContentNode): YamlValue {
    try {
      return construct(node, this.#source, 'omegaconf');
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      return { kind: 'null' };
    }
  }

  #spoken(node: ContentNode): string {
    const value = this.#value(node);
    if (value.kind === 'map') return 'a mapping';
    if (value.kind === 'list') return 'a list';
    return shown(value);
  }

  #location({ start, end }: ContentNode): Location {
    return { source: this.#source, start, end };
  }
}

function flatten(
  node: MappingNode,
  known: Map<MappingNode, readonly Pair[]>,
  merge: (sources: readonly MappingNode[]) => readonly Pair[],
): readonly Pair[] {
  const pairs = known.get(node);
  if (pairs) return pairs;
  const merged = node.pairs.filter(isMerge).flatMap(({ value }) => merge(sourcesOf(value)));
  const own = node.pairs.filter((pair) => !isMerge(pair));
  const flat = [...merged, ...own];
  known.set(node, flat);
  return flat;
}

/** The mappings that `<<` names. What is none is refused where values are made. */
function sourcesOf(value: YamlNode): MappingNode[] {
  const content = contentOf(value);
  const nodes = content.kind === 'sequence' ? content.items.map(contentOf) : [content];
  return nodes.filter((node) => node.kind === 'mapping');
}

function isMerge({ key }: Pair): boolean {
  const node = contentOf(key);
  if (node.kind !== 'scalar') return false;
  if (node.tag !== undefined && node.tag !== '!') return node.tag === MERGE_TAG;
  return (node.tag === '!' || node.style === 'plain') && impliedTag(node.value) === 'merge';
}

/** What stands for Python's string object of a key, which 6.0.4 compares instead of the key. */
function pythonObject(node: ContentNode): ContentNode | string {
  const isOne = node.kind === 'scalar' && /^[\0-\xff]?$/.test(node.value);
  return isOne ? node.value : node;
}

function contentOf(node: YamlNode): ContentNode {
  return node.kind === 'alias' ? node.target : node;
}

function segment(key: YamlScalar): string {
  return key.kind === 'str' ? key.value : shown(key);
}

function named(key: YamlScalar): string {
  return key.kind === 'str' ? `'${key.value}'` : shown(key);
}

function shown(value: YamlScalar): string {
  return scalarToYaml(value, { column: 0, indent: 0 });
}
