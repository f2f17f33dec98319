import { floatPower } from './python-power';

describe('a power of a float', () => {
  it.each([
    [2, 0.5, 1.4142135623730951],
    [2, 1.5, 2.8284271247461903],
    [7, -0.5, 0.37796447300922725],
    [1.0000001, 1e9, 2.6881038582144647e43],
  ])('%d ** %d is about %d', (x, y, power) => {
    expect(floatPower(x, y) / power).toBeCloseTo(1, 12);
  });

  // What Python 3 gives; Math.pow differs in the last digit of some.
  it.each([
    [2, 10, 1024],
    [1.5, 3, 3.375],
    [0.1, 3, 0.0010000000000000002],
    [3, -1, 0.3333333333333333],
    [10, -5, 1e-5],
    [10, -4, 1e-4],
    [1.1, 100, 13780.61233982238],
    [-2, 3, -8],
    [-2, -2, 0.25],
    [2, -1074, 5e-324],
    [2, -1080, 0],
    [10, 308, 1e308],
    [10, 309, Infinity],
    [0.5, 2000, 0],
    [0, 3, 0],
    [5, 0, 1],
  ])('%d ** %d is %d', (x, y, power) => {
    expect(floatPower(x, y)).toBe(power);
  });

  it.each([
    [1, NaN, 1],
    [NaN, 0, 1],
    [-1, Infinity, 1],
    [-1, -Infinity, 1],
    [0.5, Infinity, 0],
    [2, Infinity, Infinity],
    [-0, 3, -0],
    [-Infinity, 3, -Infinity],
  ])('%d ** %d is %d at the edges', (x, y, power) => {
    expect(floatPower(x, y)).toBe(power);
  });
});
