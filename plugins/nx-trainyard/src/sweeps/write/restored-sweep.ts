import { join } from 'node:path';
import { listFolder } from '../../files/list-folder';
import { headIfReadable } from '../../files/read-text';
import { removeFile } from '../../files/replace-file';
import { isSweepFile, sweepFileNames } from './file-names';

/** More than what stands before the first run of any manifest. */
const HEAD = 1 << 20;

/**
 * Removes from `configs/` the files of an earlier, larger sweep. A task does so itself; a cache puts
 * its files beside what is there. Nothing else is touched, and nothing at all without a manifest that
 * can be read.
 *
 * @param folder `configs/`, absolute
 * @returns the names of the files that were removed
 */
export function removeStaleFiles(folder: string): string[] {
  const names = sweepFileNames(headIfReadable(join(folder, 'manifest.json'), HEAD) ?? '');
  if (!names) return [];
  const stale = listFolder(folder).flatMap((entry) => {
    return entry.isFile() && isSweepFile(entry.name) && !names.has(entry.name) ? entry.name : [];
  });
  for (const name of stale) removeFile(join(folder, name));
  return stale;
}
