import type { YamlValue } from '../../../yaml/value/value';

export type Kind = 'number' | 'str' | 'bool' | 'list' | 'map' | 'bytes';

/** The kind of a value; null and interpolations fit everywhere. */
export function kindOf(value: YamlValue): Kind | undefined {
  switch (value.kind) {
    case 'null':
      return undefined;
    case 'int':
    case 'float':
      return 'number';
    case 'str':
      return value.value.includes('${') || value.value === '???' ? undefined : 'str';
    default:
      return value.kind;
  }
}
