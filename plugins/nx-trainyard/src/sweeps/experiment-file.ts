import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { SourceText } from '../diagnostics';
import { DiagnosticError, throwDiagnostic } from '../diagnostics';
import { displayPath } from '../files/paths';
import { listFolder, namesIfReadable } from '../files/list-folder';
import { textIfReadable } from '../files/read-text';
import { isThere } from '../files/system-error';
import { readYaml } from '../yaml/reader/read';
import { isYamlName, withYamlEnding } from '../files/file-ending';

/** The name under which an experiment is a project. */
export const EXPERIMENT_FILE = 'experiment.yaml';

/** Whether a file has that name, or the same one with another ending of YAML, as people write it. */
export function isExperimentName(name: string): boolean {
  return isYamlName(name) && withYamlEnding(name) === EXPERIMENT_FILE;
}

/** The file, and those beside it that have such a name and would write to the same `configs/`. */
function twinsOf(file: string): string[] {
  const own = basename(file);
  if (!isExperimentName(own)) return [own];
  // A folder that may be searched and not listed shows no other.
  return namesIfReadable(dirname(file)).filter(isExperimentName).sort(rightFirst);
}

function rightFirst(one: string, other: string): number {
  return Number(other === EXPERIMENT_FILE) - Number(one === EXPERIMENT_FILE);
}

/** @throws DiagnosticError `ExperimentFile` for a folder with two experiments of one project */
export function checkOnlyOne(file: string, root: string): void {
  const twins = isThere(file) ? twinsOf(file) : [];
  if (twins.length < 2) return;
  const folder = displayPath(dirname(file), root);
  throwDiagnostic(
    'ExperimentFile',
    `${folder} contains ${twins.join(' and ')}, which would overwrite each other's configs/`,
    {
      hint: `Remove one of them, or move it to its own folder: ${folder}_2/${EXPERIMENT_FILE}.`,
    },
  );
}

/** @throws DiagnosticError `ExperimentFile` for the name of a project that is nearly the right one */
export function checkEnding(file: string): void {
  const name = basename(file);
  if (name === EXPERIMENT_FILE || !isExperimentName(name)) return;
  const right = join(dirname(file), EXPERIMENT_FILE);
  throwDiagnostic('ExperimentFile', `an experiment must be named ${EXPERIMENT_FILE}, got ${file}`, {
    hint: `Rename it to ${right}.`,
  });
}

interface Named {
  readonly name: string;
  readonly source: SourceText;
}

/**
 * Several experiments may lie in one folder under other names, and have one `configs/` for all.
 *
 * @throws DiagnosticError `ForeignFile` when another of them wrote what is there
 */
export function checkOwner(file: string, { name, source }: Named, root: string): void {
  const written = manifestIn(join(dirname(file), 'configs'));
  if (!written || written.sha256 === digestOf(source.text)) return;
  // The experiment that is a project may have changed since; nobody else's name is its own.
  if (written.name === name && basename(file) === EXPERIMENT_FILE) return;
  const own = basename(file);
  const owner = experimentsBeside(file).find((other) => other.name === written.name);
  if (!owner || (written.name === name && owner.file !== EXPERIMENT_FILE)) return;
  const folder = displayPath(dirname(file), root);
  const stem = own.replace(/\.ya?ml$/i, '');
  throwDiagnostic(
    'ForeignFile',
    `${folder}/configs contains the sweep of ${owner.file} ('${written.name}'), which ${own} would overwrite`,
    {
      hint:
        `Move ${own} to its own folder, such as ${folder}/${stem}/${EXPERIMENT_FILE}, or remove ` +
        `${folder}/configs if it is no longer needed.`,
    },
  );
}

/**
 * Whether `configs/` beside an experiment holds the sweep of another file, which lies there still or is
 * gone. A sweep of the same name is an earlier one of the same experiment, unless there is a file that
 * it was made from.
 */
export function hasOthersConfigs(file: string): boolean {
  const written = manifestIn(join(dirname(file), 'configs'));
  const text = written && textIfReadable(file);
  if (!written || text === undefined || digestOf(text) === written.sha256) return false;
  if (experimentName(file) !== written.name) return true;
  return experimentsBeside(file).some((other) => {
    const beside = textIfReadable(join(dirname(file), other.file));
    return beside !== undefined && digestOf(beside) === written.sha256;
  });
}

function manifestIn(
  folder: string,
): { readonly name: string; readonly sha256: string } | undefined {
  // Without a manifest, nobody has written a whole sweep.
  const text = textIfReadable(join(folder, 'manifest.json'));
  if (text === undefined) return undefined;
  try {
    const { experiment } = JSON.parse(text) as {
      readonly experiment?: { readonly name?: unknown; readonly sha256?: unknown };
    };
    const { name, sha256 } = experiment ?? {};
    return typeof name === 'string' && typeof sha256 === 'string' ? { name, sha256 } : undefined;
  } catch {
    return undefined;
  }
}

/** The other experiments in a file's folder: the project's own first. */
function experimentsBeside(file: string): { readonly file: string; readonly name: string }[] {
  const folder = dirname(file);
  const names = listFolder(folder).map(({ name }) => name);
  return names
    .filter(isYamlName)
    .sort(rightFirst)
    .flatMap((other) => {
      const name = other === basename(file) ? undefined : experimentName(join(folder, other));
      return name === undefined ? [] : [{ file: other, name }];
    });
}

function experimentName(path: string): string | undefined {
  const text = textIfReadable(path);
  if (text === undefined) return undefined;
  try {
    const root = readYaml({ path, text });
    if (root.kind !== 'map') return undefined;
    const section = root.entries.at('experiment');
    const name =
      section?.kind === 'map' ? section.entries.at('name') : root.entries.at('experiment_name');
    return name?.kind === 'str' ? name.value : undefined;
  } catch (cause) {
    // What cannot be read is no experiment of which anything was generated.
    if (cause instanceof DiagnosticError) return undefined;
    throw cause;
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
