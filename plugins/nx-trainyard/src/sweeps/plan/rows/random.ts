const WORD = 64;
const RANGE = 2n ** 64n;

/** Numbers of 64 bits by splitmix64 (Steele, Lea, Flood 2014): the same on every machine. */
export function* splitmix64(seed: bigint): Generator<bigint, never> {
  let state = seed;
  for (;;) {
    state = BigInt.asUintN(WORD, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(WORD, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(WORD, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    yield z ^ (z >> 31n);
  }
}

/** A number from 0 to `bound` - 1, each as likely as the others. */
function below(bound: number, words: Generator<bigint, never>): number {
  const size = BigInt(bound);
  const fair = RANGE - (RANGE % size);
  for (;;) {
    const { value } = words.next();
    if (value < fair) return Number(value % size);
  }
}

/**
 * `n` different numbers from 0 to `total` - 1, ascending; all of them when there are no more than
 * `n`. They are drawn one after the other, so that those of a larger `n` contain them.
 */
export function drawn(total: number, n: number, seed: bigint): Iterable<number> {
  if (n >= total) return Float64Array.from({ length: total }, (_, number) => number);
  const words = splitmix64(seed);
  const chosen = new Set<number>();
  while (chosen.size < n) chosen.add(below(total, words));
  return Float64Array.from(chosen).sort();
}
