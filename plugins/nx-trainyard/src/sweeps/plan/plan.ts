import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError, error, note } from '../../diagnostics';
import { writePath } from '../../yaml/value/key-path';
import type { YamlMap } from '../../yaml/value/value';
import type { SweepBase } from '../bases/base';
import { idleConditions } from '../check/sweep/idle-conditions';
import { unusedConditions, unusedExclusions } from './rows/exclusions';
import { idleSamples } from './rows/idle-sample';
import { equalValues } from '../check/sweep/equal-values';
import type { Experiment, Row } from '../experiment/experiment';
import { Rows, countRows } from './rows/rows';
import type { OutputDir } from './output-dir';
import type { Run } from './run';
import { RunMaker } from './run';
import { clusterOf, recordedOnly } from '../check/sweep/recorded-only';
import { linkedPlaces } from '../check/sweep/linked-values';
import { sweepProblems } from '../check/sweep/sweep-rules';
import type { Targets } from './keys/targets';
import { resolveTargets } from './keys/targets';
import { Verdict } from '../check/verdict';

/** A sweep: nothing is written, and runs are made one at a time when they are asked for. */
export interface Sweep {
  readonly experiment: Experiment;
  readonly base: SweepBase;
  readonly targets: Targets;
  readonly total: number;
  /** The key that holds the output folder; undefined where nothing says it. */
  readonly outputDir: OutputDir | undefined;
  /** The cluster that jobs are for: the experiment's, else the default one. */
  readonly cluster: string | undefined;
  /** The merged config as far as all runs share it. */
  readonly shared: YamlMap;
  /** The rows in order, without their configs. */
  rows(): Iterable<Row>;
  /** The runs in order. @throws DiagnosticError when an expression has no value for a row */
  runs(): Generator<Run>;
}

export interface PlanOptions {
  /** Warnings are errors, whatever the experiment's `validate.mode` says. */
  readonly strict?: boolean;
  /** The cluster of experiments that name none. */
  readonly defaultCluster?: string | undefined;
}

/** A sweep whose keys and values fit its base, before anybody has looked at its runs. */
export interface ResolvedSweep extends Sweep {
  /** What the experiment file, its keys and the sweep as a whole give rise to. */
  readonly found: readonly Diagnostic[];
  readonly verdict: Verdict;
  /** How many runs are to be looked at, from the first one on. */
  readonly looked: number;
}

/** A sweep that can be generated: all that can be said about it has been found. */
export interface SweepPlan extends Sweep {
  /** Everything to be warned of, that of its runs too: what generating reports. */
  readonly warnings: readonly Diagnostic[];
}

/** Runs that planning looks at where a sweep is too large to be generated. */
export const INSPECTED = 10_000;

/**
 * Resolves every key of a sweep against the base, checks every value, and counts.
 *
 * @param warnings those of reading the experiment
 * @throws DiagnosticError with everything that is wrong
 */
export function resolveSweep(
  experiment: Experiment,
  base: SweepBase,
  warnings: readonly Diagnostic[] = [],
  options: PlanOptions = {},
): ResolvedSweep {
  const { targets, problems } = resolveTargets(experiment, base);
  const verdict = new Verdict(experiment, options, (name) => pathOf(name, base));
  const total = countRows(experiment);
  const looked = total > experiment.maxRuns ? Math.min(total, INSPECTED) : total;
  const maker = new RunMaker(experiment, base, targets, total);
  const rows = new Rows(experiment, (setting) => maker.isUsual(setting));
  const found = [
    ...warnings,
    ...base.warnings,
    ...problems,
    ...maker.problems,
    ...unusedExclusions(experiment),
    ...unusedConditions(experiment),
    ...idleSamples(experiment),
    ...equalValues(experiment),
    ...sweepProblems(experiment, base, targets, maker, total),
    ...linkedPlaces(experiment, base, targets, maker.outputDir?.path),
    ...recordedOnly(experiment, base, options.defaultCluster),
    ...tooMany(experiment, total, looked),
  ];
  verdict.refuse(found);
  const toldOf = new Set(found.map(({ place }) => place));
  const idle = idleConditions(experiment, maker, INSPECTED);
  found.push(...idle.filter(({ place }) => !toldOf.has(place)));
  verdict.refuse([...found, ...rowProblems(rows, maker, looked)]);
  return {
    experiment,
    base,
    targets,
    total,
    outputDir: maker.outputDir,
    cluster: clusterOf(experiment, options.defaultCluster),
    shared: maker.shared,
    found,
    verdict,
    looked,
    rows: () => rows,
    *runs() {
      for (const row of rows) yield maker.make(row);
    },
  };
}

/** The dotted path that a name means in a base. */
function pathOf(name: string, base: SweepBase): string | undefined {
  const resolution = base.resolveKey(name, new Map());
  return resolution.kind === 'path' ? writePath(resolution.path) : undefined;
}

/** What rows lack, each thing once, for the first row that lacks it. */
function rowProblems(rows: Rows, maker: RunMaker, most: number): Diagnostic[] {
  if (!maker.canFail) return [];
  const found = new Map<string, Diagnostic>();
  for (const row of rows) {
    if (row.index === most) break;
    for (const problem of maker.check(row)) {
      const key = `${problem.id} ${problem.place?.start}`;
      if (!found.has(key)) found.set(key, problem);
    }
  }
  return [...found.values()];
}

/** What planning says of a sweep that generating refuses for its size. */
function tooMany(experiment: Experiment, total: number, looked: number): Diagnostic[] {
  const refused = tooManyRuns(experiment, total);
  if (!refused) return [];
  const { message, ...details } = refused;
  const rest = looked < total ? `; only the first ${looked} were looked at` : '';
  const keys = ['max_runs', 'limits.max_runs'];
  return [
    note('too-many-runs', `generating refuses: ${message}${rest}`, { ...pick(details), keys }),
  ];
}

function pick({ place, hint }: Omit<Diagnostic, 'message'>): Pick<Diagnostic, 'place' | 'hint'> {
  return { ...(place && { place }), ...(hint !== undefined && { hint }) };
}

/**
 * Refuses to generate more runs than the experiment allows. Planning them is free.
 *
 * @throws DiagnosticError `ExperimentSchema`
 */
export function refuseTooMany({ experiment, total }: Sweep): void {
  const refused = tooManyRuns(experiment, total);
  if (refused) throw new DiagnosticError(refused);
}

function tooManyRuns(experiment: Experiment, total: number): Diagnostic | undefined {
  if (total <= experiment.maxRuns) return undefined;
  const { variables, zip, outside, extraRows } = experiment;
  const [key] = [...variables, ...zip.flat(), ...outside, ...extraRows.flat()].map((by) => by.key);
  return error(
    'ExperimentSchema',
    `${total} runs are more than limits.max_runs allows (${experiment.maxRuns})`,
    {
      place: key?.place ?? { source: experiment.source, start: 0, end: 0 },
      hint: `Write 'limits: {max_runs: ${total}}' if they are meant; 'output: {form: overrides}' keeps them in a few files.`,
    },
  );
}
