import type { SourceText } from '../../diagnostics';
import { construct } from './construct';
import { Dict } from '../value/dict';
import type { MappingNode, Pair } from './node';
import { scalarToYaml } from '../writer/to-yaml';
import type { YamlMap, YamlScalar, YamlValue } from '../value/value';
import { str } from '../value/value';

export function isMerge({ key }: Pair): boolean {
  const node = key.kind === 'alias' ? key.target : key;
  if (node.kind !== 'scalar') return false;
  if (node.tag === 'tag:yaml.org,2002:merge') return true;
  if (node.value !== '<<') return false;
  return node.tag === '!' || (node.tag === undefined && node.style === 'plain');
}

function constructMap(node: MappingNode, pairs: readonly Pair[], source: SourceText): YamlMap {
  return construct({ ...node, pairs }, source, 'omegaconf') as YamlMap;
}

/** A map's own entries by key, and what `<<` merges into it. */
export interface Entries {
  /** All pairs of a key: keys that are no strings may be written twice, and the last one counts. */
  readonly own: Dict<Pair[]>;
  readonly merges: readonly { readonly pair: Pair; readonly map: YamlMap }[];
  readonly merged: Dict<YamlValue>;
}

export function entriesOf(node: MappingNode, source: SourceText): Entries {
  const own = new Dict<Pair[]>();
  const merges: { pair: Pair; map: YamlMap }[] = [];
  for (const pair of node.pairs) {
    if (isMerge(pair)) {
      merges.push({ pair, map: constructMap(node, [pair], source) });
      continue;
    }
    const value = { kind: 'scalar', value: '', style: 'plain', start: 0, end: 0 } as const;
    for (const key of constructMap(node, [{ key: pair.key, value }], source).entries.keys()) {
      own.set(key, [...(own.get(key) ?? []), pair]);
    }
  }
  const pairs = merges.map(({ pair }) => pair);
  return { own, merges, merged: constructMap(node, pairs, source).entries };
}

/** The key that a path's element names: a string key, else the key that `to_yaml` spells so. */
export function findKey({ own, merged }: Entries, name: string): YamlScalar | undefined {
  const string = str(name);
  if (own.has(string) || merged.has(string)) return string;
  const at = { column: 0, indent: 0, key: true };
  return [...own.keys(), ...merged.keys()].find(
    (key) => key.kind !== 'str' && scalarToYaml(key, at) === name,
  );
}
