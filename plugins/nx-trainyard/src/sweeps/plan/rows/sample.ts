import { hash } from 'node:crypto';
import { canonicalText } from '../../../yaml/value/canonical-text';
import type { Sample } from '../../experiment/experiment';
import type { Grid } from './grid';
import type { Setting } from '../../experiment/axes';
import { choicesOf } from './grid';
import { drawn } from './random';

/** As many rows can be ranked in seconds. Of a larger grid the rows are drawn by their numbers. */
const RANKED = 5_000_000;

/**
 * The numbers of the rows of a sample, ascending. A sample of some is contained in that of more. Rows
 * are ranked by a hash of the seed and of what they set, so that a row has its rank whatever other
 * rows there are, in whatever order the variables stand, and with one more variable that changes
 * nothing in it.
 *
 * @param isUsual whether a row would have this value without setting it
 */
export function sampleOf(
  grid: Grid,
  { n, seed }: Sample,
  isUsual: (setting: Setting) => boolean,
): Iterable<number> {
  const { size } = grid.root;
  if (n >= size || size > RANKED) return drawn(size, n, seed);
  const rankOf = ranking(grid, seed, isUsual);
  const ranks = Float64Array.from({ length: size }, (_, row) => rankOf(choicesOf(grid, row)));
  const last = ranks.slice().sort()[n - 1] ?? -1;
  const rows: number[] = [];
  for (let row = 0; row < size && rows.length < n; row++) {
    if ((ranks[row] ?? Infinity) <= last) rows.push(row);
  }
  return rows;
}

/** Gives a row a number from 0 to 2^52, the same on every machine. */
function ranking({ axes }: Grid, seed: bigint, isUsual: (setting: Setting) => boolean) {
  /** For each key, in the order of their names: its axis, and the text of each choice. */
  const keys = axes
    .flatMap(({ settings, outside }, axis) => {
      const [first = []] = settings;
      return first.map(({ key: { name } }, index) => {
        const texts = settings.map((choice) => {
          const setting = choice[index];
          if (!setting || (!outside && isUsual(setting))) return '';
          const value = canonicalText(setting.value);
          return `${JSON.stringify([name, outside])}:${value}\n`;
        });
        return { name, axis, texts };
      });
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return (choices: readonly number[]): number => {
    let text = `${seed}\n`;
    for (const { axis, texts } of keys) text += texts[choices[axis] ?? 0] ?? '';
    return Number.parseInt(hash('sha256', text).slice(0, 13), 16);
  };
}
