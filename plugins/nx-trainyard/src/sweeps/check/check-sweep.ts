import type { Diagnostic } from '../../diagnostics';
import { note } from '../../diagnostics';
import { writePath } from '../../yaml/value/key-path';
import type { SweepBase } from '../bases/base';
import type { Experiment } from '../experiment/experiment';
import type { Plan, Sweep } from '../plan/plan';
import { planRuns } from '../plan/plan';
import { unusedConditions, unusedExclusions } from '../plan/rows/exclusions';
import { idleSamples } from '../plan/rows/idle-sample';
import { equalValues } from './sweep/equal-values';
import { idleConditions } from './sweep/idle-conditions';
import { tooManyRuns } from './limits';
import { linkedValues } from './sweep/linked-values';
import { clusterOf, recordedOnly } from './sweep/recorded-only';
import { sweepProblems } from './sweep/sweep-rules';
import { Verdict } from './verdict';

export interface PlanOptions {
  /** Warnings are errors, whatever the experiment's `validate.mode` says. */
  readonly strict?: boolean;
  /** The cluster of experiments that name none. */
  readonly defaultCluster?: string | undefined;
}

/** A sweep whose keys and values fit its base, before anybody has looked at its runs. */
export interface ResolvedSweep extends Sweep {
  /** The cluster that jobs are for: the experiment's, else the default one. */
  readonly cluster: string | undefined;
  /** What the experiment file, its keys and the sweep as a whole give rise to. */
  readonly found: readonly Diagnostic[];
  readonly verdict: Verdict;
  /** How many runs are to be looked at, from the first one on. */
  readonly looked: number;
}

/** Runs that are looked at where a sweep is too large to be generated. */
export const INSPECTED = 10_000;

/**
 * Plans a sweep and checks every key, every value and what all runs have in common.
 *
 * @param warnings those of reading the experiment
 * @throws DiagnosticError with everything that is wrong
 */
export function checkSweep(
  experiment: Experiment,
  base: SweepBase,
  warnings: readonly Diagnostic[] = [],
  options: PlanOptions = {},
): ResolvedSweep {
  const plan = planRuns(experiment, base);
  const { sweep, maker, problems } = plan;
  const { targets, total } = sweep;
  const verdict = new Verdict(experiment, options, (name) => pathOf(name, base));
  const looked = total > experiment.maxRuns ? Math.min(total, INSPECTED) : total;
  const found = [
    ...warnings,
    ...base.warnings,
    ...problems,
    ...unusedExclusions(experiment),
    ...unusedConditions(experiment),
    ...idleSamples(experiment),
    ...equalValues(experiment),
    ...sweepProblems(experiment, base, targets, maker, total),
    ...linkedValues(experiment, base, targets, maker.outputDir?.path),
    ...recordedOnly(experiment, base, options.defaultCluster),
    ...tooMany(sweep, looked),
  ];
  verdict.throwDiagnostic(found);
  const reportedAt = new Set(found.map(({ location }) => location));
  const idle = idleConditions(experiment, maker, INSPECTED);
  found.push(...idle.filter(({ location }) => !reportedAt.has(location)));
  verdict.throwDiagnostic([...found, ...rowProblems(plan, looked)]);
  const cluster = clusterOf(experiment, options.defaultCluster);
  return { ...sweep, cluster, found, verdict, looked };
}

/** The dotted path that a name means in a base. */
function pathOf(name: string, base: SweepBase): string | undefined {
  const resolution = base.resolveKey(name, new Map());
  return resolution.kind === 'path' ? writePath(resolution.path) : undefined;
}

/** What rows lack, each thing once, for the first row that lacks it. */
function rowProblems({ sweep, maker }: Plan, most: number): Diagnostic[] {
  if (!maker.canFail) return [];
  const found = new Map<string, Diagnostic>();
  for (const row of sweep.rows()) {
    if (row.index === most) break;
    for (const problem of maker.check(row)) {
      const key = `${problem.id} ${problem.location?.start}`;
      if (!found.has(key)) found.set(key, problem);
    }
  }
  return [...found.values()];
}

/** What planning says of a sweep that generating refuses for its size. */
function tooMany(sweep: Sweep, looked: number): Diagnostic[] {
  const rejected = tooManyRuns(sweep);
  if (!rejected) return [];
  const { message, location, hint } = rejected;
  const rest = looked < sweep.total ? `; only the first ${looked} were looked at` : '';
  const keys = ['max_runs', 'limits.max_runs'];
  const details = { ...(location && { location }), ...(hint !== undefined && { hint }), keys };
  return [note('too-many-runs', `generating refuses: ${message}${rest}`, details)];
}
