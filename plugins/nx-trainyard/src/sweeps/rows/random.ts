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
 * `n`. Needs memory for `n` numbers, whatever the total (Floyd's algorithm).
 */
export function sampleOf(total: number, n: number, seed: bigint): Iterable<number> {
  const words = splitmix64(seed);
  const chosen = new Set<number>();
  for (let last = Math.max(0, total - n); last < total; last++) {
    const candidate = below(last + 1, words);
    chosen.add(chosen.has(candidate) ? last : candidate);
  }
  return Float64Array.from(chosen).sort();
}
