import type { NxJsonConfiguration } from '@nx/devkit';
import type { TrainyardPluginOptions } from './options';

export const PLUGIN = 'nx-trainyard/plugin';

/** Both ways to name the plugin in nx.json. */
const NAMES: readonly string[] = [PLUGIN, 'nx-trainyard'];

/** The plugin's entry in nx.json, whether it is written as a string or with options. */
export function findPlugin({
  plugins = [],
}: NxJsonConfiguration): { readonly options: TrainyardPluginOptions } | undefined {
  for (const entry of plugins) {
    if (typeof entry === 'string') {
      if (NAMES.includes(entry)) return { options: {} };
    } else if (NAMES.includes(entry.plugin)) {
      return { options: (entry.options ?? {}) as TrainyardPluginOptions };
    }
  }
  return undefined;
}

/** Sets an option of the plugin, which is registered. */
export function setPluginOption(
  nxJson: NxJsonConfiguration,
  name: keyof TrainyardPluginOptions,
  value: string,
): void {
  nxJson.plugins = (nxJson.plugins ?? []).map((entry) => {
    const plugin = typeof entry === 'string' ? entry : entry.plugin;
    if (!NAMES.includes(plugin)) return entry;
    const known = typeof entry === 'string' ? { plugin } : entry;
    return { ...known, options: { ...(known.options as object | undefined), [name]: value } };
  });
}
