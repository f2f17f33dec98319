import { floatPower } from './python-power';

describe('a power of a float', () => {
  // What Python 3 gives; Math.pow differs in the last digit of some.
  it.each([
    [2, 10, 1024],
    [1.5, 3, 3.375],
    [0.1, 3, 0.0010000000000000002],
    [3, -1, 0.3333333333333333],
    [2, 0.5, 1.4142135623730951],
    [2, 1.5, 2.8284271247461903],
    [10, -5, 1e-5],
    [10, 0.1, 1.2589254117941673],
    [7, -0.5, 0.37796447300922725],
    [-2, 3, -8],
    [-2, -2, 0.25],
    [1.0000001, 1e9, 2.6881038582144647e43],
    [2, -1074, 5e-324],
    [2, -1080, 0],
    [10, 308, 1e308],
    [10, 309, Infinity],
    [0.5, 2000, 0],
    [1e-300, 1.05, 1e-315],
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
