import { join } from 'node:path';
import type { CreateNodesResultArray, NxJsonConfiguration } from '@nx/devkit';
import { DiagnosticError, renderDiagnostics } from '../diagnostics';
import { ConfigFiles } from '../hydra/config-repository';
import { diskFiles } from '../hydra/file-tree';
import type { LauncherSettings } from '../launchers/settings';
import { readLauncherSettings } from '../launchers/settings';
import { pluginVersion } from '../package-version';
import { experimentProjects } from './experiment-projects';
import { fileInputsFinder } from './file-inputs';
import type { TrainyardPluginOptions } from './options';
import { normalizeOptions } from './options';
import { pluginInputs } from './plugin-identity';
import { RecipeMemory, workspaceDataFolder } from './recipe-memory';
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
  if (!source && pluginOptions?.launcherConfig !== undefined) {
    throw new Error(
      `nx-trainyard options in nx.json: there is no '${options.launcherConfig}' among the .yaml files ` +
        `of the workspace. 'launcherConfig' is a path from its root, and git must not ignore it.`,
    );
  }
  try {
    const settings = source && readLauncherSettings(source);
    const inference = {
      options,
      workspaceRoot,
      context: { files: new ConfigFiles(tree), env: {}, cwd: workspaceRoot },
      fileInputs: fileInputsFinder(workspaceRoot, files, tree),
      pluginInputs: pluginInputs(workspaceRoot),
      pluginVersion: pluginVersion(),
    };
    const memory = ({ recipesDir }: LauncherSettings): RecipeMemory => {
      // While the plugin itself is worked on, its version does not say what it does.
      const inSource = inference.pluginInputs.some((input) => typeof input === 'string');
      const folder = inSource ? undefined : workspaceDataFolder(workspaceRoot, process.env);
      const key = `${inference.pluginVersion} ${recipesDir}`;
      return new RecipeMemory(folder, key, workspaceRoot, tree);
    };
    const projects = [
      ...(settings
        ? recipeProjects({ ...inference, settings, memory: memory(settings) }, files)
        : []),
      ...experimentProjects({ ...inference, settings }, files),
    ];
    return projects.map(([file, found]) => [file, { projects: found }]);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    throw new Error(renderDiagnostics(cause.diagnostics), { cause });
  }
}
