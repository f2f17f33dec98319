import type { Dict } from './dict';
import type { YamlScalar } from './value';

type Comparable = bigint | number | string | Uint8Array;

/** The types that Python's `<` accepts on both sides at once. */
type Family = 'number' | 'str' | 'bytes' | 'null';

function familyOf(key: YamlScalar): Family {
  return key.kind === 'bool' || key.kind === 'int' || key.kind === 'float' ? 'number' : key.kind;
}

function comparable(key: YamlScalar): Comparable {
  if (key.kind === 'null') return 0;
  return key.kind === 'bool' ? Number(key.value) : key.value;
}

/** Orders strings by code point, where `<` orders by UTF-16 unit. */
function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let index = 0;
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index++;
  if (index === length) return a.length - b.length;
  const isSecondHalf = index > 0 && (a.charCodeAt(index - 1) & 0xfc00) === 0xd800;
  const start = isSecondHalf ? index - 1 : index;
  return (a.codePointAt(start) ?? 0) - (b.codePointAt(start) ?? 0);
}

function compare(a: Comparable, b: Comparable): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  return a < b ? -1 : Number(b < a);
}

/**
 * The entries in the order of Python's `sorted`: numbers of all types by value, strings by code
 * point. Keys that Python cannot compare with each other leave everything in its place, as PyYAML
 * does when `sorted` raises TypeError.
 */
export function sortedEntries<V>(dict: Dict<V>): [YamlScalar, V][] {
  const entries = [...dict];
  const families = new Set(entries.map(([key]) => familyOf(key)));
  if (families.size > 1) return entries;
  return entries.sort(([a], [b]) => compare(comparable(a), comparable(b)));
}
