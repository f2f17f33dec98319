import type { ComposeContext } from '../hydra/request';
import type { LauncherSettings } from '../launchers/settings/settings';
import type { FileInputsFinder } from './file-inputs';
import type { NormalizedOptions } from './options/options';
import type { TargetInput } from './plugin-identity';

/** What the projects of all experiments are made with. */
export interface ExperimentInference {
  readonly options: NormalizedOptions;
  /** Undefined where the workspace has no recipes. */
  readonly settings: LauncherSettings | undefined;
  readonly context: ComposeContext;
  readonly fileInputs: FileInputsFinder;
  readonly workspaceRoot: string;
  readonly pluginInputs: readonly TargetInput[];
  readonly pluginVersion: string;
}
