import { Dict } from '../yaml/dict';
import { scalarToYaml } from '../yaml/to-yaml';
import type { YamlMap, YamlScalar, YamlValue } from '../yaml/value';
import { str } from '../yaml/value';

/** A mapping of one entry, or of none. */
export function mapOfOne(key?: YamlScalar, value?: YamlValue): YamlMap {
  const entries = new Dict<YamlValue>();
  if (key && value) entries.set(key, value);
  return { kind: 'map', entries };
}

/** A value for a path. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: YamlValue;
  /** Dotted paths at or below `path` where the value replaces what is there; elsewhere maps merge. */
  readonly replaced?: ReadonlySet<string>;
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
function mergeValue(
  base: YamlValue | undefined,
  value: YamlValue,
  path: readonly string[],
  replaced: ReadonlySet<string> | undefined,
): YamlValue {
  if (base?.kind !== 'map' || value.kind !== 'map') return value;
  if (replaced?.has(path.join('.'))) return value;
  const entries = base.entries.copy();
  for (const [key, item] of value.entries) {
    const below = replaced ? [...path, segmentOf(key)] : path;
    entries.set(key, mergeValue(base.entries.get(key), item, below, replaced));
  }
  return { ...base, entries };
}

/**
 * A config to which values are given one after the other. The config that it starts from stays as it
 * is; what the values do not touch is shared with it. Maps that are missing on the way are made.
 */
export class Draft {
  config: YamlMap;
  /** Maps that this draft alone has, which may therefore be changed. */
  readonly #own = new Set<YamlValue>();

  constructor(config: YamlMap) {
    this.config = config;
  }

  assign(assignment: Assignment): void {
    this.config = this.#put(this.config, 0, assignment) as YamlMap;
  }

  #put(at: YamlValue | undefined, depth: number, assignment: Assignment): YamlValue {
    const { path, value, replaced } = assignment;
    const segment = path[depth];
    if (segment === undefined) return mergeValue(at, value, path, replaced);
    const index = Number(segment);
    if (at?.kind === 'list' && at.items[index]) {
      return {
        ...at,
        items: at.items.with(index, this.#put(at.items[index], depth + 1, assignment)),
      };
    }
    const map = this.#ownMap(at);
    const key = keyFor(map, segment);
    map.entries.set(key, this.#put(map.entries.get(key), depth + 1, assignment));
    return map;
  }

  #ownMap(at: YamlValue | undefined): YamlMap {
    if (at?.kind === 'map' && this.#own.has(at)) return at;
    const map: YamlMap = at?.kind === 'map' ? { ...at, entries: at.entries.copy() } : mapOfOne();
    this.#own.add(map);
    return map;
  }
}

/** A config without the key at a path; a path that leads nowhere changes nothing. */
export function remove(config: YamlMap, path: readonly string[]): YamlMap {
  return without(config, path) as YamlMap;
}

function without(value: YamlValue, [segment, ...rest]: readonly string[]): YamlValue {
  if (segment === undefined) return value;
  if (value.kind === 'list') {
    const items = value.items.map((item, index) =>
      rest.length > 0 && String(index) === segment ? without(item, rest) : item,
    );
    return { ...value, items };
  }
  if (value.kind !== 'map') return value;
  const key = keyFor(value, segment);
  const old = value.entries.get(key);
  if (!old) return value;
  const entries = value.entries.copy();
  if (rest.length === 0) entries.delete(key);
  else entries.set(key, without(old, rest));
  return { ...value, entries };
}

/** The path segment by which an edit names a key. */
export function segmentOf(key: YamlScalar): string {
  return key.kind === 'str' ? key.value : scalarToYaml(key, { column: 0, indent: 0, key: true });
}
