import { createHash } from 'node:crypto';
import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DiagnosticError } from '../diagnostics';
import type { FileLooks } from '../files/file-looks';
import type { FileTree } from '../files/file-tree';
import { isInside, pathFrom } from '../files/paths';

/** What makes a task's hash change with the files that it reads. */
export interface FileInputs {
  /** Files of the workspace, from its root. */
  readonly inputs: readonly string[];
  /** What is in the files that Nx may not hash; undefined where there are none. */
  readonly digests: string | undefined;
}

/** Finds the inputs for files that are given by their paths from the workspace root. */
export interface FileInputsFinder {
  (paths: Iterable<string>): FileInputs;
  /** All that it was asked for, if these are nothing but files that Nx hashes, behind no links. */
  plainFiles: () => ReadonlySet<string> | undefined;
}

/**
 * Nx hashes the files of the workspace that git does not ignore, and follows no symbolic links. So the
 * file that a link leads to is an input as well, there or not, and any other file is known by its bytes.
 *
 * @param hashed YAML files that Nx hashes, from the workspace root
 */
export function fileInputsFinder(
  workspaceRoot: string,
  hashed: readonly string[],
  tree: FileTree,
  looks: FileLooks,
): FileInputsFinder {
  const realRoot = realpathSync(workspaceRoot);
  const isHashed = new Set(hashed);
  const known = new Map<string, { readonly inputs: readonly string[]; readonly digest?: string }>();
  const find = (path: string) => {
    const real = realFile(join(workspaceRoot, path), realRoot) ?? path;
    const inputs = [...new Set([path, real])].filter(isInside);
    if (isHashed.has(real)) return { inputs };
    const file = join(workspaceRoot, path);
    return { inputs, digest: `${isInside(path) ? path : file} ${digestOf(file, tree)}` };
  };
  /** Almost all files are nothing but inputs, and nearly all of them inputs of many projects. */
  const plain = new Set<string>();
  const isPlain = (path: string): boolean => {
    if (plain.has(path)) return true;
    // By this very name it lies there itself, behind no link.
    if (!isHashed.has(path) || !looks.isPlainFile(path)) return false;
    plain.add(path);
    return true;
  };
  const inputsOf = (paths: Iterable<string>): FileInputs => {
    const all = [...new Set(paths)];
    if (all.every(isPlain)) return { inputs: all, digests: undefined };
    const inputs = new Set<string>();
    const digests = new Set<string>();
    for (const path of all) {
      const found = known.get(path) ?? find(path);
      known.set(path, found);
      for (const input of found.inputs) inputs.add(input);
      if (found.digest !== undefined) digests.add(found.digest);
    }
    return { inputs: [...inputs], digests: digests.size > 0 ? [...digests].join(' ') : undefined };
  };
  return Object.assign(inputsOf, { plainFiles: () => (known.size > 0 ? undefined : plain) });
}

/** The file behind all links, there or not, from the root; undefined for links in a circle. */
function realFile(file: string, realRoot: string): string | undefined {
  const real = behindLinks(file);
  return real === undefined ? undefined : pathFrom(realRoot, real);
}

/** As many links as the operating system follows. */
const MOST_LINKS = 40;

function behindLinks(file: string, left = MOST_LINKS): string | undefined {
  try {
    return realpathSync.native(file);
  } catch {
    // Nothing is there, but a link may say where something is missing.
  }
  if (left === 0 || file === dirname(file)) return undefined;
  const target = linkTarget(file);
  if (target !== undefined) return behindLinks(resolve(dirname(file), target), left - 1);
  const folder = behindLinks(dirname(file), left);
  return folder === undefined ? undefined : join(folder, basename(file));
}

function linkTarget(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

function digestOf(file: string, tree: FileTree): string {
  try {
    const source = tree.read(file);
    return source ? createHash('sha256').update(source.text).digest('hex') : 'missing';
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return 'unreadable';
  }
}
