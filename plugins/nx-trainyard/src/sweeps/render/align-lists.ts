import { identical } from '../../yaml/value/identical';
import type { YamlValue } from '../../yaml/value/value';

/** The place of an item in an old list, and that of the item which it stays or becomes. */
export type Pairing = readonly [before: number, after: number];

type Items = readonly YamlValue[];

/** Comparing more pairs of items than this takes longer than the text is worth. */
const MOST_COMPARED = 40_000;

/** Pairs items by their places. */
export function byLocation(old: Items, items: Items): Pairing[] {
  return Array.from({ length: Math.min(old.length, items.length) }, (_, at) => [at, at] as const);
}

/**
 * Pairs the items of two lists in their order, so that as much as can be stays: items that are the
 * same, then those that share most, then any two. What has no partner goes, or is new.
 */
export function align(old: Items, items: Items): Pairing[] {
  const shorter = Math.min(old.length, items.length);
  let start = 0;
  while (start < shorter && same(old[start], items[start])) start++;
  let end = 0;
  while (end < shorter - start && same(old.at(-1 - end), items.at(-1 - end))) end++;
  const before = old.slice(start, old.length - end);
  const after = items.slice(start, items.length - end);
  const middle =
    before.length * after.length > MOST_COMPARED ? byLocation(before, after) : best(before, after);
  return [
    ...byLocation(old.slice(0, start), items.slice(0, start)),
    ...middle.map(([a, b]) => [a + start, b + start] as const),
    ...Array.from({ length: end }, (_, at) => {
      return [old.length - end + at, items.length - end + at] as const;
    }),
  ];
}

function same(a: YamlValue | undefined, b: YamlValue | undefined): boolean {
  return a !== undefined && b !== undefined && identical(a, b);
}

/** The pairing whose likenesses have the greatest sum; of several, the one with the earliest pairs. */
function best(old: Items, items: Items): Pairing[] {
  const width = items.length + 1;
  const sums = new Float64Array((old.length + 1) * width);
  const likenesses = new Float64Array((old.length + 1) * width);
  for (let a = old.length - 1; a >= 0; a--) {
    for (let b = items.length - 1; b >= 0; b--) {
      const at = a * width + b;
      const like = likeness(old[a] as YamlValue, items[b] as YamlValue);
      likenesses[at] = like;
      const paired = like + (sums[at + width + 1] ?? 0);
      sums[at] = Math.max(paired, sums[at + width] ?? 0, sums[at + 1] ?? 0);
    }
  }
  const pairs: Pairing[] = [];
  for (let a = 0, b = 0; a < old.length && b < items.length;) {
    const at = a * width + b;
    if (sums[at] === (likenesses[at] ?? 0) + (sums[at + width + 1] ?? 0)) pairs.push([a++, b++]);
    else if (sums[at] === sums[at + width]) a++;
    else b++;
  }
  return pairs;
}

/** Any two items can change places in one line; two that stay, or share much, are worth more of them. */
const ANY = 1;
const SHARING = 8;
const SAME = 64;

function likeness(a: YamlValue, b: YamlValue): number {
  if (identical(a, b)) return SAME;
  return ANY + SHARING * shared(a, b);
}

/** The part of two containers that is the same in both. */
function shared(a: YamlValue, b: YamlValue): number {
  if (a.kind === 'list' && b.kind === 'list') {
    const most = Math.max(a.items.length, b.items.length);
    return most === 0 ? 0 : a.items.filter((item, at) => same(item, b.items[at])).length / most;
  }
  if (a.kind !== 'map' || b.kind !== 'map') return 0;
  let found = 0;
  for (const [key, value] of a.entries) {
    const other = b.entries.get(key);
    // A key alone tells a little: that the two are maps of one kind.
    if (other) found += identical(value, other) ? 1 : 1 / 4;
  }
  return found / Math.max(a.entries.size, b.entries.size, 1);
}
