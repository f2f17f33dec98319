import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import { SweepInspector } from '../check/runs/inspect';
import type { ResolvedSweep, SweepPlan } from '../plan/plan';
import { refuseTooMany } from '../plan/plan';
import { ManifestWriter } from './manifest';
import { MappingWriter } from './mapping';
import type { Sink } from '../render/run-writer';
import { runWriter } from '../render/run-writer';
import { SweepFolder } from './sweep-files';

/** What generating a sweep did. */
export interface SweepResult {
  /** `configs/`, absolute. */
  readonly folder: string;
  readonly total: number;
  /** Files written or removed; 0 when everything was right already. */
  readonly changed: number;
  /**
   * Git's id of a tree: the files that were replaced or removed though somebody had edited them, or
   * put them there, as they were. `git restore -s <id> -- <path>` brings one back.
   */
  readonly kept?: string;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Writes a sweep to `configs/` beside its experiment. Files that are right already are not touched,
 * and runs of an earlier, larger sweep are removed.
 *
 * @param experimentFolder absolute
 * @param tool name and version of this program, for the manifest
 * @throws DiagnosticError for too many runs, a foreign file, what a run's form cannot say, or for
 *   warnings that are errors; everything stays as it was then
 */
export function writeSweep(
  sweep: ResolvedSweep,
  experimentFolder: string,
  tool: string,
): SweepResult {
  refuseTooMany(sweep);
  for (;;) {
    const folder = new SweepFolder(join(experimentFolder, 'configs'));
    try {
      const warnings = make(sweep, folder, tool);
      const changes = folder.close();
      // Another process that generates this sweep has been faster, as it may be again.
      if (changes === undefined) continue;
      return { folder: folder.path, total: sweep.total, ...changes, warnings };
    } catch (cause) {
      folder.abandon();
      throw cause;
    }
  }
}

/**
 * Does all that generating does, except that nothing is written: what it would report is in the plan.
 *
 * @throws DiagnosticError as `writeSweep` does for what is wrong with the sweep itself; too many runs
 *   can be planned
 */
export function inspectSweep(sweep: ResolvedSweep): SweepPlan {
  return { ...sweep, warnings: make(sweep, NOWHERE, '') };
}

const NOWHERE: Sink = {
  write: () => undefined,
  stream: () => ({ write: () => undefined }),
};

/** Runs whose form cannot say what they set, before the others are no longer tried. */
const MOST_REFUSED = 10;

/** Makes all files of a sweep, run by run. @returns what is to be warned of */
function make(sweep: ResolvedSweep, sink: Sink, tool: string): readonly Diagnostic[] {
  const { looked, total, verdict } = sweep;
  const writer = runWriter(sweep, sink);
  const mapping = sink.stream('run_mapping.yaml');
  const mappings = new MappingWriter(sweep.experiment);
  const manifest = sink.stream('manifest.json');
  const manifests = new ManifestWriter(sweep, tool);
  const inspector = new SweepInspector(sweep);
  const refused: Diagnostic[] = [];
  manifest.write(manifests.head());
  for (const run of sweep.runs()) {
    inspector.see(run);
    try {
      const { file, command } = writer.write(run);
      mapping.write(mappings.entry(run));
      manifest.write(manifests.entry(run, file, command));
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      addNew(refused, cause.diagnostics);
    }
    if (refused.length >= MOST_REFUSED || run.row.index + 1 >= looked) break;
  }
  if (refused.length > 0) throw new DiagnosticError(refused);
  const found = [...sweep.found, ...inspector.problems()];
  const told = verdict.conclude(found, { isAll: looked === total });
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
