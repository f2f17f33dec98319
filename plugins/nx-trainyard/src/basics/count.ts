/** A number with its noun: `1 recipe`, `0 recipes`, `2 batches`. */
export function count(number: number | bigint, noun: string, plural = `${noun}s`): string {
  return `${number} ${Number(number) === 1 ? noun : plural}`;
}
