/** What a benchmark found at one size. */
export interface Outcome {
  readonly title: string;
  /** What was measured, for people. */
  readonly lines: readonly string[];
  readonly ok: boolean;
}

/** A promise about speed or memory that can be checked. */
export interface Benchmark {
  readonly name: string;
  /** Yields each outcome as soon as it is known. */
  readonly run: (pairs: number) => AsyncIterable<Outcome>;
}
