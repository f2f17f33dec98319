import type { Grid } from './grid';
import type { Setting } from '../../experiment/axes';
import { choicesOf, gridOf } from './grid';
import type { Experiment, PartialRow, Row } from '../../experiment/experiment';
import { sampleOf } from './sample';

type Settings = Pick<Row, 'variables' | 'outside'>;

const DIGITS = 3;

/** `run_003`: as many digits as the last run of the sweep needs, at least three. */
export function runId(index: number, total: number): string {
  const digits = Math.max(DIGITS, String(Math.max(0, total - 1)).length);
  return `run_${String(index).padStart(digits, '0')}`;
}

/**
 * How many rows of the grid remain after exclusion. An experiment that only lists its runs has no
 * grid; one that varies nothing has a grid of one row.
 */
function gridSize(experiment: Experiment, grid: Grid): number {
  return grid.axes.length === 0 && experiment.extraRows.length > 0 ? 0 : grid.root.size;
}

/**
 * The number of rows of the grid after exclusion, before a sample is taken of them.
 *
 * @throws DiagnosticError when the grid is too large to be counted
 */
export function gridRows(experiment: Experiment): number {
  return gridSize(experiment, gridOf(experiment));
}

/**
 * The number of rows, found without making them.
 *
 * @throws DiagnosticError when the grid is too large to be counted
 */
export function countRows(experiment: Experiment): number {
  const size = gridRows(experiment);
  const kept = Math.min(size, experiment.sample?.n ?? size);
  return (kept + experiment.extraRows.length) * (experiment.repeats?.seeds.length ?? 1);
}

function* upTo(end: number): Generator<number> {
  for (let number = 0; number < end; number++) yield number;
}

function extraSettings(row: PartialRow, outsideNames: ReadonlySet<string>): Settings {
  return {
    variables: row.filter(({ key }) => !outsideNames.has(key.name)),
    outside: row.filter(({ key }) => outsideNames.has(key.name)),
  };
}

/** Whether runs would have a value that a row sets, if it did not set it. */
export type IsUsual = (setting: Setting) => boolean;

/**
 * The rows of a sweep in order, made one at a time: the grid (variables as written, the first one
 * slowest, then zip groups, then outside) after exclusion and sampling, then the explicit runs;
 * each row once per seed. They may be gone through again and again.
 */
export class Rows implements Iterable<Row> {
  readonly #experiment: Experiment;
  readonly #isUsual: IsUsual;
  #sampled: Iterable<number> | undefined;

  constructor(experiment: Experiment, isUsual: IsUsual = () => false) {
    this.#experiment = experiment;
    this.#isUsual = isUsual;
  }

  /** @throws DiagnosticError when the grid is too large to be counted */
  *[Symbol.iterator](): Generator<Row> {
    const { outside: outsideKeys, repeats: repeated, extraRows } = this.#experiment;
    const outsideNames = new Set(outsideKeys.map(({ key }) => key.name));
    const repeats = repeated?.seeds.map((seed, number) => ({ number, seed })) ?? [undefined];
    let index = 0;
    for (const { variables, outside } of this.#gridSettings()) {
      for (const repeat of repeats) yield { index: index++, variables, outside, repeat };
    }
    for (const row of extraRows) {
      const { variables, outside } = extraSettings(row, outsideNames);
      for (const repeat of repeats) yield { index: index++, variables, outside, repeat };
    }
  }

  *#gridSettings(): Generator<Settings> {
    const grid = gridOf(this.#experiment);
    for (const rank of this.#ranks(grid)) {
      const variables: Setting[] = [];
      const outside: Setting[] = [];
      choicesOf(grid, rank).forEach((choice, depth) => {
        const axis = grid.axes[depth];
        (axis?.outside ? outside : variables).push(...(axis?.settings[choice] ?? []));
      });
      yield { variables, outside };
    }
  }

  #ranks(grid: Grid): Iterable<number> {
    const size = gridSize(this.#experiment, grid);
    const { sample } = this.#experiment;
    if (!sample || size === 0) return upTo(size);
    return (this.#sampled ??= sampleOf(grid, sample, this.#isUsual));
  }
}
