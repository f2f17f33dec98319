import { writePath } from '../../yaml/value/key-path';
import { throwDiagnostic } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import { scalarToYaml } from '../../yaml/writer/to-yaml';
import { keyNamed, valueAt } from '../../yaml/value/value-path';
import type { YamlMap, YamlScalar, YamlValue } from '../../yaml/value/value';
import { pythonTypeName } from '../../yaml/value/value';

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
  /** What counts for the identity of a run, where that is something else than the value. */
  readonly identity?: YamlValue;
}

/** Merges a value over another: maps key by key, anything else replaces. */
function mergeValue(
  base: YamlValue | undefined,
  value: YamlValue,
  path: readonly string[],
  replaced: ReadonlySet<string> | undefined,
): YamlValue {
  if (base?.kind !== 'map' || value.kind !== 'map') return value;
  if (replaced?.has(writePath(path))) return value;
  const entries = base.entries.copy();
  for (const [key, item] of value.entries) {
    const below = replaced ? [...path, segmentOf(key)] : path;
    entries.set(key, mergeValue(base.entries.get(key), item, below, replaced));
  }
  return { ...base, entries };
}

/**
 * Refuses a value for an item of a list that another value has made shorter. (A mapping, though,
 * takes the place of whatever was set before it.)
 *
 * @throws DiagnosticError `TypeMismatch`
 */
export function checkItem(config: YamlMap, { path, value, replaced }: Assignment): void {
  for (const [depth, segment] of path.entries()) {
    const above = path.slice(0, depth);
    const at = valueAt(config, above);
    if (!at || replaced?.has(writePath(above))) return;
    if (at.kind !== 'list' || !/^\d+$/.test(segment) || at.items[Number(segment)]) continue;
    const { message, hint } = noKeys(above, at, segment);
    throwDiagnostic('TypeMismatch', message, {
      hint,
      ...(value.location && { location: value.location }),
    });
  }
}

/** What is said of a key below a value that holds no keys, or not this one. */
export function noKeys(
  path: readonly string[],
  value: YamlValue,
  key: string,
): { readonly message: string; readonly hint: string } {
  const at = writePath(path);
  const message = `Cannot override ${pythonTypeName(value)} with dict at key '${at}'`;
  if (value.kind !== 'list') {
    return { message, hint: `'${at}' is ${pythonTypeName(value)} and has no key '${key}'.` };
  }
  if (!/^\d+$/.test(key)) {
    return { message, hint: `To make it a mapping, list '${at}' under 'replace'.` };
  }
  const count = value.items.length;
  const locations = count > 0 ? `from 0 to ${count - 1}` : 'none: it is empty';
  return { message, hint: `'${key}' is not an index of the list; its indexes are ${locations}.` };
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
    const key = keyNamed(map.entries, segment);
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

/** A config without the keys and items at some paths; one that leads nowhere changes nothing. */
export function removeAll(config: YamlMap, paths: readonly (readonly string[])[]): YamlMap {
  return [...paths].sort(lastItemFirst).reduce<YamlValue>(without, config) as YamlMap;
}

/** Of the items of a list the last one first, so that the others keep their places meanwhile. */
function lastItemFirst(a: readonly string[], b: readonly string[]): number {
  const depth = a.findIndex((segment, index) => segment !== b[index]);
  const [one, other] = [a[depth], b[depth]];
  if (one === undefined || other === undefined) return b.length - a.length;
  const bothItems = /^\d+$/.test(one) && /^\d+$/.test(other);
  return bothItems ? Number(other) - Number(one) : one < other ? -1 : 1;
}

function without(value: YamlValue, [segment, ...rest]: readonly string[]): YamlValue {
  if (segment === undefined) return value;
  if (value.kind === 'list') {
    const items = value.items.flatMap((item, index) => {
      if (String(index) !== segment) return [item];
      return rest.length > 0 ? [without(item, rest)] : [];
    });
    return { ...value, items };
  }
  if (value.kind !== 'map') return value;
  const key = keyNamed(value.entries, segment);
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
