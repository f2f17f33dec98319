import type { Tree } from '@nx/devkit';
import { formatFiles, readNxJson, updateNxJson } from '@nx/devkit';
import type { TrainyardPluginOptions } from '../inference/options';
import { PLUGIN, findPlugin } from '../inference/nx-json';

interface InitOptions extends Pick<TrainyardPluginOptions, 'launcherConfig' | 'experimentsDir'> {
  readonly skipFormat?: boolean;
}

const SYNC = 'nx-trainyard:sync-launchers';

/** Registers the plugin and its sync generator in nx.json. What is there already stays as it is. */
export default async function init(tree: Tree, options: InitOptions): Promise<void> {
  const nxJson = readNxJson(tree) ?? {};
  const { skipFormat, launcherConfig, experimentsDir } = options;
  if (!findPlugin(nxJson)) {
    const chosen = {
      ...(launcherConfig && { launcherConfig }),
      ...(experimentsDir && { experimentsDir }),
    };
    const entry = Object.keys(chosen).length > 0 ? { plugin: PLUGIN, options: chosen } : PLUGIN;
    nxJson.plugins = [...(nxJson.plugins ?? []), entry];
  }
  const generators = nxJson.sync?.globalGenerators ?? [];
  if (!generators.includes(SYNC)) {
    nxJson.sync = { ...nxJson.sync, globalGenerators: [...generators, SYNC] };
  }
  updateNxJson(tree, nxJson);
  if (!skipFormat) await formatFiles(tree);
}
