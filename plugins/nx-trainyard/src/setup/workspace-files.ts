import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Reader } from './find-files';

/** Folders that hold nothing of the workspace itself. */
const SKIPPED: readonly string[] = ['node_modules', '.git', '.nx', '__pycache__'];

/**
 * The YAML files of a workspace, from its root, sorted: what git sees and does not ignore, and all of
 * the disk where there is no repository.
 */
export function yamlFiles(root: string): string[] {
  const files = gitFiles(root) ?? [...diskFiles(root, '')];
  return files.filter(isYaml).sort();
}

export function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path) && !path.split('/').some((part) => SKIPPED.includes(part));
}

function gitFiles(root: string): string[] | undefined {
  const { status, stdout } = spawnSync(
    'git',
    ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  return status === 0 ? [...new Set(stdout.split('\0'))].filter((path) => path !== '') : undefined;
}

function* diskFiles(root: string, folder: string): Generator<string> {
  for (const entry of entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !SKIPPED.includes(entry.name)) yield* diskFiles(root, path);
    else if (entry.isFile()) yield path;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // What cannot be listed cannot be told of either.
    return [];
  }
}

/** Whether git tracks a file below a folder whose path ends so. */
export function trackedBelow(root: string, folder: string, end: string): boolean {
  const { status, stdout } = spawnSync('git', ['-C', root, 'ls-files', '-z', '--', folder], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return status === 0 && stdout.split('\0').some((path) => path.endsWith(end));
}

/** Reads files below a folder; what cannot be read is not there. */
export function readerOf(root: string): Reader {
  return (path) => {
    try {
      return readFileSync(join(root, path), 'utf8');
    } catch {
      return undefined;
    }
  };
}
