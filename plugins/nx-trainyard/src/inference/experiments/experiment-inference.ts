import type { ComposeContext } from '../../hydra/request';
import type { ScriptSettings } from '../../launchers/settings/settings';
import type { FileInputsFinder } from '../file-inputs';
import type { NormalizedOptions } from '../options/options';
import type { TargetInput } from '../plugin-identity';
import type { RecipeMemory } from '../memory/recipe-memory';

/** What the projects of all experiments are made with. */
export interface ExperimentInference {
  readonly options: NormalizedOptions;
  /** Undefined where the workspace has no recipes. */
  readonly settings: ScriptSettings | undefined;
  readonly context: ComposeContext;
  readonly fileInputs: FileInputsFinder;
  readonly memory: RecipeMemory;
  readonly workspaceRoot: string;
  readonly pluginInputs: readonly TargetInput[];
  readonly pluginVersion: string;
}
