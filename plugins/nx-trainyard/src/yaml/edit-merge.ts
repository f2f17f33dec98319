import type { SourceText } from '../diagnostics';
import { construct } from './construct';
import { Dict } from './dict';
import type { MappingNode, Pair } from './node';
import { scalarToYaml } from './to-yaml';
import type { YamlMap, YamlScalar, YamlValue } from './value';

function isMerge({ key }: Pair): boolean {
  const node = key.kind === 'alias' ? key.target : key;
  if (node.kind !== 'scalar') return false;
  if (node.tag === 'tag:yaml.org,2002:merge') return true;
  if (node.value !== '<<') return false;
  return node.tag === '!' || (node.tag === undefined && node.style === 'plain');
}

/** The entry of a path's element: a string key, else the key that `to_yaml` spells so. */
export function findKey<V>(dict: Dict<V>, name: string): { key: YamlScalar; value: V } | undefined {
  const value = dict.at(name);
  const string = dict.keyAt(name);
  if (value !== undefined && string) return { key: string, value };
  const at = { column: 0, indent: 0, key: true };
  for (const [key, other] of dict) {
    if (key.kind !== 'str' && scalarToYaml(key, at) === name) return { key, value: other };
  }
  return undefined;
}

function constructMap(node: MappingNode, pairs: readonly Pair[], source: SourceText): YamlMap {
  return construct({ ...node, pairs }, source, 'omegaconf') as YamlMap;
}

/** A map's own entries by key, and the maps that `<<` merges into it. */
export interface Entries {
  /** All pairs of a key: keys that are no strings may be written twice, and the last one counts. */
  readonly own: Dict<Pair[]>;
  readonly merges: readonly { readonly pair: Pair; readonly map: YamlMap }[];
}

export function entriesOf(node: MappingNode, source: SourceText): Entries {
  const own = new Dict<Pair[]>();
  const merges: { pair: Pair; map: YamlMap }[] = [];
  for (const pair of node.pairs) {
    if (isMerge(pair)) merges.push({ pair, map: constructMap(node, [pair], source) });
    else {
      const empty = { kind: 'scalar', value: '', style: 'plain', start: 0, end: 0 } as const;
      const [key] = constructMap(node, [{ key: pair.key, value: empty }], source).entries.keys();
      if (!key) continue;
      const pairs = own.get(key);
      if (pairs) pairs.push(pair);
      else own.set(key, [pair]);
    }
  }
  return { own, merges };
}

/** The value that a key has by merging alone. */
export function mergedValue(
  node: MappingNode,
  { merges }: Entries,
  name: string,
  source: SourceText,
): { key: YamlScalar; value: YamlValue } | undefined {
  if (merges.length === 0) return undefined;
  const pairs = merges.map(({ pair }) => pair);
  return findKey(constructMap(node, pairs, source).entries, name);
}

/** A map without one of its keys. */
export function without(map: YamlMap, key: YamlScalar): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const [other, value] of map.entries) entries.set(other, value);
  entries.delete(key);
  return { kind: 'map', entries };
}
