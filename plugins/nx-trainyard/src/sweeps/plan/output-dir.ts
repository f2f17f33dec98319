import { pathOfKey, writePath } from '../../yaml/value/key-path';
import { oncePer } from '../../basics/once-per';
import type { Setting } from '../experiment/axes';
import { valueAt } from '../../yaml/value/value-path';
import type { YamlMap } from '../../yaml/value/value';
import type { OutputDirs } from '../bases/base';
import { isFolder } from '../bases/base';
import type { Assignment } from './overlay';
import type { Row } from '../experiment/experiment';
import { formatValue } from '../../yaml/writer/format-value';

/** The key that holds the output folder. */
export interface OutputDir {
  readonly path: readonly string[];
  /** The path as it is written. */
  readonly name: string;
  /** Nobody said so, but the base has it. */
  readonly isTaken: boolean;
  /** Whether a folder is there before rows set anything. */
  readonly isSet: boolean;
}

/**
 * Where the runs of a sweep write: where it is said, or at the first path that has a text.
 *
 * @param shared what all runs have, but for the controls that are `templated`
 */
export function outputDirOf(
  { isSaid, paths }: OutputDirs,
  shared: YamlMap,
  templated: readonly { readonly assignment: Assignment }[],
): OutputDir | undefined {
  const isSet = (path: readonly string[]): boolean =>
    isFolder(valueAt(shared, path)) ||
    templated.some(({ assignment }) => writePath(assignment.path) === writePath(path));
  const path = isSaid ? paths[0] : paths.find(isSet);
  return path && { path, name: writePath(path), isTaken: !isSaid, isSet: isSet(path) };
}

const LONGEST_SLUG = 60;

/** What `fileName` leaves as it is. */
const FILE_NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,58}[A-Za-z0-9_])?$/;

/** A text as part of a file name: `[A-Za-z0-9._-]`, at most 60 long, never empty or hidden. */
function fileName(text: string): string {
  if (FILE_NAME.test(text)) return text;
  const clean = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, LONGEST_SLUG)
    .replace(/[.-]+$/, '');
  return clean === '' ? 'run' : clean;
}

/** A setting in a folder's name. Rows share their settings. */
const nameOf = oncePer(({ key: { name }, value }: Setting): string => {
  return `${pathOfKey(name).at(-1)}_${formatValue(value)}`;
});

/** What a run's folder is called, beside its fingerprint: its label, or its variables. */
export function slugOf(row: Row, label: string | undefined): string {
  if (label !== undefined) return fileName(label);
  const settings = [...row.variables.map(nameOf), ...row.outside.map(nameOf)];
  if (row.repeat) settings.push(`seed_${row.repeat.seed.value}`);
  return fileName(settings.join('_'));
}

/** The run's own folder below the shared one. */
export function runFolder(shared: string, slug: string, fingerprint: string): string {
  return `${shared.replace(/\/+$/, '')}/${slug}-${fingerprint.slice(0, 8)}`;
}

/** The run's own name. */
export function jobName(stem: string, fingerprint: string): string {
  return `${stem}-${fingerprint.slice(0, 8)}`;
}
