import { dirname, resolve } from 'node:path';
import { DiagnosticError } from '../diagnostics';
import { diskFiles } from '../files/file-tree';
import { DEFAULT_LAUNCHER_CONFIG } from '../launchers/recipe-files';
import type { SearchPackages } from '../hydra/config-files/search-packages';
import { pluginVersion } from '../files/package-files';
import { experimentNotFound } from './experiment-not-found';
import { openBase } from './bases/open-base';
import { checkOwner, checkOnlyOne } from './experiment-file';
import type { SweepPlan } from './check/check-runs';
import { checkRuns } from './check/check-runs';
import type { PlanOptions, ResolvedSweep } from './check/check-sweep';
import { checkSweep } from './check/check-sweep';
import { readWhole } from './read-whole';
import type { SweepResult } from './write/write-sweep';
import { writeSweep } from './write/write-sweep';

export interface SweepRequest extends PlanOptions {
  /** Path of the experiment file, from `root` or absolute. */
  readonly file: string;
  /** The workspace; default: the current folder. Problems name files from here. */
  readonly root?: string;
  /** torchtune's base configs: `embedded` (default), `installed`, or a folder. */
  readonly torchtune?: string;
  /** Path of the launcher configuration from the root, for sweeps over recipes. */
  readonly launcherConfig?: string;
  /** Folders of the Python packages that search paths of recipes name, from the root. */
  readonly searchPackages?: SearchPackages;
  /** What `installed` looks at; default: the process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Plans a sweep and writes nothing: the number of runs, the runs one by one, the base config, which
 * keys went where, and all that generating it would warn of. A sweep of more runs than may be
 * generated can be planned: a note says so, and only its first runs are looked at.
 *
 * @throws DiagnosticError with everything that is wrong in the experiment; with `strict` also for
 *   warnings
 */
export function planSweep(request: SweepRequest): SweepPlan {
  const sweep = openSweep(request);
  return { ...sweep, warnings: checkRuns(sweep) };
}

/**
 * Plans a sweep and writes it to `configs/` beside the experiment. The same input gives the same
 * bytes on every machine; files that are right already are not touched.
 *
 * @throws DiagnosticError as `planSweep` does, and for too many runs or a foreign file in `configs/`
 */
export function generateSweep(request: SweepRequest): SweepResult & { readonly plan: SweepPlan } {
  const sweep = openSweep(request);
  const file = resolve(request.root ?? '.', request.file);
  // Runs are looked at while they are written: looking at them before would take as long again.
  const result = writeSweep(sweep, dirname(file), pluginVersion());
  return { ...result, plan: { ...sweep, warnings: result.warnings } };
}

function openSweep(request: SweepRequest): ResolvedSweep {
  const root = resolve(request.root ?? '.');
  const file = resolve(root, request.file);
  const source = diskFiles(root).read(file);
  if (!source) throw new DiagnosticError(experimentNotFound(file, root));
  checkOnlyOne(file, root);
  const locations = {
    root,
    folder: dirname(file),
    torchtune: request.torchtune ?? 'embedded',
    launcherConfig: request.launcherConfig ?? DEFAULT_LAUNCHER_CONFIG,
    searchPackages: request.searchPackages ?? {},
    env: request.env ?? process.env,
  };
  const { experiment, warnings } = readWhole(source, locations);
  checkOwner(file, experiment, root);
  return checkSweep(experiment, openBase(experiment, locations), warnings, request);
}
