import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError, error } from '../../diagnostics';
import type { Sweep } from '../plan/plan';

/** What is wrong with a sweep of more runs than its experiment allows. */
export function tooManyRuns({ experiment, total }: Sweep): Diagnostic | undefined {
  if (total <= experiment.maxRuns) return undefined;
  const { variables, zip, outside, extraRows } = experiment;
  const [key] = [...variables, ...zip.flat(), ...outside, ...extraRows.flat()].map((by) => by.key);
  return error(
    'ExperimentSchema',
    `the sweep has ${total} runs, but limits.max_runs is ${experiment.maxRuns}`,
    {
      location: key?.location ?? { source: experiment.source, start: 0, end: 0 },
      hint: `Write 'limits: {max_runs: ${total}}' if you want them all. 'output: {form: overrides}' keeps them in a few files.`,
    },
  );
}

/**
 * Refuses to generate more runs than the experiment allows. Planning them is free.
 *
 * @throws DiagnosticError `ExperimentSchema`
 */
export function checkMaxRuns(sweep: Sweep): void {
  const rejected = tooManyRuns(sweep);
  if (rejected) throw new DiagnosticError(rejected);
}
