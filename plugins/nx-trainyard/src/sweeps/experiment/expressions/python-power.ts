import { partsOf, ratio } from './python-float';

/** Larger whole exponents need numbers of megabytes, and are left to `Math.pow`. */
const LARGEST_EXACT = 16_384;

/** x ** n for a finite x that is not zero: computed exactly, and rounded once. */
function wholePower(x: number, n: number): number {
  const { digits, exponent } = partsOf(Math.abs(x));
  const power = digits ** BigInt(Math.abs(n));
  const twos = 1n << BigInt(Math.abs(exponent * n));
  const [above, below] = n > 0 === exponent > 0 ? [twos, 1n] : [1n, twos];
  const size = n > 0 ? ratio(power * above, below) : ratio(above, power * below);
  return x < 0 && n % 2 !== 0 ? -size : size;
}

/**
 * C's `pow`, which Python's `**` uses for floats. Whole exponents are exact: `Math.pow` is off by one
 * digit in some cases, and `10.0 ** -4` is a learning rate. Others are as `Math.pow` has them.
 */
export function floatPower(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (x === -1 && Math.abs(y) === Infinity) return 1;
  const isWhole = Number.isInteger(y) && Math.abs(y) <= LARGEST_EXACT;
  return isWhole && x !== 0 && Number.isFinite(x) ? wholePower(x, y) : x ** y;
}
