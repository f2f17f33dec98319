import { drawn, splitmix64 } from './random';

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

describe('numbers that are drawn', () => {
  it('are the same for a seed on every machine, and others for another seed', () => {
    const numbers = [...drawn(100, 5, 0n)];
    expect([...drawn(100, 5, 0n)]).toEqual(numbers);
    expect([...drawn(100, 5, 1n)]).not.toEqual(numbers);
    expect([...drawn(100, 5, -1n)]).toEqual([...drawn(100, 5, 2n ** 64n - 1n)]);
  });

  it('are different ones in ascending order', () => {
    const numbers = [...drawn(1000, 400, 7n)];
    expect(new Set(numbers).size).toBe(400);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers.at(-1)).toBeLessThan(1000);
  });

  it('are all where there are no more than are asked for', () => {
    expect([...drawn(3, 3, 5n)]).toEqual([0, 1, 2]);
    expect([...drawn(3, 10, 5n)]).toEqual([0, 1, 2]);
    expect([...drawn(0, 10, 5n)]).toEqual([]);
  });

  it('prefer no number to another', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0n; seed < 2000n; seed++) {
      for (const number of drawn(10, 3, seed)) counts[number] = (counts[number] ?? 0) + 1;
    }
    // Each is expected 600 times with a standard deviation of 20.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(100);
  });

  it('are drawn from more than could be held in memory, and more of them contain the fewer', () => {
    const numbers = [...drawn(Number.MAX_SAFE_INTEGER, 1000, 3n)];
    expect(new Set(numbers).size).toBe(1000);
    expect(numbers.every(Number.isSafeInteger)).toBe(true);
    expect(numbers).toEqual(expect.arrayContaining([...drawn(Number.MAX_SAFE_INTEGER, 200, 3n)]));
  });
});
