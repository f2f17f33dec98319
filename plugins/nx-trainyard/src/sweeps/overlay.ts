import type { Edit } from '../yaml/edit';
import { Dict } from '../yaml/dict';
import { scalarToYaml } from '../yaml/to-yaml';
import type { YamlMap, YamlScalar, YamlValue } from '../yaml/value';
import { str } from '../yaml/value';
import { identical } from '../yaml/identical';

/** A value for a path. Maps merge into what is there unless `replace` is set. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: YamlValue;
  readonly replace?: boolean;
}

/** The key that a segment of a path names in a map: the string, else the int that is spelled so. */
function keyFor(map: YamlMap, segment: string): YamlScalar {
  const written = map.entries.keyAt(segment);
  if (written) return written;
  if (/^-?\d+$/.test(segment)) {
    const int = { kind: 'int', value: BigInt(segment) } as const;
    if (map.entries.has(int)) return int;
  }
  return str(segment);
}

/** Merges a value over another: maps key by key, anything else replaces. */
export function mergeValue(base: YamlValue | undefined, value: YamlValue): YamlValue {
  if (base?.kind !== 'map' || value.kind !== 'map') return value;
  const entries = base.entries.copy();
  for (const [key, item] of value.entries) entries.set(key, mergeValue(base.entries.get(key), item));
  return { ...base, entries };
}

/**
 * A config with a value at a path. The config stays as it is; what the path does not touch is shared
 * with it. Maps that are missing on the way are made.
 */
export function assign(config: YamlMap, { path, value, replace }: Assignment): YamlMap {
  return put(config, path, (old) => (replace ? value : mergeValue(old, value))) as YamlMap;
}

function put(
  at: YamlValue | undefined,
  path: readonly string[],
  change: (old: YamlValue | undefined) => YamlValue,
): YamlValue {
  const [segment, ...rest] = path;
  if (segment === undefined) return change(at);
  if (at?.kind === 'list') {
    const items = [...at.items];
    const index = Number(segment);
    items[index] = put(items[index], rest, change);
    return { ...at, items };
  }
  if (at?.kind !== 'map') {
    const entries = new Dict<YamlValue>();
    entries.put(segment, put(undefined, rest, change));
    return { kind: 'map', entries };
  }
  const key = keyFor(at, segment);
  const entries = at.entries.copy();
  entries.set(key, put(at.entries.get(key), rest, change));
  return { ...at, entries };
}

/** A config without the key at a path; a path that leads nowhere changes nothing. */
export function remove(config: YamlMap, path: readonly string[]): YamlMap {
  const [segment, ...rest] = path;
  if (segment === undefined) return config;
  const key = keyFor(config, segment);
  const old = config.entries.get(key);
  if (!old) return config;
  const entries = config.entries.copy();
  if (rest.length === 0) entries.delete(key);
  else if (old.kind === 'map') entries.set(key, remove(old, rest));
  return { ...config, entries };
}

/** The path segment by which an edit names a key. */
function segmentOf(key: YamlScalar): string {
  return key.kind === 'str' ? key.value : scalarToYaml(key, { column: 0, indent: 0, key: true });
}

/**
 * What has to be edited in the text of `base` so that it reads as `merged`: the smallest paths at
 * which the two differ. What is shared between the two is not looked at.
 */
export function editsBetween(base: YamlMap, merged: YamlMap): Edit[] {
  const edits: Edit[] = [];
  collect(base, merged, [], edits);
  return edits;
}

function collect(base: YamlMap, merged: YamlMap, path: readonly string[], edits: Edit[]): void {
  if (base === merged) return;
  for (const [key, value] of merged.entries) {
    const old = base.entries.get(key);
    if (old === value) continue;
    const here = [...path, segmentOf(key)];
    const shares = old?.kind === 'map' && value.kind === 'map' && hasKeyInCommon(old, value);
    if (shares) collect(old, value, here, edits);
    else if (!old || !identical(old, value)) edits.push({ path: here, value });
  }
  for (const key of base.entries.keys()) {
    if (!merged.entries.has(key)) edits.push({ path: [...path, segmentOf(key)], delete: true });
  }
}

/** Two maps without a common key are told apart at once: the new one replaces the old. */
function hasKeyInCommon(old: YamlMap, value: YamlMap): boolean {
  for (const key of old.entries.keys()) if (value.entries.has(key)) return true;
  return false;
}
