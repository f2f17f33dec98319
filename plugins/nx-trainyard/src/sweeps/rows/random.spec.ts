import { sampleOf, splitmix64 } from './random';

it('gives the numbers of splitmix64', () => {
  const words = splitmix64(1234567n);
  const first = Array.from({ length: 5 }, () => words.next().value);
  // The test values of the algorithm's reference implementation.
  expect(first).toEqual([
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
    4593380528125082431n,
    16408922859458223821n,
  ]);
});

describe('a sample', () => {
  it('is the same for a seed on every machine, and another one for another seed', () => {
    // Computed by an implementation of the same rules in Python.
    const expected = [18, 25, 37, 47, 79];
    expect([...sampleOf(100, 5, 0n)]).toEqual(expected);
    expect([...sampleOf(100, 5, 1n)]).not.toEqual(expected);
    expect([...sampleOf(100, 5, -1n)]).toEqual([...sampleOf(100, 5, 2n ** 64n - 1n)]);
  });

  it('has different numbers in ascending order', () => {
    const numbers = [...sampleOf(1000, 400, 7n)];
    expect(new Set(numbers).size).toBe(400);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers.at(-1)).toBeLessThan(1000);
  });

  it('is everything when there is no more than it asks for', () => {
    expect([...sampleOf(3, 3, 5n)]).toEqual([0, 1, 2]);
    expect([...sampleOf(3, 10, 5n)]).toEqual([0, 1, 2]);
    expect([...sampleOf(0, 10, 5n)]).toEqual([]);
  });

  it('prefers no number to another', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0n; seed < 2000n; seed++) {
      for (const number of sampleOf(10, 3, seed)) counts[number] = (counts[number] ?? 0) + 1;
    }
    // Each is expected 600 times with a standard deviation of 20.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(100);
  });

  it('is drawn from more rows than could be held in memory', () => {
    const numbers = [...sampleOf(Number.MAX_SAFE_INTEGER, 1000, 3n)];
    expect(new Set(numbers).size).toBe(1000);
    expect(numbers.every(Number.isSafeInteger)).toBe(true);
  });
});
