import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { OwnedFolder } from '../../files/owned-folder/owned-folder';
import { checkRuns } from '../check/check-runs';
import type { ResolvedSweep } from '../check/check-sweep';
import { checkMaxRuns } from '../check/limits';
import { ManifestWriter } from './manifest';
import { MappingWriter } from './mapping';
import { SWEEP_FILES } from './file-names';

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
  checkMaxRuns(sweep);
  for (;;) {
    const folder = new OwnedFolder(join(experimentFolder, 'configs'), SWEEP_FILES);
    try {
      const warnings = writeFiles(sweep, folder, tool);
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

/** Writes the files of all runs, their mapping and the manifest. @returns what is to be warned of */
function writeFiles(sweep: ResolvedSweep, folder: OwnedFolder, tool: string) {
  const mapping = folder.stream('run_mapping.yaml');
  const mappings = new MappingWriter(sweep.experiment);
  const manifest = folder.stream('manifest.json');
  const manifests = new ManifestWriter(sweep, tool);
  manifest.write(manifests.head());
  const warnings = checkRuns(sweep, folder, (run, { file, command }) => {
    mapping.write(mappings.entry(run));
    manifest.write(manifests.entry(run, file, command));
  });
  manifest.write(manifests.tail(warnings));
  return warnings;
}
