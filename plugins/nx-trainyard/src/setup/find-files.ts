import { posix } from 'node:path';
import { DiagnosticError } from '../diagnostics';
import type { Reader } from '../files/workspace-files';
import { isExperimentName } from '../sweeps/experiment-file';
import { readYaml } from '../yaml/reader/read';

/** The files that are launcher configurations by their shape. @param files from the root */
export function findLauncherConfigs(files: readonly string[], read: Reader): string[] {
  return files.filter((path) => isLauncherConfig(path, read(path) ?? ''));
}

/** The files that are experiments by their name and their keys. */
export function findExperiments(files: readonly string[], read: Reader): string[] {
  return files.filter(
    (path) => isExperimentName(posix.basename(path)) && isExperiment(read(path) ?? ''),
  );
}

/** The files that are experiments by their keys, under names by which nothing reads them. */
export function findMisnamedExperiments(files: readonly string[], read: Reader): string[] {
  return files.filter((path) => {
    if (isExperimentName(posix.basename(path))) return false;
    // What sweeps write is a base config as often as not, and many files.
    if (posix.basename(posix.dirname(path)) === 'configs') return false;
    const text = read(path) ?? '';
    const isNamed = hasKey(text, 'experiment') || hasKey(text, 'experiment_name');
    return isNamed && (hasKey(text, 'framework_config') || hasKey(text, 'base_config'));
  });
}

/** A mapping with `templates`, which are texts, and `settings` or a `header`. */
function isLauncherConfig(path: string, text: string): boolean {
  // Most files are told apart without being parsed.
  if (!/\btemplates\b/.test(text) || !/\b(?:settings|header)\b/.test(text)) return false;
  try {
    const value = readYaml({ path, text }, 'pyyaml');
    if (value.kind !== 'map') return false;
    const templates = value.entries.at('templates');
    if (templates?.kind !== 'map' || templates.entries.size === 0) return false;
    if (![...templates.entries.values()].every(({ kind }) => kind === 'str')) return false;
    return value.entries.at('settings') !== undefined || value.entries.at('header') !== undefined;
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    // One with a mistake is still one, and says what is wrong when it is used.
    return hasKey(text, 'templates') && (hasKey(text, 'settings') || hasKey(text, 'header'));
  }
}

function isExperiment(text: string): boolean {
  const keys = ['experiment', 'experiment_name', 'framework_config', 'base_config'];
  return keys.some((key) => hasKey(text, key));
}

/** Whether a text has a key at the start of a line. */
function hasKey(text: string, key: string): boolean {
  return new RegExp(`^["']?${key}["']?\\s*:`, 'm').test(text);
}

/** The folder in which all paths lie; undefined where they have none in common. */
export function commonFolder(paths: readonly string[]): string | undefined {
  const [first, ...others] = paths.map((path) => posix.dirname(path).split('/'));
  if (!first || first[0] === '.') return undefined;
  let length = first.length;
  for (const parts of others) {
    while (length > 0 && first.slice(0, length).join('/') !== parts.slice(0, length).join('/'))
      length--;
  }
  return length === 0 ? undefined : first.slice(0, length).join('/');
}
