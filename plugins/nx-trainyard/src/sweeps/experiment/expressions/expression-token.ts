import type { Span } from '../../../yaml/value/scalar-location';

export interface ExpressionToken extends Span {
  /** `unknown` is a character that no expression has. */
  readonly kind: 'number' | 'name' | 'sign' | 'unknown' | 'end';
  readonly text: string;
}

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const NAME = /[A-Za-z_]\w*(?:\.\w+)*/y;
const SIGN = /\*\*|\/\/|[-+*/%(),]/y;
const SPACE = /\s*/y;

/** The length of what a sticky pattern matches at an offset. */
function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** The token that starts at or after an offset. Spaces and line ends only separate tokens. */
export function tokenAt(text: string, from: number): ExpressionToken {
  const start = from + lengthOf(SPACE, text, from);
  const token = (kind: ExpressionToken['kind'], length: number): ExpressionToken => ({
    kind,
    text: text.slice(start, start + length),
    start,
    end: start + length,
  });
  if (start === text.length) return token('end', 0);
  const number = lengthOf(NUMBER, text, start);
  if (number > 0) return token('number', number);
  const name = lengthOf(NAME, text, start);
  if (name > 0) return token('name', name);
  const sign = lengthOf(SIGN, text, start);
  if (sign > 0) return token('sign', sign);
  return token('unknown', String.fromCodePoint(text.codePointAt(start) ?? 0).length);
}
