import type { YamlValue } from './value';

/** Whether Python's `==` holds: numbers compare across types, and mappings without order. */
export function pythonEquals(a: YamlValue, b: YamlValue): boolean {
  return areEqual(a, b, true);
}

/**
 * Whether Python's `==` holds, but that a bool is not a number, so that `true` is not `1`: an
 * experiment that names the one does not mean the other.
 */
export function pythonEqualsExceptBools(a: YamlValue, b: YamlValue): boolean {
  return areEqual(a, b, false);
}

function areEqual(a: YamlValue, b: YamlValue, boolsAreNumbers: boolean): boolean {
  switch (a.kind) {
    case 'null':
      return b.kind === 'null';
    case 'str':
      return b.kind === 'str' && a.value === b.value;
    case 'bytes':
      return b.kind === 'bytes' && Buffer.from(a.value).equals(b.value);
    case 'list':
      return (
        b.kind === 'list' &&
        a.items.length === b.items.length &&
        a.items.every((item, index) => {
          const other = b.items[index];
          return other !== undefined && areEqual(item, other, boolsAreNumbers);
        })
      );
    case 'map':
      return (
        b.kind === 'map' &&
        a.entries.size === b.entries.size &&
        [...a.entries].every(([key, item]) => {
          const other = b.entries.get(key);
          return other !== undefined && areEqual(item, other, boolsAreNumbers);
        })
      );
    default: {
      if (!boolsAreNumbers && (a.kind === 'bool') !== (b.kind === 'bool')) return false;
      const [x, y] = [numberOf(a), numberOf(b)];
      // The one loose comparison: it compares a bigint with a number exactly, as Python does.
      // eslint-disable-next-line eqeqeq
      return y !== undefined && x == y;
    }
  }
}

function numberOf(value: YamlValue): bigint | number | undefined {
  switch (value.kind) {
    case 'bool':
      return value.value ? 1 : 0;
    case 'int':
    case 'float':
      return value.value;
    default:
      return undefined;
  }
}
