import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import type { Run } from '../plan/shapes/run';
import type { Sink, WrittenRun } from '../render/run-writer';
import { runWriter } from '../render/run-writer';
import type { ResolvedSweep } from './check-sweep';
import { SweepInspector } from './runs/inspect';

/** A sweep that can be generated: all that can be said about it has been found. */
export interface SweepPlan extends ResolvedSweep {
  /** Everything to be warned of, that of its runs too: what generating reports. */
  readonly warnings: readonly Diagnostic[];
}

/** Where what is rendered only to see whether it can be goes. */
const NOWHERE: Sink = {
  write: () => undefined,
  stream: () => ({ write: () => undefined }),
};

/** Runs whose form cannot say what they set, before the others are no longer tried. */
const MOST_REFUSED = 10;

/**
 * Makes and renders every run as generating does, and looks at it. Only where the files go differs
 * between a plan and what is generated, so both find the same.
 *
 * @param sink where the files of runs go; nowhere, unless they are generated
 * @param visit what else is done with each run
 * @returns what is to be warned of
 * @throws DiagnosticError for what a run's form cannot say, or for warnings that are errors
 */
export function checkRuns(
  sweep: ResolvedSweep,
  sink: Sink = NOWHERE,
  visit: (run: Run, written: WrittenRun) => void = () => undefined,
): readonly Diagnostic[] {
  const { looked, total, verdict } = sweep;
  const writer = runWriter(sweep, sink);
  const inspector = new SweepInspector(sweep);
  const rejected: Diagnostic[] = [];
  for (const run of sweep.runs()) {
    inspector.see(run);
    try {
      visit(run, writer.write(run));
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      addNew(rejected, cause.diagnostics);
    }
    if (rejected.length >= MOST_REFUSED || run.row.index + 1 >= looked) break;
  }
  if (rejected.length > 0) throw new DiagnosticError(rejected);
  return verdict.conclude([...sweep.found, ...inspector.problems()], { isAll: looked === total });
}

/** Adds problems, of which each is told at one place once. */
function addNew(known: Diagnostic[], problems: readonly Diagnostic[]): void {
  for (const problem of problems) {
    const isKnown = known.some(
      ({ message, location }) =>
        message === problem.message && location?.start === problem.location?.start,
    );
    if (!isKnown) known.push(problem);
  }
}
