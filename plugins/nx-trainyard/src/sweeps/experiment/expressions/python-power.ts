import { partsOf, ratio } from './python-float';

/** Bits after the point while logarithms and exponentials are computed. */
const PRECISION = 200n;
const ONE = 1n << PRECISION;
/** Bits that are kept: what is then exactly half-way between two floats was meant to be. */
const KEPT = 120n;

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> PRECISION;
}

/** ln((1 + z) / (1 - z)), by its power series; quick for small z. */
function logOfRatio(z: bigint): bigint {
  const square = times(z, z);
  let sum = 0n;
  let power = z;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = times(power, square);
  }
  return 2n * sum;
}

const LN2 = logOfRatio(ONE / 3n);

/** e ** x for 0 <= x < ln 2, by its power series. */
function exponential(x: bigint): bigint {
  let sum = 0n;
  let term = ONE;
  for (let n = 1n; term !== 0n; n++) {
    sum += term;
    term = times(term, x) / n;
  }
  return sum;
}

/** Shifts left, or right for a negative number of bits, towards minus infinity. */
function shift(value: bigint, bits: number): bigint {
  return bits < 0 ? value >> BigInt(-bits) : value << BigInt(bits);
}

/** The logarithm of a positive float. */
function logarithm(x: number): bigint {
  const { digits, exponent } = partsOf(x);
  const length = digits.toString(2).length;
  const mantissa = shift(digits, Number(PRECISION) - length + 1);
  const z = ((mantissa - ONE) << PRECISION) / (mantissa + ONE);
  return logOfRatio(z) + BigInt(exponent + length - 1) * LN2;
}

/** Larger exponents of 2 are infinite or zero as a float. */
const FAR = 2000n;

/** x ** y for a positive finite x and a finite y, correctly rounded. */
function positivePower(x: number, y: number): number {
  // These are correctly rounded, and much faster.
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (y === 0.5) return Math.sqrt(x);
  const { digits, exponent } = partsOf(y);
  const product = shift(logarithm(x) * digits, exponent);
  const twos = product / LN2 - (product < 0n ? 1n : 0n);
  if (twos > FAR) return Infinity;
  if (twos < -FAR) return 0;
  const dropped = PRECISION - KEPT;
  const rounded = (exponential(product - twos * LN2) + (1n << (dropped - 1n))) >> dropped;
  return twos < KEPT ? ratio(rounded, 1n << (KEPT - twos)) : ratio(rounded << (twos - KEPT), 1n);
}

/**
 * C's `pow`, which Python's `**` uses for floats, rounded correctly. `Math.pow` is off by one digit
 * in one of a dozen cases, and differs between versions of Node; a learning rate must not. (The C
 * library's own is off by one digit in less than one of a thousand cases.)
 */
export function floatPower(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (x === -1 && Math.abs(y) === Infinity) return 1;
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return x ** y;
  if (x > 0) return positivePower(x, y);
  if (!Number.isInteger(y)) return NaN;
  return y % 2 === 0 ? positivePower(-x, y) : -positivePower(-x, y);
}
