import { splitmix64 } from '../src/sweeps/plan/rows/random';

/** Draws from a seed: the same seed gives the same draws on every machine. */
export class Draw {
  readonly #words: Generator<bigint, never>;

  constructor(seed: number) {
    this.#words = splitmix64(BigInt(seed));
  }

  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number {
    return Number(this.#words.next().value % BigInt(bound));
  }

  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Up to `most` of the items, none of them twice, in their order. */
  some<T>(items: readonly T[], most: number): T[] {
    const left = [...items.keys()];
    const taken: number[] = [];
    for (let count = this.below(most + 1); count > 0 && left.length > 0; count--) {
      taken.push(...left.splice(this.below(left.length), 1));
    }
    return taken.sort((a, b) => a - b).map((index) => items[index] as T);
  }

  /** As many results as `count` says. */
  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}

/** Texts to pick from, separated by middle dots. */
export function each(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('·'));
}
