import type { Span } from '../../yaml/value/scalar-location';
import type { YamlScalar } from '../../yaml/value/value';

export type { Span };

/** A value that is known from the text alone. */
export interface Constant extends Span {
  readonly kind: 'constant';
  readonly value: YamlScalar;
}

/** Texts and interpolations one after the other; always a string. */
export interface Concat extends Span {
  readonly kind: 'concat';
  readonly parts: readonly (string | Interpolation)[];
}

/** Elements of a list or arguments of a resolver. */
export interface Sequence {
  readonly items: readonly Element[];
  /** Whether elements were left out, as in `a,,b`: each of them became an empty string. */
  readonly gaps: boolean;
}

export interface ListElement extends Span, Sequence {
  readonly kind: 'list';
}

export interface MapElement extends Span {
  readonly kind: 'map';
  readonly entries: readonly (readonly [key: YamlScalar, value: Element])[];
}

/** `${a.b[0]}`, `${.a}`: the value of another node. */
export interface NodeInterpolation extends Span {
  readonly kind: 'node';
  /** The key as it is written, dots and brackets included, with nested interpolations between. */
  readonly key: readonly (string | Interpolation)[];
}

/** `${name:argument,argument}`: what a function gives. */
export interface ResolverInterpolation extends Span {
  readonly kind: 'resolver';
  /** The parts of the dotted name. */
  readonly name: readonly (string | Interpolation)[];
  readonly args: Sequence;
}

export type Interpolation = NodeInterpolation | ResolverInterpolation;

export type Element = Constant | Concat | ListElement | MapElement | Interpolation;
