import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, error, warning } from '../diagnostics';
import type { YamlMap } from '../yaml/value';
import type { SweepBase } from './base';
import { unusedExclusions } from './exclusions';
import type { Experiment } from './model';
import { countRows, rows } from './rows';
import type { Run } from './run';
import { RunMaker } from './run';
import type { Targets } from './targets';
import { resolveTargets } from './targets';
import { SweepInspector } from './inspect';

/** A sweep, planned: nothing is written, and runs are made one at a time when they are asked for. */
export interface SweepPlan {
  readonly experiment: Experiment;
  readonly base: SweepBase;
  readonly targets: Targets;
  readonly total: number;
  /** The merged config as far as all runs share it. */
  readonly shared: YamlMap;
  /** What the experiment file, its keys and the sweep as a whole give rise to. */
  readonly warnings: readonly Diagnostic[];
  /** The runs in order. @throws DiagnosticError when an expression has no value for a row */
  runs(): Generator<Run>;
  /** Sees every run that is written, and knows what is to be warned of in the end. */
  inspector(): SweepInspector;
}

export interface PlanOptions {
  /** Warnings are errors. */
  readonly strict?: boolean;
}

/** From how many runs on a note is given, and advice. */
const MANY = 100;
const VERY_MANY = 1000;

/**
 * Plans a sweep: resolves every key against the base, checks every value, and counts.
 *
 * @param warnings those of reading the experiment
 * @throws DiagnosticError with everything that is wrong
 */
export function planExperiment(
  experiment: Experiment,
  base: SweepBase,
  warnings: readonly Diagnostic[] = [],
  options: PlanOptions = {},
): SweepPlan {
  const { targets, problems } = resolveTargets(experiment, base);
  const total = countRows(experiment);
  const maker = new RunMaker(experiment, base, targets, total);
  const all = [...warnings, ...problems, ...maker.problems];
  const errors = all.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new DiagnosticError(errors);
  const told = [...all, ...unusedExclusions(experiment), ...manyRuns(total)].filter((diagnostic) => {
    return !isSilenced(experiment, diagnostic);
  });
  refuseIfStrict(told, options);
  return {
    experiment,
    base,
    targets,
    total,
    shared: maker.shared,
    warnings: told,
    *runs() {
      for (const row of rows(experiment)) yield maker.make(row);
    },
    inspector: () => new SweepInspector(experiment, base, targets),
  };
}

function manyRuns(total: number): Diagnostic[] {
  if (total >= VERY_MANY) {
    const hint = "Try a smaller sweep first: 'sweep: {sample: {n: 10, seed: 0}}'.";
    return [warning('very-many-runs', `this sweep has ${total} runs`, { hint })];
  }
  if (total >= MANY) return [warning('many-runs', `this sweep has ${total} runs`)];
  return [];
}

/** Whether the researcher has said that a warning is meant to be so. */
export function isSilenced(experiment: Experiment, { id }: Diagnostic): boolean {
  return experiment.silenced.some((entry) => entry.id === id);
}

/** Notes that are no reason to refuse a sweep, however strict one is. */
const NOTES = ['many-runs', 'very-many-runs', 'flat-form'];

/** @throws DiagnosticError with the warnings, when warnings are errors */
export function refuseIfStrict(warnings: readonly Diagnostic[], { strict }: PlanOptions): void {
  if (!strict) return;
  const errors = warnings
    .filter(({ id }) => !NOTES.includes(id))
    .map((diagnostic) => ({ ...diagnostic, severity: 'error' as const }));
  if (errors.length > 0) throw new DiagnosticError(errors);
}

/**
 * Refuses to generate more runs than the experiment allows. Planning them is free.
 *
 * @throws DiagnosticError `ExperimentSchema`
 */
export function refuseTooMany({ experiment, total }: SweepPlan): void {
  if (total <= experiment.maxRuns) return;
  const { source } = experiment;
  const place = { source, start: 0, end: 0 };
  throw new DiagnosticError(
    error('ExperimentSchema', `${total} runs are more than limits.max_runs allows (${experiment.maxRuns})`, {
      place,
      hint: `Write 'limits: {max_runs: ${total}}' if they are meant; 'form: overrides' keeps them in a few files.`,
    }),
  );
}
