import type { Location } from '../../diagnostics';

export interface Located {
  /** Where the value was written; absent for values that a program made. */
  readonly location?: Location;
}

export interface YamlNull extends Located {
  readonly kind: 'null';
}
export interface YamlBool extends Located {
  readonly kind: 'bool';
  readonly value: boolean;
}
/** A Python int: of any size, and never a float. */
export interface YamlInt extends Located {
  readonly kind: 'int';
  readonly value: bigint;
}
/** A Python float: `1.0` is not the int `1`. */
export interface YamlFloat extends Located {
  readonly kind: 'float';
  readonly value: number;
}
export interface YamlString extends Located {
  readonly kind: 'str';
  readonly value: string;
}
export interface YamlBytes extends Located {
  readonly kind: 'bytes';
  readonly value: Uint8Array;
}

export type YamlScalar = YamlNull | YamlBool | YamlInt | YamlFloat | YamlString | YamlBytes;

export function str(value: string, location?: Location): YamlString {
  return location ? { kind: 'str', value, location } : { kind: 'str', value };
}
