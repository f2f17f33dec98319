import { dirname, join, resolve } from 'node:path';
import { throwDiagnostic } from '../diagnostics';
import { isThere } from '../files/system-error';
import { findPlugin, readNxJson } from '../inference/options/nx-json';
import type { NormalizedOptions } from '../inference/options/options';
import { checkedPackages, normalizeOptions } from '../inference/options/options';
import type { SearchPackages } from '../hydra/config-files/search-packages';

/** The workspace that a command is about. */
export interface CommandWorkspace {
  /** Absolute. */
  readonly root: string;
  /** The plugin's options in its nx.json, so that a command does what the target does. */
  readonly plugin: NormalizedOptions;
}

/**
 * Opens the workspace at `--root`, else the nearest one above a folder, else the current folder.
 *
 * @throws DiagnosticError for an nx.json or plugin options with which Nx would not work either
 */
export function openWorkspace(folder: string, root: string | undefined): CommandWorkspace {
  const found = resolve(root ?? workspaceAbove(folder) ?? '.');
  if (!isThere(found)) {
    throwDiagnostic('Options', `there is no folder ${found}`, {
      hint: 'Pass an existing folder to --root.',
    });
  }
  const file = join(found, 'nx.json');
  const options = isThere(file) ? findPlugin(readNxJson(file))?.options : undefined;
  try {
    return { root: found, plugin: normalizeOptions(options) };
  } catch (cause) {
    return throwDiagnostic('Options', (cause as Error).message, {
      hint: `Change the option in ${file}.`,
    });
  }
}

function workspaceAbove(folder: string): string | undefined {
  if (isThere(join(folder, 'nx.json'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : workspaceAbove(parent);
}

/**
 * The folders of Python packages that `--search-package NAME=DIR` names beside the plugin's.
 *
 * @throws DiagnosticError `Options`
 */
export function searchPackagesFrom(
  written: readonly string[] = [],
  { searchPackages }: NormalizedOptions,
): SearchPackages {
  const pairs = written.map((text) => {
    const cut = text.indexOf('=');
    return cut === -1 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
  });
  try {
    return { ...searchPackages, ...checkedPackages(Object.fromEntries(pairs)) };
  } catch (cause) {
    const message = (cause as Error).message.replace(/^.*?nx\.json: /, '--search-package: ');
    return throwDiagnostic('Options', message, {
      hint: 'Write --search-package conf=path/to/conf.',
    });
  }
}
