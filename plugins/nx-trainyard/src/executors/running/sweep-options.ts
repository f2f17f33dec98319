import { throwDiagnostic } from '../../diagnostics';
import { checkEnding } from '../../sweeps/experiment-file';
import { searchPackagesOf } from './recipe-options';
import type { SweepRequest } from '../../sweeps/sweep';
import { flagOption } from './known-options';

/** Options of the targets of an experiment. Checked here, for a schema error would end a batch. */
export interface SweepOptions {
  readonly experiment?: unknown;
  readonly torchtune?: unknown;
  readonly launcherConfig?: unknown;
  readonly searchPackages?: unknown;
  readonly defaultCluster?: unknown;
  readonly strict?: unknown;
}

export function sweepRequest(options: SweepOptions, root: string): SweepRequest {
  const file = text(options, 'experiment');
  if (file === undefined) {
    return throwDiagnostic(
      'Options',
      "the option 'experiment' must be the path of an experiment.yaml",
      {
        hint: 'Remove it from project.json and the command line; it is inferred.',
      },
    );
  }
  checkEnding(file);
  const torchtune = text(options, 'torchtune');
  const launcherConfig = text(options, 'launcherConfig');
  const defaultCluster = text(options, 'defaultCluster');
  return {
    file,
    root,
    strict: flagOption('strict', options.strict),
    ...(torchtune !== undefined && { torchtune }),
    ...(launcherConfig !== undefined && { launcherConfig }),
    searchPackages: searchPackagesOf(options.searchPackages),
    ...(defaultCluster !== undefined && { defaultCluster }),
  };
}

function text(options: SweepOptions, name: keyof SweepOptions): string | undefined {
  const value = options[name];
  if (value === undefined || typeof value === 'string') return value;
  return throwDiagnostic('Options', `the option '${name}' must be a string`);
}
