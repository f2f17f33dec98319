import { join } from 'node:path';
import { git, literally } from './git';
import { isFileEntry } from '../is-file';
import { listIfReadable } from '../list-folder';

/** Folders that hold nothing of the workspace itself. */
export const SKIPPED: readonly string[] = ['node_modules', '.git', '.nx', '__pycache__'];

/**
 * The files of a workspace that Nx sees: those on disk that no `.gitignore` and no `.nxignore` names,
 * whether git has them or not. Links to files are files, links to folders are not followed. Where
 * there is no repository, nothing is ignored.
 *
 * @param folder the only one to look into, from the root
 * @returns paths from the root, sorted
 */
export function visibleFiles(root: string, folder = ''): string[] {
  const ignored = ignoredPaths(root, folder);
  const found: string[] = [];
  const walk = (at: string): void => {
    // What cannot be listed cannot be told of either.
    for (const entry of listIfReadable(join(root, at))) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.includes(entry.name) && !ignored.has(`${path}/`)) walk(path);
      } else if (!ignored.has(path) && isFileEntry(entry, join(root, at))) found.push(path);
    }
  };
  if (!foldersAbove(folder).some((above) => ignored.has(`${above}/`))) walk(folder);
  return found.sort();
}

/** `a/b` lies in `a/b` and `a`. */
function foldersAbove(folder: string): string[] {
  const parts = folder.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What is ignored, from the root; a folder of which all is ends in a slash. */
function ignoredPaths(root: string, folder: string): ReadonlySet<string> {
  const below = folder === '' ? [] : ['--', literally(folder)];
  const list = (rules: string): string[] => {
    const which = ['--cached', '--others', '--ignored', '--directory', rules];
    return git(root, ['ls-files', '-z', ...which, ...below])?.split('\0') ?? [];
  };
  // Nx reads a .nxignore in any folder, as git does a .gitignore.
  return new Set([...list('--exclude-standard'), ...list('--exclude-per-directory=.nxignore')]);
}
