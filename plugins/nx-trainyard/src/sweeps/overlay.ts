import type { Edit } from '../yaml/edit';
import { Dict } from '../yaml/dict';
import { scalarToYaml } from '../yaml/to-yaml';
import type { YamlMap, YamlScalar, YamlValue } from '../yaml/value';
import { str } from '../yaml/value';
import { identical } from '../yaml/identical';
import { impliedTag, omegaConfTag } from '../yaml/pyyaml-resolver';

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
    if (at?.kind === 'list') {
      const items = [...at.items];
      const index = Number(segment);
      items[index] = this.#put(items[index], depth + 1, assignment);
      return { ...at, items };
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

function collect(old: YamlMap, value: YamlMap, path: readonly string[], edits: Edit[]): void {
  const before = entriesOf(old);
  let index = 0;
  let met = 0;
  value.entries.forEach((key, item) => {
    // A run has the keys of its base in the same order: only where they part is a key looked up.
    const next = before[index++];
    const was = next?.key === key ? next.value : old.entries.get(key);
    if (was) met += 1;
    if (was === item) return;
    const here = [...path, segmentOf(key)];
    if (was) collectChanges(was, item, here, edits, key);
    else edits.push({ path: here, value: item, ...typed(key) });
  });
  if (met === old.entries.size) return;
  for (const key of old.entries.keys()) {
    if (!value.entries.has(key)) edits.push({ path: [...path, segmentOf(key)], delete: true });
  }
}

/** The key of an edit where its spelling alone could mean another one: `1` and `'1'`. */
type Entries = readonly { readonly key: YamlScalar; readonly value: YamlValue }[];

const entries = new WeakMap<YamlMap, Entries>();

/** The entries of a map of the base, which every run is compared with. */
function entriesOf(map: YamlMap): Entries {
  let known = entries.get(map);
  if (!known) {
    known = Array.from(map.entries, ([key, value]) => ({ key, value }));
    entries.set(map, known);
  }
  return known;
}

function typed(key: YamlScalar | undefined): { key?: YamlScalar } {
  if (!key || (key.kind === 'str' && omegaConfTag(key.value) === 'str')) return {};
  return { key };
}

function collectChanges(
  old: YamlValue,
  value: YamlValue,
  path: readonly string[],
  edits: Edit[],
  key?: YamlScalar,
): void {
  if (old === value) return;
  if (!share(old, value)) {
    // A value that was set is another object, even where it says what the base says.
    if (!identical(old, value) || isReadOtherwise(old)) edits.push({ path, value, ...typed(key) });
  } else if (old.kind === 'map' && value.kind === 'map') collect(old, value, path, edits);
  else if (old.kind === 'list' && value.kind === 'list') {
    for (const [index, item] of value.items.entries()) {
      const was = old.items[index];
      if (was) collectChanges(was, item, [...path, String(index)], edits);
    }
  }
}

/**
 * Whether a part of an old value stays, so that its lines can: maps with a common key, and lists of
 * one length with an item that stays or shares. Other values replace the old one as a whole.
 */
function share(old: YamlValue, value: YamlValue): boolean {
  if (old.kind === 'map' && value.kind === 'map') {
    for (const key of old.entries.keys()) if (value.entries.has(key)) return true;
    return false;
  }
  if (old.kind !== 'list' || value.kind !== 'list') return false;
  if (old.items.length !== value.items.length) return false;
  return old.items.some((item, index) => {
    const other = value.items[index];
    return other !== undefined && (identical(item, other) || share(item, other));
  });
}

/** Whether PyYAML's own loader gives another type to what the base says, as it does for `2e-5`. */
function isReadOtherwise(old: YamlValue): boolean {
  const { place } = old;
  if (!place) return false;
  const text = place.source.text.slice(place.start, place.end);
  if (old.kind === 'float') return impliedTag(text) !== 'float';
  return old.kind === 'str' && text === old.value && impliedTag(text) !== 'str';
}
