import type { BinaryOperator } from './expression';
import type { YamlNumber } from '../experiment';
import { divideHalfEven, ratio, roundToDigits, roundToInt } from './python-float';
import { floatPower } from './python-power';

/** Why there is no result. Its owner knows the expression and reports it. */
export class NoResult extends Error {}

/** Ints have no limit in Python, but 2 ** (10 ** 9) would fill the memory. */
const MOST_BITS = 100_000;

const int = (value: bigint): YamlNumber => ({ kind: 'int', value });
const float = (value: number): YamlNumber => ({ kind: 'float', value });

/** A number as a float. @throws NoResult for an int beyond the floats, as Python does */
function toFloat(number: YamlNumber): number {
  const value = Number(number.value);
  if (number.kind === 'int' && !Number.isFinite(value))
    throw new NoResult('the int is too large for a float');
  return value;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function intPower(a: bigint, b: bigint): YamlNumber {
  if (b < 0n) return float(floatPowerChecked(toFloat(int(a)), toFloat(int(b))));
  const bits = a.toString(2).length;
  if (a !== 0n && a !== 1n && a !== -1n && b * BigInt(bits) > MOST_BITS) {
    throw new NoResult('the result is too large');
  }
  return int(a ** b);
}

function floatPowerChecked(x: number, y: number): number {
  if (x === 0 && y < 0 && Number.isFinite(y))
    throw new NoResult('zero cannot be raised to a negative power');
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) {
    throw new NoResult('a negative number cannot be raised to a fractional power');
  }
  const result = floatPower(x, y);
  if (Math.abs(result) === Infinity && Number.isFinite(x) && Number.isFinite(y) && x !== 0) {
    throw new NoResult('the result is too large for a float');
  }
  return result;
}

/** CPython's `float_divmod`: the remainder has the sign of the divisor. */
function floatDivmod(a: number, b: number): { quotient: number; remainder: number } {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder === 0) remainder = b < 0 ? -0 : 0;
  else if (b < 0 !== remainder < 0) {
    remainder += b;
    quotient -= 1;
  }
  if (quotient === 0) return { quotient: 0 * Math.sign(a / b), remainder };
  const floor = Math.floor(quotient);
  return { quotient: quotient - floor > 0.5 ? floor + 1 : floor, remainder };
}

function intBinary(operator: BinaryOperator, a: bigint, b: bigint): YamlNumber {
  switch (operator) {
    case '+':
      return int(a + b);
    case '-':
      return int(a - b);
    case '*':
      return int(a * b);
    case '//':
      return int(floorDivide(a, b));
    case '%':
      return int(a - floorDivide(a, b) * b);
    case '**':
      return intPower(a, b);
    case '/': {
      // In Python, 0 / -4 is -0.0.
      const result = b < 0n ? -ratio(a, -b) : ratio(a, b);
      if (!Number.isFinite(result)) throw new NoResult('the result is too large for a float');
      return float(result);
    }
  }
}

function floatBinary(operator: BinaryOperator, a: number, b: number): YamlNumber {
  switch (operator) {
    case '+':
      return float(a + b);
    case '-':
      return float(a - b);
    case '*':
      return float(a * b);
    case '/':
      return float(a / b);
    case '//':
      return float(floatDivmod(a, b).quotient);
    case '%':
      return float(floatDivmod(a, b).remainder);
    case '**':
      return float(floatPowerChecked(a, b));
  }
}

/**
 * `a operator b` as Python computes it: ints stay exact and of any size, `/` gives a float, `//` and
 * `%` round down.
 *
 * @throws NoResult where Python raises an error, and for ints of absurd size
 */
export function binary(operator: BinaryOperator, a: YamlNumber, b: YamlNumber): YamlNumber {
  const divides = operator === '/' || operator === '//' || operator === '%';
  if (divides && Number(b.value) === 0) throw new NoResult('division by zero');
  if (a.kind === 'int' && b.kind === 'int') return intBinary(operator, a.value, b.value);
  return floatBinary(operator, toFloat(a), toFloat(b));
}

export function negative(number: YamlNumber): YamlNumber {
  return number.kind === 'int' ? int(-number.value) : float(-number.value);
}

/** Python's `min` or `max`: the first of several equal ones. */
export function extreme(which: 'min' | 'max', numbers: readonly YamlNumber[]): YamlNumber {
  return numbers.reduce((best, number) => {
    const better = which === 'min' ? number.value < best.value : number.value > best.value;
    return better ? number : best;
  });
}

/**
 * Python's `round`: halves go to the even neighbour; an int when no number of digits is given.
 *
 * @throws NoResult where Python raises an error
 */
export function round(number: YamlNumber, digits: YamlNumber | undefined): YamlNumber {
  if (digits && digits.kind !== 'int') throw new NoResult('the number of digits must be an int');
  if (number.kind === 'int') {
    if (!digits || digits.value >= 0n) return number;
    if (-digits.value > MOST_BITS) return int(0n);
    const unit = 10n ** -digits.value;
    return int(divideHalfEven(number.value, unit) * unit);
  }
  if (!digits) {
    if (!Number.isFinite(number.value)) throw new NoResult('infinity and nan cannot be rounded');
    return int(roundToInt(number.value));
  }
  const result = roundToDigits(number.value, digits.value);
  if (Math.abs(result) === Infinity && Number.isFinite(number.value)) {
    throw new NoResult('the result is too large for a float');
  }
  return float(result);
}
