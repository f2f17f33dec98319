import type { Stats } from 'node:fs';
import { lstatSync } from 'node:fs';

/** What changes whenever a file is written, replaced or moved, whoever sets its dates. */
export type FileStamp = readonly [size: number, modified: number, changed: number, inode: number];

/**
 * What there is at a path, from outside: a file; a folder; nothing, with nothing but folders on the way;
 * or what one has to open to tell, such as a link.
 */
export type Look = FileStamp | 'folder' | 'missing' | 'unclear';

/**
 * A file that has changed in the last two seconds may change again and keep its stamp: file systems
 * count time in steps, the coarsest in steps of two seconds.
 */
const COARSEST_STEP = 2_000;

/**
 * Looks at files without opening them, at each path once: make one per command, before anything is read.
 * Paths are from a root, `/` between their parts.
 */
export class FileLooks {
  readonly #root: string;
  readonly #since = Date.now();
  readonly #looks = new Map<string, Look>([['.', 'folder']]);

  /** @param root absolute */
  constructor(root: string) {
    this.#root = root;
  }

  look(path: string): Look {
    let look = this.#looks.get(path);
    if (look === undefined) this.#looks.set(path, (look = this.#lookAt(path)));
    return look;
  }

  /**
   * Whether a stamp stands for the text that this command reads: not if the file has changed since the
   * command began, or so shortly before that it could change once more under the same stamp.
   */
  isSettled([, , changed]: FileStamp): boolean {
    // Where a file system does not say when a file was changed, the other dates can be set by anybody.
    return changed > 0 && changed < this.#since - COARSEST_STEP;
  }

  /** The outermost folder that has to come before anything can be at a path that is missing. */
  outermostMissing(path: string): string {
    const above = folderOf(path);
    return this.look(above) === 'missing' ? this.outermostMissing(above) : path;
  }

  /** Whether there is a file at a path, and no link on the way. */
  isPlainFile(path: string): boolean {
    return typeof this.look(path) === 'object' && this.look(folderOf(path)) === 'folder';
  }

  /** Whether there is anything at a path that is unclear, be it a link that leads nowhere. */
  isThere(path: string): boolean {
    return statsOf(`${this.#root}/${path}`) !== undefined;
  }

  #lookAt(path: string): Look {
    const above = this.look(folderOf(path));
    if (above === 'missing') return 'missing';
    const stats = statsOf(`${this.#root}/${path}`);
    if (stats?.isFile()) return stampOf(stats);
    // What a link leads to on the way lies elsewhere, and so does what is in it.
    if (above !== 'folder' || stats === null) return 'unclear';
    if (!stats) return 'missing';
    return stats.isDirectory() ? 'folder' : 'unclear';
  }
}

/** What changes when anything comes to a folder or goes from it; undefined for what is no folder itself. */
export function folderStamp(root: string, path: string): FileStamp | undefined {
  const stats = statsOf(`${root}/${path}`);
  return stats?.isDirectory() ? stampOf(stats) : undefined;
}

/** Undefined for what is no file itself, such as a link. */
export function fileStamp(root: string, path: string): FileStamp | undefined {
  const stats = statsOf(`${root}/${path}`);
  return stats?.isFile() ? stampOf(stats) : undefined;
}

function stampOf({ size, mtimeMs, ctimeMs, ino }: Stats): FileStamp {
  return [size, mtimeMs, ctimeMs, ino];
}

/** Undefined where nothing is, null where that cannot be told. */
function statsOf(file: string): Stats | undefined | null {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return null;
  }
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '.' : path.slice(0, end);
}
