import type { Dirent } from 'node:fs';
import { statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether an entry of a folder is a file, or a link to one that can be looked at. */
export function isFile(entry: Dirent, folder: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(join(folder, entry.name)).isFile();
  } catch {
    return false;
  }
}
