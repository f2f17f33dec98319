import type { Edit } from '../../yaml/editor/edit';
import { identical } from '../../yaml/value/identical';
import { align, byLocation } from './align-lists';
import { impliedTag, omegaConfTag } from '../../yaml/value/implied-type';
import type { YamlList, YamlMap, YamlScalar, YamlValue } from '../../yaml/value/value';
import { segmentOf } from '../plan/overlay';

/** Where edits go, and whether a value stands for those of many runs, so that it says nothing itself. */
interface Collected {
  readonly edits: Edit[];
  readonly isStandIn: (value: YamlValue) => boolean;
}

/**
 * What has to be edited in the text of `base` so that it reads as `merged`: the smallest paths at
 * which the two differ. What is shared between the two is not looked at.
 *
 * @param isStandIn whether other values will take the place of a value
 */
export function editsBetween(
  base: YamlMap,
  merged: YamlMap,
  isStandIn: (value: YamlValue) => boolean = () => false,
): Edit[] {
  const edits: Edit[] = [];
  collect(base, merged, [], { edits, isStandIn });
  return edits;
}

function collect(old: YamlMap, value: YamlMap, path: readonly string[], into: Collected): void {
  const { edits } = into;
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
    if (was) collectChanges(was, item, here, into, key);
    else edits.push({ path: here, value: item, ...typed(key) });
  });
  if (met === old.entries.size) return;
  for (const key of old.entries.keys()) {
    if (!value.entries.has(key)) edits.push({ path: [...path, segmentOf(key)], delete: true });
  }
}

type Entries = readonly { readonly key: YamlScalar; readonly value: YamlValue }[];

const known = new WeakMap<YamlMap, Entries>();

/** The entries of a map of the base, which every run is compared with. */
function entriesOf(map: YamlMap): Entries {
  let entries = known.get(map);
  if (!entries) {
    entries = Array.from(map.entries, ([key, value]) => ({ key, value }));
    known.set(map, entries);
  }
  return entries;
}

/** The key of an edit where its spelling alone could mean another one: `1` and `'1'`. */
function typed(key: YamlScalar | undefined): { key?: YamlScalar } {
  if (!key || (key.kind === 'str' && omegaConfTag(key.value) === 'str')) return {};
  return { key };
}

function collectChanges(
  old: YamlValue,
  value: YamlValue,
  path: readonly string[],
  into: Collected,
  key?: YamlScalar,
): void {
  const { edits } = into;
  if (old === value) return;
  if (!share(old, value)) {
    // A value that was set is another object, even where it says what the base says.
    if (!identical(old, value) || isReadOtherwise(old)) edits.push({ path, value, ...typed(key) });
  } else if (old.kind === 'map' && value.kind === 'map') collect(old, value, path, into);
  else if (old.kind === 'list' && value.kind === 'list') collectItems(old, value, path, into);
}

/** Items that stay have no edits, changed ones take the place of old ones, others come and go. */
function collectItems(old: YamlList, value: YamlList, path: readonly string[], into: Collected) {
  const varies = value.items.some((item) => contains(item, into.isStandIn));
  const pairs = varies ? byLocation(old.items, value.items) : align(old.items, value.items);
  const stays = new Set(pairs.map(([before]) => before));
  old.items.forEach((_, index) => {
    if (!stays.has(index)) into.edits.push({ path: [...path, String(index)], delete: true });
  });
  let pair = 0;
  for (const [index, item] of value.items.entries()) {
    const [before = old.items.length, after] = pairs[pair] ?? [];
    const here = [...path, String(before)];
    const was = old.items[before];
    if (after !== index || !was) into.edits.push({ path: here, value: item, insert: true });
    else {
      collectChanges(was, item, here, into);
      pair += 1;
    }
  }
}

/** Whether a value is, or has in it, one for which something holds. */
function contains(value: YamlValue, holds: (value: YamlValue) => boolean): boolean {
  if (holds(value)) return true;
  if (value.kind === 'list') return value.items.some((item) => contains(item, holds));
  return value.kind === 'map' && [...value.entries.values()].some((item) => contains(item, holds));
}

/**
 * Whether a part of an old value stays, so that its lines can: maps with a common key, and lists
 * that have items. Other values replace the old one.
 */
function share(old: YamlValue, value: YamlValue): boolean {
  if (old.kind === 'list' && value.kind === 'list') {
    return old.items.length > 0 && value.items.length > 0;
  }
  if (old.kind !== 'map' || value.kind !== 'map') return false;
  for (const key of old.entries.keys()) if (value.entries.has(key)) return true;
  return false;
}

/** Whether PyYAML's own loader gives another type to what the base says, as it does for `2e-5`. */
function isReadOtherwise(old: YamlValue): boolean {
  const { location } = old;
  if (!location) return false;
  const text = location.source.text.slice(location.start, location.end);
  if (old.kind === 'float') return impliedTag(text) !== 'float';
  return old.kind === 'str' && text === old.value && impliedTag(text) !== 'str';
}
