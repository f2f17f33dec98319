import type { Dirent } from 'node:fs';
import { readdirSync } from 'node:fs';

/** What lies in a folder, by name. @throws what the operating system refuses */
export function listFolder(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).sort(byName);
}

/**
 * What lies in a folder, by name; nothing where there is none.
 *
 * @throws whatever else the operating system refuses, also for a file in the folder's place
 */
export function listIfThere(folder: string): Dirent[] {
  try {
    return listFolder(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}

/** What lies in a folder, by name, where only a hint or a guess depends on it; nothing where it cannot be listed. */
export function listIfReadable(folder: string): Dirent[] {
  try {
    return listFolder(folder);
  } catch {
    return [];
  }
}

/** The names of what lies in a folder; nothing where it cannot be listed. */
export function namesIfReadable(folder: string): string[] {
  return listIfReadable(folder).map(({ name }) => name);
}

/** By code units, as JavaScript compares texts. */
function byName(one: Dirent, other: Dirent): number {
  return one.name < other.name ? -1 : 1;
}
