import type { Diagnostic } from '../src/diagnostics';
import { DiagnosticError, formatLocation } from '../src/diagnostics';
import type { Experiment } from '../src/sweeps/experiment/experiment';
import { readExperiment } from '../src/sweeps/experiment/read-experiment';
import { GENERIC, HEAD } from './temporary-sweep';

/** An experiment.yaml from its text alone; `HEAD` and `GENERIC` are complete ones of two lines. */
export function experiment(text: string): Experiment {
  return readExperiment({ path: 'experiment.yaml', text }).experiment;
}

/** A problem as `line:column id message | hint`. */
export function reported({ id, message, location, hint }: Diagnostic): string {
  const at = location ? formatLocation(location).replace('experiment.yaml:', '') : '-';
  return `${at} ${id} ${message}${hint === undefined ? '' : ` | ${hint}`}`;
}

/** The warnings of a text, or its errors. */
export function problems(text: string): string[] {
  try {
    return readExperiment({ path: 'experiment.yaml', text }).warnings.map(reported);
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics.map(reported);
    throw cause;
  }
}

export { GENERIC, HEAD };
