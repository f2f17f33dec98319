import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics';
import { error, nearest } from '../diagnostics';
import { someOf } from '../basics/some-of';
import { isFolder } from '../files/is-file';
import { listIfReadable } from '../files/list-folder';
import { displayPath } from '../files/paths';
import { isYamlName } from '../files/file-ending';
import { isExperimentName } from './experiment-file';

/** How deep experiments are looked for. */
const DEPTH = 3;
const SKIPPED: readonly string[] = ['node_modules', '.git', '.nx', 'configs'];

/**
 * The problem of an experiment file that is not there, with those that lie near it.
 *
 * @param file absolute
 */
export function experimentNotFound(file: string, root: string): Diagnostic {
  const shown = displayPath(file, root);
  const isInstead = isFolder(file);
  const folder = isInstead ? file : existingFolder(dirname(file));
  const message = isInstead
    ? `${shown} is a folder, not an experiment file`
    : `there is no experiment file ${shown}`;
  const found = [...yamlFiles(folder, DEPTH)].map((path) => displayPath(path, root));
  return error('ExperimentNotFound', message, { hint: hintFor(shown, found, isInstead) });
}

/** @param found YAML files near it, as they are shown */
function hintFor(shown: string, found: readonly string[], isFolderInstead: boolean): string {
  const wanted = isFolderInstead ? `${shown}/experiment.yaml` : shown;
  const other = wanted.replace(/\.ya?ml$/i, '');
  // Nx finds experiments by this name alone.
  const misnamed = found.find((path) => path !== wanted && path.replace(/\.ya?ml$/i, '') === other);
  if (misnamed !== undefined) {
    return `There is ${misnamed}: rename it to ${basename(wanted)}, or write its path.`;
  }
  if (found.includes(wanted)) return `Write ${wanted}.`;
  const near = nearest(wanted, found);
  if (near.length > 0) return `Did you mean ${near.map((path) => `'${path}'`).join(' or ')}?`;
  const experiments = found.filter((path) => isExperimentName(basename(path)));
  const choices = experiments.length > 0 ? experiments : found;
  if (choices.length === 0) return 'Write the path of an experiment.yaml.';
  return `Write the path of an experiment file. Nearby files: ${someOf(choices)}.`;
}

function existingFolder(folder: string): string {
  return isFolder(folder) || folder === dirname(folder) ? folder : existingFolder(dirname(folder));
}

function* yamlFiles(folder: string, depth: number): Generator<string> {
  for (const entry of listIfReadable(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile() && isYamlName(entry.name)) yield path;
    else if (entry.isDirectory() && depth > 0 && !SKIPPED.includes(entry.name)) {
      yield* yamlFiles(path, depth - 1);
    }
  }
}
