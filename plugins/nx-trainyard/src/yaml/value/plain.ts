import type { YamlScalar, YamlValue } from './value';
import { pythonStr } from './python-text';

/** What `toPlain` makes of a typed value. */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PlainValue[]
  | { [key: string]: PlainValue };

/**
 * Plain JavaScript values, for programs. JavaScript does not tell `1` from `1.0`, nor the key `1`
 * from `'1'`, and puts integer-like keys first; use the typed config where that matters. Integers
 * beyond 2^53 become bigints.
 */
export function toPlain(value: YamlValue): PlainValue {
  switch (value.kind) {
    case 'null':
      return null;
    case 'int':
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value;
    case 'list':
      return value.items.map(toPlain);
    case 'map':
      return Object.fromEntries(
        [...value.entries].map(([key, item]) => [keyText(key), toPlain(item)]),
      );
    default:
      return value.value;
  }
}

function keyText(key: YamlScalar): string {
  return key.kind === 'str' ? key.value : pythonStr(key);
}
