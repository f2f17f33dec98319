const BITS = 53;
/** The exponent of the smallest float, and the first one that is too large. */
const SMALLEST = -1074;
const TOO_LARGE = 1024;

/** The number of bits of a positive int. */
function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return hex.length * 4 - Math.clz32(parseInt(hex.charAt(0), 16)) + 28;
}

/** `n / d` for a positive `d`, rounded to the nearest int, halves to the even one. */
export function divideHalfEven(n: bigint, d: bigint): bigint {
  let quotient = n / d;
  let rest = n % d;
  if (rest < 0n) {
    quotient -= 1n;
    rest += d;
  }
  const twice = rest * 2n;
  const up = twice > d || (twice === d && quotient % 2n !== 0n);
  return up ? quotient + 1n : quotient;
}

/** The float nearest to `n / d` (`d` positive); an infinity when it is too large for a float. */
export function ratio(n: bigint, d: bigint): number {
  if (n === 0n) return 0;
  if (n < 0n) return -ratio(-n, d);
  const scaled = (exponent: number): bigint => {
    const shift = BigInt(Math.abs(exponent));
    return exponent < 0 ? divideHalfEven(n << shift, d) : divideHalfEven(n, d << shift);
  };
  let exponent = Math.max(SMALLEST, bitLength(n) - bitLength(d) - BITS);
  if (exponent >= TOO_LARGE) return Infinity;
  let digits = scaled(exponent);
  if (bitLength(digits) > BITS) digits = scaled(++exponent);
  // Both factors and the product are floats, or the product is too large.
  const high = Math.max(0, exponent - 900);
  return Number(digits) * 2 ** (exponent - high) * 2 ** high;
}

const words = new DataView(new ArrayBuffer(8));

/** A finite float as `digits * 2 ** exponent`, exactly. */
export function partsOf(value: number): { digits: bigint; exponent: number } {
  words.setFloat64(0, value);
  const bits = words.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const size = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { digits: value < 0 ? -size : size, exponent: Math.max(biased, 1) - 1075 };
}

/** A finite float as a fraction of ints, exactly. */
function fractionOf(value: number): readonly [n: bigint, d: bigint] {
  const { digits, exponent } = partsOf(value);
  return exponent < 0 ? [digits, 1n << BigInt(-exponent)] : [digits << BigInt(exponent), 1n];
}

/** The int nearest to a finite float, halves to the even one, as Python's `round(x)`. */
export function roundToInt(value: number): bigint {
  return divideHalfEven(...fractionOf(value));
}

/** Beyond these, rounding to so many digits changes nothing, or leaves nothing. (CPython) */
const MOST_DIGITS = 323;
const FEWEST_DIGITS = -308;

/** Python's `round(x, n)` for a float: rounds its exact value, not what it looks like. */
export function roundToDigits(value: number, n: bigint): number {
  if (!Number.isFinite(value) || n > MOST_DIGITS) return value;
  if (n < FEWEST_DIGITS) return 0 * value;
  const [top, bottom] = fractionOf(value);
  const scale = 10n ** (n < 0n ? -n : n);
  const rounded =
    n < 0n
      ? ratio(divideHalfEven(top, bottom * scale) * scale, 1n)
      : ratio(divideHalfEven(top * scale, bottom), scale);
  return rounded === 0 ? 0 * Math.sign(value) : rounded;
}
