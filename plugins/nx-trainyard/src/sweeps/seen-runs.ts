/** Empty slots are told by the index, for 0 is a key too. */
const EMPTY = -1;

/**
 * Finds the first run with a key, in 24 bytes per run: a sweep may have a million of them. Keys are
 * the first 64 bits of a sha256, so two runs are taken for one by mistake once in 10^7 such sweeps.
 */
export class SeenRuns {
  readonly #keys: BigUint64Array;
  readonly #runs: Int32Array;
  readonly #mask: bigint;

  /** @param most how many keys are added at most */
  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, most * 2)));
    this.#keys = new BigUint64Array(size);
    this.#runs = new Int32Array(size).fill(EMPTY);
    this.#mask = BigInt(size - 1);
  }

  /**
   * The index of the run that has this key already; otherwise this run has it from now on.
   *
   * @param sha256 in hexadecimal
   */
  add(sha256: string, run: number): number | undefined {
    const key = BigInt(`0x${sha256.slice(0, 16)}`);
    for (let slot = key & this.#mask; ; slot = (slot + 1n) & this.#mask) {
      const at = Number(slot);
      const known = this.#runs[at];
      if (known === EMPTY) {
        this.#keys[at] = key;
        this.#runs[at] = run;
        return undefined;
      }
      if (this.#keys[at] === key) return known;
    }
  }
}
