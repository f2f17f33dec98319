import type { Diagnostic } from '../../../diagnostics';
import { note, warning } from '../../../diagnostics';
import { count } from '../../../basics/count';
import type { Experiment } from '../../experiment/experiment';
import { gridRows } from './rows';

/**
 * A sample that leaves nothing out: a warning where it asks for more rows than there are, or where
 * there is no grid to take it from, and a note where it asks for just as many.
 */
export function idleSamples(experiment: Experiment): Diagnostic[] {
  const { sample, repeats } = experiment;
  if (!sample) return [];
  const rows = gridRows(experiment);
  const { n, location } = sample;
  if (n < rows) return [];
  const keys = ['sample', 'sweep.sample'];
  const hint = 'Write a smaller n, or remove the sample.';
  if (rows === 0) {
    const message = 'this sample has no effect: there is no grid to take it from';
    return [warning('unused-sample', message, { location, keys, hint: 'Remove the sample.' })];
  }
  const seeds = repeats?.seeds.length ?? 1;
  const each = seeds > 1 ? `, each ${seeds} times` : '';
  const all = rows === 1 ? 'the only row is taken' : `all ${rows} rows are taken${each}`;
  if (n === rows) {
    return [note('unused-sample', `this sample has no effect: ${all}`, { location, keys })];
  }
  const message = `this sample is to have ${count(n, 'row')}, but the grid has ${rows}: ${all}`;
  return [warning('unused-sample', message, { location, keys, hint })];
}
