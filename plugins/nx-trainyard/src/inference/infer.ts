import type { CreateNodesResultArray, NxJsonConfiguration } from '@nx/devkit';
import { DiagnosticError, renderDiagnostics } from '../diagnostics';
import { ConfigFiles } from '../hydra/config-files/config-repository';
import { diskFiles } from '../files/file-tree';
import { pluginVersion } from '../files/package-files';
import { brokenCollection } from './collection-project';
import type * as ForExperiments from './experiments/experiment-projects';
import { fileInputsFinder } from './file-inputs';
import { lookAtLaunchers } from './launchers';
import type { TrainyardPluginOptions } from './options/options';
import { normalizeOptions } from './options/options';
import { pluginInputs } from './plugin-identity';
import { AnswerMemory } from './memory/answer-memory';
import { RecipeMemory, workspaceDataFolder } from './memory/recipe-memory';
import { recipeProjects } from './recipe-projects';
import { checkTargetDefaults } from './options/target-defaults';

/** Loaded where there are experiments: it knows what their bases are. */
const forExperiments = () => require('./experiments/experiment-projects') as typeof ForExperiments;

/**
 * The projects of a workspace. A broken recipe, experiment or launcher configuration fails the targets
 * that need it; only what concerns every project (options, targetDefaults) throws.
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
  const { searchPackages } = options;
  const kinds = Object.keys(options.targetNames);
  const executors = kinds.map((kind) => `nx-trainyard:${kind}`);
  checkTargetDefaults(nxJson, Object.values(options.targetNames), executors);
  const tree = diskFiles(workspaceRoot);
  const own = pluginInputs(workspaceRoot);
  const version = pluginVersion();
  // While the plugin itself is worked on, its version does not say what it does.
  const inSource = own.some((input) => typeof input === 'string');
  const folder = inSource ? undefined : workspaceDataFolder(workspaceRoot, process.env);
  const packages = searchPackages ? ` ${JSON.stringify(searchPackages)}` : '';
  const parts = [version, pluginOptions, own, files];
  const answers = folder === undefined ? undefined : new AnswerMemory(folder, workspaceRoot, parts);
  const known = answers?.recall();
  if (known) return known;
  const memory = new RecipeMemory(folder, `${version}${packages}`, workspaceRoot, tree);
  const isNamed = pluginOptions?.launcherConfig !== undefined;
  const workspace = { root: workspaceRoot, files, tree, memory };
  const launchers = lookAtLaunchers(workspace, options.launcherConfig, isNamed);
  try {
    const inference = {
      options,
      workspaceRoot,
      context: {
        files: new ConfigFiles(tree),
        env: {},
        cwd: workspaceRoot,
        ...(searchPackages && { searchPackages }),
      },
      fileInputs: fileInputsFinder(workspaceRoot, files, tree, memory.looks),
      memory,
      pluginInputs: own,
      pluginVersion: version,
    };
    const launcherProjects = () => {
      if (launchers.kind === 'none') return [];
      if (launchers.kind === 'unknown') return [brokenCollection(inference, launchers.problems)];
      return recipeProjects({ ...inference, ...launchers }, files);
    };
    const experimentProjects = () => {
      if (!files.some((file) => file.startsWith(`${options.experimentsDir}/`))) return [];
      const settings = launchers.kind === 'known' ? launchers.settings : undefined;
      return forExperiments().experimentProjects({ ...inference, settings }, files);
    };
    const projects = [...launcherProjects(), ...experimentProjects()];
    // What is remembered of recipes is of use again when they are known again.
    if (launchers.kind !== 'unknown') memory.save();
    const nodes: CreateNodesResultArray = projects.map(([file, found]) => [
      file,
      { projects: found },
    ]);
    const isRight = launchers.kind === 'known' && launchers.problems.length === 0;
    const recalled = memory.recalledFrom();
    const plain = inference.fileInputs.plainFiles();
    // What an installed torchtune has is found out anew each time.
    if (isRight && recalled && plain && options.torchtune === 'embedded') {
      answers?.remember(nodes, [...recalled, ...plain], memory.looks);
    }
    return nodes;
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    throw new Error(renderDiagnostics(cause.diagnostics), { cause });
  }
}
