/** A slot that holds no run. */
const EMPTY = -1;

/**
 * Finds the first run with a key, in 24 bytes per run: a sweep may have a million of them. Keys are
 * the first 64 bits of a sha256, so two runs are taken for one by mistake once in 10^7 such sweeps.
 */
export class SeenRuns {
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #runs: Int32Array;

  /** @param most how many keys are added at most */
  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, most * 2)));
    this.#high = new Uint32Array(size);
    this.#low = new Uint32Array(size);
    this.#runs = new Int32Array(size).fill(EMPTY);
  }

  /**
   * The index of the run that has this key already; otherwise this run has it from now on.
   *
   * @param sha256 in hexadecimal
   */
  add(sha256: string, run: number): number | undefined {
    const high = Number.parseInt(sha256.slice(0, 8), 16);
    const low = Number.parseInt(sha256.slice(8, 16), 16);
    const last = this.#runs.length - 1;
    for (let slot = low & last; ; slot = (slot + 1) & last) {
      const known = this.#runs[slot];
      if (known === EMPTY) {
        this.#high[slot] = high;
        this.#low[slot] = low;
        this.#runs[slot] = run;
        return undefined;
      }
      if (this.#high[slot] === high && this.#low[slot] === low) return known;
    }
  }
}
