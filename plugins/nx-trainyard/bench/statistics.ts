/** The middle of some numbers; of an even count, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('no median of nothing');
  return (low + high) / 2;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** How sure it is that the interval has the true median in it, 0 to 1. */
  readonly confidence: number;
}

/**
 * The narrowest interval between two of the values, equally far from both ends, that has the true
 * median in it with 95 % confidence. It assumes nothing about the distribution. Fewer than six
 * values cannot be that sure: then it is from the least to the greatest.
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  // Each value lies below the median with probability 1/2: this is the binomial distribution.
  let outcomes = 1;
  let below = 0;
  let skipped = 0;
  let outside = 2 / 2 ** count;
  for (let rank = 0; rank < count / 2; rank++) {
    below += outcomes;
    outcomes = (outcomes * (count - rank)) / (rank + 1);
    const wrong = (2 * below) / 2 ** count;
    if (wrong > 0.05) break;
    [skipped, outside] = [rank, wrong];
  }
  const [low, high] = [sorted[skipped], sorted[count - 1 - skipped]];
  if (low === undefined || high === undefined) throw new Error('no interval of nothing');
  return { low, high, confidence: 1 - outside };
}
