import type { Diagnostic } from '../../diagnostics';
import type { YamlMap } from '../../yaml/value/value';
import type { SweepBase } from '../bases/base';
import type { Experiment, Row } from '../experiment/experiment';
import type { Targets } from './keys/targets';
import { resolveTargets } from './keys/targets';
import type { OutputDir } from './output-dir';
import { Rows, countRows } from './rows/rows';
import type { Run } from './shapes/run';
import { RunMaker } from './run-maker';

/** A sweep: nothing is written, and runs are made one at a time when they are asked for. */
export interface Sweep {
  readonly experiment: Experiment;
  readonly base: SweepBase;
  readonly targets: Targets;
  readonly total: number;
  /** The key that holds the output folder; undefined where nothing says it. */
  readonly outputDir: OutputDir | undefined;
  /** The merged config as far as all runs share it. */
  readonly shared: YamlMap;
  /** The rows in order, without their configs. */
  rows(): Iterable<Row>;
  /** The runs in order. @throws DiagnosticError when an expression has no value for a row */
  runs(): Generator<Run>;
}

/** A sweep as it follows from its experiment and its base, before anybody has judged it. */
export interface Plan {
  readonly sweep: Sweep;
  /** What can be asked about a row without making its run. */
  readonly maker: RunMaker;
  /** What does not fit: keys, values, and what rows would compute. */
  readonly problems: readonly Diagnostic[];
}

/** Resolves every key of an experiment against its base, and counts the runs. */
export function planRuns(experiment: Experiment, base: SweepBase): Plan {
  const { targets, problems } = resolveTargets(experiment, base);
  const total = countRows(experiment);
  const maker = new RunMaker(experiment, base, targets, total);
  const rows = new Rows(experiment, (setting) => maker.isUsual(setting));
  const sweep: Sweep = {
    experiment,
    base,
    targets,
    total,
    outputDir: maker.outputDir,
    shared: maker.shared,
    rows: () => rows,
    *runs() {
      for (const row of rows) yield maker.make(row);
    },
  };
  return { sweep, maker, problems: [...problems, ...maker.problems] };
}
