import type { Edit } from '../../yaml/edit';
import { identical } from '../../yaml/identical';
import { impliedTag, omegaConfTag } from '../../yaml/pyyaml-resolver';
import type { YamlMap, YamlScalar, YamlValue } from '../../yaml/value';
import { segmentOf } from '../overlay';

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
 * one length with a single item, or one that stays or shares. Other values replace the old one.
 */
function share(old: YamlValue, value: YamlValue): boolean {
  if (old.kind === 'map' && value.kind === 'map') {
    for (const key of old.entries.keys()) if (value.entries.has(key)) return true;
    return false;
  }
  if (old.kind !== 'list' || value.kind !== 'list') return false;
  if (old.items.length !== value.items.length) return false;
  if (old.items.length === 1) return true;
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
