import { closeSync, openSync, readSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
  const names = sweepFileNames(headOf(join(folder, 'manifest.json')));
  if (!names) return [];
  const stale = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    return entry.isFile() && isSweepFile(entry.name) && !names.has(entry.name) ? entry.name : [];
  });
  for (const name of stale) rmSync(join(folder, name), { force: true });
  return stale.sort();
}

function headOf(file: string): string {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const buffer = Buffer.alloc(HEAD);
    return buffer.toString('utf8', 0, readSync(handle, buffer));
  } finally {
    closeSync(handle);
  }
}
