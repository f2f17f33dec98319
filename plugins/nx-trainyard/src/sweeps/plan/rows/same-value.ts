import type { YamlMap, YamlValue } from '../../../yaml/value/value';

/**
 * Whether Python's `==` calls two values equal: `1 == 1.0`, mappings in any order, nan unlike
 * itself. One rule differs on purpose: a bool is not a number, so `true` is not `1`.
 */
export function sameValue(a: YamlValue, b: YamlValue): boolean {
  switch (a.kind) {
    case 'int':
    case 'float':
      // JavaScript compares a bigint with a number exactly, as Python does.
      return (b.kind === 'int' || b.kind === 'float') && a.value == b.value; // eslint-disable-line eqeqeq
    case 'null':
      return b.kind === 'null';
    case 'bool':
    case 'str':
      return b.kind === a.kind && a.value === b.value;
    case 'bytes':
      return b.kind === 'bytes' && Buffer.compare(a.value, b.value) === 0;
    case 'list':
      return b.kind === 'list' && sameItems(a.items, b.items);
    case 'map':
      return b.kind === 'map' && sameEntries(a, b);
  }
}

function sameItems(a: readonly YamlValue[], b: readonly YamlValue[]): boolean {
  return (
    a.length === b.length &&
    a.every((item, index) => {
      const other = b[index];
      return other !== undefined && sameValue(item, other);
    })
  );
}

function sameEntries({ entries: a }: YamlMap, { entries: b }: YamlMap): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !sameValue(value, other)) return false;
  }
  return true;
}

/** Whether a value is one of those that an exclusion or a condition allows. */
export function isAnyOf(value: YamlValue, allowed: readonly YamlValue[]): boolean {
  return allowed.some((candidate) => sameValue(candidate, value));
}
