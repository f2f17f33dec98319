import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Devkit from '@nx/devkit';
import { throwDiagnostic } from '../../diagnostics';
import type { TrainyardPluginOptions } from './options';

export const PLUGIN = 'nx-trainyard/plugin';

/** Both ways to name the plugin in nx.json. */
const NAMES: readonly string[] = [PLUGIN, 'nx-trainyard'];

/**
 * Reads an nx.json as Nx does, which takes comments and commas at the end.
 *
 * @throws DiagnosticError for a file that Nx cannot read either
 */
export function readNxJson(file: string): Devkit.NxJsonConfiguration {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text) as Devkit.NxJsonConfiguration;
  } catch {
    return readWithComments(file, text);
  }
}

function readWithComments(file: string, text: string): Devkit.NxJsonConfiguration {
  // Loading it takes longer than most commands, and few workspaces need it.
  const { parseJson } = createRequire(__filename)('@nx/devkit') as typeof Devkit;
  try {
    return parseJson(text);
  } catch (cause) {
    return throwDiagnostic('Options', `${file} is not valid JSON: ${(cause as Error).message}`, {
      hint: 'Fix the file first; Nx cannot read it either.',
    });
  }
}

/** The plugin's entry in nx.json, whether it is written as a string or with options. */
export function findPlugin({
  plugins = [],
}: Devkit.NxJsonConfiguration): { readonly options: TrainyardPluginOptions } | undefined {
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
  nxJson: Devkit.NxJsonConfiguration,
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
