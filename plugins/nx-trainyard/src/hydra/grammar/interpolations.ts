import type { Element, Interpolation } from './ast';
import { parseText } from './parse';
import { GrammarProblem } from './problem';

/** An interpolation in a text, with the names in it that are written and not interpolated themselves. */
export interface FoundInterpolation {
  /** `a.b` of `${a.b}`, `oc.env` of `${oc.env:X}`. */
  readonly name: string;
  readonly isResolver: boolean;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** All interpolations of a text, those in others too. A text that is malformed has none. */
export function interpolationsIn(text: string): readonly FoundInterpolation[] {
  if (!text.includes('${')) return [];
  try {
    return [...inElement(parseText(text))];
  } catch (cause) {
    if (cause instanceof GrammarProblem) return [];
    throw cause;
  }
}

function* inElement(element: Element): Generator<FoundInterpolation> {
  switch (element.kind) {
    case 'constant':
      return;
    case 'concat':
      return yield* inParts(element.parts);
    case 'list':
      for (const item of element.items) yield* inElement(item);
      return;
    case 'map':
      for (const [, item] of element.entries) yield* inElement(item);
      return;
    case 'node':
      yield* named(element, element.key.join(''), element.key);
      return yield* inParts(element.key);
    case 'resolver':
      yield* named(element, element.name.join('.'), element.name);
      yield* inParts(element.name);
      for (const item of element.args.items) yield* inElement(item);
  }
}

function* inParts(parts: readonly (string | Interpolation)[]): Generator<FoundInterpolation> {
  for (const part of parts) if (typeof part !== 'string') yield* inElement(part);
}

function* named(
  { kind, start, end }: Interpolation,
  name: string,
  parts: readonly (string | Interpolation)[],
): Generator<FoundInterpolation> {
  const isWritten = parts.every((part) => typeof part === 'string');
  if (isWritten) yield { name, isResolver: kind === 'resolver', start, end };
}
