import { assert, bigInt, double, property } from 'fast-check';
import { divideHalfEven, partsOf, ratio, roundToDigits, roundToInt } from './python-float';

const finite = double({ noDefaultInfinity: true, noNaN: true });

describe('a division of ints', () => {
  it.each([
    [1n, 3n, 0.3333333333333333],
    [10n ** 400n, 10n ** 399n, 10],
    [2n ** 53n + 1n, 1n, 2 ** 53],
    [2n ** 53n + 3n, 1n, 2 ** 53 + 4],
    [-7n, 2n, -3.5],
    [0n, 5n, 0],
    [1n, 10n ** 320n, 1e-320],
    [1n, 2n ** 1076n, 0],
    [10n ** 309n, 1n, Infinity],
    [2n ** 1024n - 1n, 1n, Infinity],
    [2n ** 1024n - 2n ** 970n - 1n, 1n, Number.MAX_VALUE],
  ])('gives the nearest float: %d / %d', (n, d, quotient) => {
    expect(ratio(n, d)).toBe(quotient);
  });

  it('gives back every float from its parts', () => {
    assert(
      property(finite, (value) => {
        const { digits, exponent } = partsOf(value);
        const power = 2n ** BigInt(Math.abs(exponent));
        const back = exponent < 0 ? ratio(digits, power) : ratio(digits * power, 1n);
        expect(back).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('rounds as the processor does where both ints are floats', () => {
    const safe = bigInt({ min: -(2n ** 53n), max: 2n ** 53n });
    assert(
      property(safe, bigInt({ min: 1n, max: 2n ** 53n }), (n, d) => {
        expect(ratio(n, d)).toBe(Number(n) / Number(d));
      }),
    );
  });
});

describe('rounding', () => {
  it.each([
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [-1n, 3n, 0n],
    [8n, 3n, 3n],
  ])('of %d / %d gives %d: halves go to the even int', (n, d, rounded) => {
    expect(divideHalfEven(n, d)).toBe(rounded);
  });

  it.each([
    [2.5, 2n],
    [-3.5, -4n],
    [1e20, 100000000000000000000n],
    [0.49999999999999994, 0n],
  ])('of %d to an int is %d', (value, rounded) => {
    expect(roundToInt(value)).toBe(rounded);
  });

  it.each([
    [2.675, 2n, 2.67],
    [0.15, 1n, 0.1],
    [0.25, 1n, 0.2],
    [-0.04, 1n, -0],
    [1e300, 2n, 1e300],
    [123.456, -2n, 100],
    [1.5, 400n, 1.5],
    [-1.5, -400n, -0],
    [1.7e308, -308n, Infinity],
    [Infinity, 2n, Infinity],
    [NaN, 2n, NaN],
  ])('of %d to %d digits is %d', (value, digits, rounded) => {
    expect(roundToDigits(value, digits)).toBe(rounded);
  });
});
