import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { SourceText } from '../diagnostics';
import { DiagnosticError, error, throwDiagnostic } from '../diagnostics';
import { isFileEntry } from './is-file';
import { listFolder, listIfReadable } from './list-folder';
import { displayPath } from './paths';
import { fileSystemProblem, isNotThere, isThere } from './system-error';

/**
 * A file of which nobody can tell whether it is there: a link that leads nowhere, or into a circle, or
 * a folder that may not be searched. For Python it does not exist.
 */
export class UnreachedFile extends DiagnosticError {}

/** What composition needs of a file system. Paths are absolute; a missing file is undefined. */
export interface FileTree {
  /** @throws DiagnosticError `FileSystem` for a file that is there and cannot be read, or `NotUtf8` */
  read(path: string): SourceText | undefined;
  /**
   * Names of the files in a folder, or undefined when there is no such folder. What cannot be looked
   * at, such as a link that leads nowhere, is no file.
   *
   * @throws DiagnosticError `FileSystem` for a folder that is there and cannot be listed
   */
  list(folder: string): readonly string[] | undefined;
  /** Names of the folders in a folder that can be looked at, links apart: what a message may suggest. */
  folders(folder: string): readonly string[];
}

/**
 * Files on disk. Every file is read once in the life of the tree, so make one per task.
 *
 * @param root problems name files by their path from this folder; absolute without one
 */
export function diskFiles(root?: string): FileTree {
  const texts = new Map<string, SourceText | undefined>();
  const lists = new Map<string, readonly string[] | undefined>();
  /** Folders that are not there: configs are looked for in many places below each of them. */
  const missing = new Set<string>();
  const isBelowMissing = (path: string): boolean => {
    for (let at = dirname(path); at !== dirname(at); at = dirname(at)) {
      if (missing.has(at)) return true;
    }
    return false;
  };
  const read = (path: string): SourceText | undefined => {
    // What `..` leads to, only the operating system knows.
    const isPlain = !path.includes('..');
    if (isPlain && missing.size > 0 && isBelowMissing(path)) return undefined;
    const source = readSource(path, root);
    if (source === undefined && isPlain) {
      const folder = outermostMissing(path);
      if (folder !== path) missing.add(folder);
    }
    return source;
  };
  return {
    read(path) {
      if (!texts.has(path)) texts.set(path, read(path));
      return texts.get(path);
    },
    list(folder) {
      if (!lists.has(folder)) lists.set(folder, readFolder(folder, root));
      return lists.get(folder);
    },
    folders: foldersIn,
  };
}

/** The outermost folder that would have to come before a file could be at a path. */
function outermostMissing(path: string): string {
  let at = path;
  while (at !== dirname(at) && !isThere(dirname(at), lstatSync)) at = dirname(at);
  return at;
}

function readSource(path: string, root: string | undefined): SourceText | undefined {
  // No file has such a path, and Node takes it for a bug of ours.
  if (path.includes('\0')) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(realPath(path));
  } catch (cause) {
    if (isNotThere(cause)) {
      checkDangling(path, root);
      return undefined;
    }
    if ((cause as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
    const problem = existsSync(path) ? undefined : fileSystemProblem(cause, root);
    if (problem) throw new UnreachedFile(problem);
    return throwProblem(cause, root);
  }
  return decodeSource(bytes, displayPath(path, root));
}

/** @throws what the operating system refused as a `DiagnosticError`, and any bug as it is */
function throwProblem(cause: unknown, root: string | undefined): never {
  const problem = fileSystemProblem(cause, root);
  throw problem ? new DiagnosticError(problem) : cause;
}

/** A link that leads nowhere is there, unlike what it leads to. @throws DiagnosticError `FileSystem` */
function checkDangling(path: string, root: string | undefined): void {
  let at = path;
  while (!isThere(at, lstatSync) && at !== dirname(at)) at = dirname(at);
  if (!lstatSync(at).isSymbolicLink() || isThere(at)) return;
  const subject = at === path ? 'it' : displayPath(at, root);
  const message = `${subject} is a dangling link to ${readlinkSync(at)}`;
  const hint = 'The target of the link does not exist. Create it, or remove the link.';
  throw new UnreachedFile(
    error('FileSystem', `cannot read ${displayPath(path, root)}: ${message}`, { hint }),
  );
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws DiagnosticError `NotUtf8` at the first line that is not UTF-8 */
export function decodeSource(bytes: Uint8Array, path: string): SourceText {
  try {
    return { path, text: UTF8.decode(bytes) };
  } catch {
    const text = Buffer.from(bytes).toString('utf8');
    const start = Math.max(0, text.indexOf('\ufffd'));
    return throwDiagnostic('NotUtf8', 'the file is not valid UTF-8', {
      location: { source: { path, text }, start, end: start + 1 },
      hint: 'Save the file as UTF-8.',
    });
  }
}

/** `a/../b` goes through the folder that `a` links to, as it does for Python. */
function realPath(path: string): string {
  return path.includes('..') ? resolveParents(path) : path;
}

function resolveParents(path: string): string {
  const parts = path.split(sep);
  let at: string = sep;
  for (const part of parts) {
    if (part === '..') {
      try {
        at = realpathSync(at);
      } catch (cause) {
        // A folder that does not exist is no link either: its parent is the path's.
        if (!isNotThere(cause)) throw cause;
      }
      at = dirname(at);
    } else if (part !== '' && part !== '.') at = join(at, part);
  }
  return at;
}

function readFolder(folder: string, root: string | undefined): readonly string[] | undefined {
  if (folder.includes('\0')) return undefined;
  try {
    const real = realPath(folder);
    return listFolder(real).flatMap((entry) => (isFileEntry(entry, real) ? entry.name : []));
  } catch (cause) {
    return isNotThere(cause) ? undefined : throwProblem(cause, root);
  }
}

function foldersIn(folder: string): readonly string[] {
  return listIfReadable(folder).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
}

/** Files that are held in memory, by absolute path. */
export function memoryFiles(texts: ReadonlyMap<string, string>): FileTree {
  const sources = new Map<string, SourceText>();
  const folders = new Map<string, string[]>();
  for (const [path, text] of texts) {
    sources.set(path, { path, text });
    let folder = dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), basename(path)]);
    while (folder !== dirname(folder)) {
      folder = dirname(folder);
      if (!folders.has(folder)) folders.set(folder, []);
    }
  }
  return {
    read: (path) => sources.get(join(path)),
    list: (folder) => folders.get(join(folder)),
    folders: (folder) => {
      const inside = [...folders.keys()].filter((path) => dirname(path) === join(folder));
      return inside.filter((path) => path !== dirname(path)).map((path) => basename(path));
    },
  };
}
