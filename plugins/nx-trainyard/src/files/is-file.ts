import type { Dirent, Stats } from 'node:fs';
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether there is a file, or a link to one, that can be looked at. */
export function isFile(path: string): boolean {
  return statIfVisible(path)?.isFile() ?? false;
}

/** Whether there is a folder, or a link to one, that can be looked at. */
export function isFolder(path: string): boolean {
  return statIfVisible(path)?.isDirectory() ?? false;
}

/** Whether there is a file that may be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}

/** Whether an entry of a folder is a file, or a link to one that can be looked at. */
export function isFileEntry(entry: Dirent, folder: string): boolean {
  return entry.isSymbolicLink() ? isFile(join(folder, entry.name)) : entry.isFile();
}

function statIfVisible(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
