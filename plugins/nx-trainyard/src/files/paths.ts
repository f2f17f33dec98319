import { relative, sep } from 'node:path';

/** A path of this machine with `/` between its parts, as Nx, git and the files that we write have it. */
export function posixPath(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** The path from one folder to another place, with `/`; empty for the folder itself. */
export function pathFrom(root: string, path: string): string {
  return posixPath(relative(root, path));
}

/** Whether a path that starts at a folder stays inside of it. */
export function isInside(fromFolder: string): boolean {
  return fromFolder !== '..' && !fromFolder.startsWith('../');
}

/** The path under which problems show a file: from the root unless that leads outside. */
export function displayPath(path: string, root: string | undefined): string {
  if (root === undefined) return path;
  const inside = pathFrom(root, path) || '.';
  return isInside(inside) ? inside : path;
}
