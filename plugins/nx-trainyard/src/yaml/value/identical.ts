import type { YamlScalar, YamlValue } from './value';

/** Whether two values have the same types and texts all the way down; order of keys is ignored. */
export function identical(a: YamlValue, b: YamlValue): boolean {
  if (a === b) return true;
  if (a.kind === 'list') {
    if (b.kind !== 'list' || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => identical(item, b.items[index] as YamlValue));
  }
  if (a.kind === 'map') {
    if (b.kind !== 'map' || a.entries.size !== b.entries.size) return false;
    for (const [key, value] of a.entries) {
      const other = b.entries.get(key);
      if (!other || !identical(value, other)) return false;
    }
    return true;
  }
  return b.kind !== 'list' && b.kind !== 'map' && sameScalar(a, b);
}

function sameScalar(a: YamlScalar, b: YamlScalar): boolean {
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind;
  if (a.kind === 'bytes' && b.kind === 'bytes') return Buffer.compare(a.value, b.value) === 0;
  // Object.is tells -0.0 from 0.0, and calls nan the same as nan.
  return a.kind === b.kind && Object.is(a.value, b.value);
}
