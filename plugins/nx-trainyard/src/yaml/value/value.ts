import type { Dict } from './dict';
import type { Located, YamlScalar } from './scalar';

export { str } from './scalar';
export type {
  YamlBool,
  YamlBytes,
  YamlFloat,
  YamlInt,
  YamlNull,
  YamlScalar,
  YamlString,
} from './scalar';

export interface YamlList extends Located {
  readonly kind: 'list';
  readonly items: readonly YamlValue[];
}
export interface YamlMap extends Located {
  readonly kind: 'map';
  readonly entries: Dict<YamlValue>;
}

/** A value as Python's loader gives it: typed, ordered, keys of any scalar type. */
export type YamlValue = YamlScalar | YamlList | YamlMap;

export function isContainer(value: YamlValue): value is YamlList | YamlMap {
  return value.kind === 'map' || value.kind === 'list';
}

/** The type's name in Python, as messages of the originals use it. */
export function pythonTypeName(value: YamlValue): string {
  switch (value.kind) {
    case 'null':
      return 'NoneType';
    case 'map':
      return 'dict';
    default:
      return value.kind;
  }
}
