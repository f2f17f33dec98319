import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import type { PlanOptions, SweepPlan } from '../plan';
import { INSPECTED, inspection, refuseTooMany } from '../plan';
import { ManifestWriter } from './manifest';
import { MappingWriter } from './mapping';
import type { Sink } from './run-writer';
import { runWriter } from './run-writer';
import { SweepFolder } from './sweep-files';

/** What generating a sweep did. */
export interface SweepResult {
  /** `configs/`, absolute. */
  readonly folder: string;
  readonly total: number;
  /** Files written or removed; 0 when everything was right already. */
  readonly changed: number;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Writes a planned sweep to `configs/` beside its experiment. Files that are right already are not
 * touched, and runs of an earlier, larger sweep are removed.
 *
 * @param experimentFolder absolute
 * @param tool name and version of this program, for the manifest
 * @throws DiagnosticError for too many runs, a foreign file, what a run's form cannot say, or for
 *   warnings that are errors; everything stays as it was then
 */
export function writeSweep(
  plan: SweepPlan,
  experimentFolder: string,
  tool: string,
  options: PlanOptions = {},
): SweepResult {
  refuseTooMany(plan);
  for (;;) {
    const folder = new SweepFolder(join(experimentFolder, 'configs'));
    try {
      const warnings = make(plan, folder, { tool, most: plan.total, options });
      const changed = folder.close();
      // Another process that generates this sweep has been faster, as it may be again.
      if (changed === undefined) continue;
      return { folder: folder.path, total: plan.total, changed, warnings };
    } catch (cause) {
      folder.abandon();
      throw cause;
    }
  }
}

/**
 * Does all that generating does, except that nothing is written.
 *
 * @param most how many runs to look at
 * @returns everything to be warned of: of the sweep, and of its runs
 * @throws DiagnosticError as `writeSweep` does for what is wrong with the sweep itself
 */
export function inspectSweep(
  plan: SweepPlan,
  options: PlanOptions = {},
  most = INSPECTED,
): readonly Diagnostic[] {
  return make(plan, NOWHERE, { tool: '', most, options });
}

const NOWHERE: Sink = {
  write: () => undefined,
  stream: () => ({ write: () => undefined }),
};

/** Runs whose form cannot say what they set, before the others are no longer tried. */
const MOST_REFUSED = 10;

/** Makes all files of a sweep, run by run. @returns what is to be warned of */
function make(
  plan: SweepPlan,
  sink: Sink,
  { tool, most, options }: { tool: string; most: number; options: PlanOptions },
): readonly Diagnostic[] {
  const writer = runWriter(plan, sink);
  const mapping = sink.stream('run_mapping.yaml');
  const mappings = new MappingWriter(plan.experiment);
  const manifest = sink.stream('manifest.json');
  const manifests = new ManifestWriter(plan, tool);
  const { see, warnings } = inspection(plan, options, most);
  const refused: Diagnostic[] = [];
  manifest.write(manifests.head());
  for (const run of plan.runs()) {
    see(run);
    try {
      const { file, command } = writer.write(run);
      mapping.write(mappings.entry(run));
      manifest.write(manifests.entry(run, file, command));
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      addNew(refused, cause.diagnostics);
    }
    if (refused.length >= MOST_REFUSED || run.row.index + 1 >= most) break;
  }
  if (refused.length > 0) throw new DiagnosticError(refused);
  const told = [...plan.warnings, ...warnings()];
  manifest.write(manifests.tail(told));
  return told;
}

/** Adds problems, of which each is told at one place once. */
function addNew(known: Diagnostic[], problems: readonly Diagnostic[]): void {
  for (const problem of problems) {
    const isKnown = known.some(
      ({ message, place }) => message === problem.message && place?.start === problem.place?.start,
    );
    if (!isKnown) known.push(problem);
  }
}
