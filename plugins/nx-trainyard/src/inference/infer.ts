import { join } from 'node:path';
import type { CreateNodesResultArray, NxJsonConfiguration } from '@nx/devkit';
import { DiagnosticError, renderDiagnostics } from '../diagnostics';
import { ConfigFiles } from '../hydra/config-repository';
import { diskFiles } from '../hydra/file-tree';
import { readLauncherSettings } from '../launchers/settings';
import type { TrainyardPluginOptions } from './options';
import { normalizeOptions } from './options';
import { pluginInputs, pluginVersion } from './plugin-identity';
import { recipeProjects } from './recipe-projects';
import { checkTargetDefaults } from './target-defaults';

/**
 * The projects of a workspace. A broken recipe or experiment is a project whose target fails; only
 * what concerns the whole workspace (options, targetDefaults, the launcher configuration) throws.
 *
 * @param files all YAML files, from the workspace root
 */
export function inferProjects(
  files: readonly string[],
  pluginOptions: TrainyardPluginOptions | undefined,
  workspaceRoot: string,
  nxJson: NxJsonConfiguration,
): CreateNodesResultArray {
  const options = normalizeOptions(pluginOptions);
  const kinds = Object.keys(options.targetNames);
  const executors = kinds.map((kind) => `nx-trainyard:${kind}`);
  checkTargetDefaults(nxJson, Object.values(options.targetNames), executors);
  const tree = diskFiles(workspaceRoot);
  const source = files.includes(options.launcherConfig)
    ? tree.read(join(workspaceRoot, options.launcherConfig))
    : undefined;
  if (!source) return [];
  try {
    const settings = readLauncherSettings(source);
    const inference = {
      options,
      settings,
      workspaceRoot,
      context: { files: new ConfigFiles(tree), env: {}, cwd: workspaceRoot },
      pluginInputs: pluginInputs(workspaceRoot),
      pluginVersion: pluginVersion(),
    };
    return recipeProjects(inference, files).map(([file, projects]) => [file, { projects }]);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    throw new Error(renderDiagnostics(cause.diagnostics), { cause });
  }
}
