import type { Outcome } from './benchmark';
import { median, medianInterval } from './statistics';

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  /** Runs before each measurement, unmeasured. */
  readonly prepare: () => void;
  /** Gives the seconds where it measures them itself: a process measures what it does without its start. */
  readonly run: () => unknown;
}

/**
 * Compares two sides, A B A B: what slows the machine down for a while then slows both. The median
 * of the ratios within the pairs must not exceed the bound. One pair goes before, unmeasured.
 */
export function comparePairs(
  title: string,
  [a, b]: readonly [Side, Side],
  { pairs, bound }: { readonly pairs: number; readonly bound: number },
): Outcome {
  const times: [number, number][] = [];
  for (let i = 0; i <= pairs; i++) {
    const pair: [number, number] = [seconds(a), seconds(b)];
    if (i > 0) times.push(pair);
  }
  const ratios = times.map(([ofA, ofB]) => ofA / ofB);
  const ratio = median(ratios);
  const { low, high, confidence } = medianInterval(ratios);
  const ok = ratio <= bound;
  const sureness = `${(confidence * 100).toFixed(0)} % interval ${low.toFixed(2)} to ${high.toFixed(2)}`;
  return {
    title,
    ok,
    lines: [
      `${a.name}: median ${median(times.map(([time]) => time)).toFixed(3)} s`,
      `${b.name}: median ${median(times.map(([, time]) => time)).toFixed(3)} s`,
      `ratio: median ${ratio.toFixed(2)}, ${sureness}, ${pairs} pairs`,
      `bound: ${bound.toFixed(2)} ${ok ? 'ok' : 'FAILED'}`,
    ],
  };
}

function seconds({ prepare, run }: Side): number {
  prepare();
  const start = process.hrtime.bigint();
  const measured = run();
  return typeof measured === 'number' ? measured : Number(process.hrtime.bigint() - start) / 1e9;
}
