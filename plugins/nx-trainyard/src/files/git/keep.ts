import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { someOf } from '../../basics/some-of';
import { count } from '../../basics/count';
import { isFile } from '../is-file';
import { shellWord } from '../../bash/words';
import { git, literally } from './git';

/** Git's ids of the contents of files, by their paths from a root. */
type Contents = ReadonlyMap<string, string>;

/**
 * Puts files that git does not have as they are into its object store, from which `git cat-file -p`
 * brings them back: nothing that is removed is lost.
 *
 * @param paths from the root; what is no file is left out
 * @returns git's ids of those that it did not have; empty where there is no repository
 */
export function storeUnknown(root: string, paths: readonly string[]): Contents {
  const stored = new Map<string, string>();
  if (paths.length === 0) return stored;
  const known = git(root, ['ls-files', '--stage', '-z', '--', ...paths.map(literally)]);
  if (known === undefined) return stored;
  const inIndex = new Set(known.split('\0').map((line) => line.split(/[ \t]/, 2)[1]));
  for (const [path, id] of contentsOf(root, paths, ['-w'])) {
    if (!inIndex.has(id)) stored.set(path, id);
  }
  return stored;
}

function contentsOf(root: string, paths: readonly string[], flags: readonly string[]): Contents {
  // Git takes one path of a line, and ends at the first one that it cannot read.
  const files = paths.filter((path) => !path.includes('\n') && isFile(join(root, path)));
  const args = ['hash-object', ...flags, '--no-filters', '--stdin-paths'];
  // It takes them from the top of the repository, wherever it was called.
  const lines = files.map((path) => `${join(root, path)}\n`).join('');
  const ids = git(root, args, lines)?.split('\n') ?? [];
  return new Map(files.flatMap((path, at) => (ids[at] ? [[path, ids[at]]] : [])));
}

/** Makes one tree of files that are in git's store, of which `git restore` brings back any. @returns its id */
function treeOf(root: string, contents: Contents): string | undefined {
  const prefix = git(root, ['rev-parse', '--show-prefix'])?.trimEnd();
  if (prefix === undefined) return undefined;
  // An index of its own: that of the person stays as it is.
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    const lines = [...contents].map(
      ([path, id]) => `${modeOf(root, path)} ${id}\t${prefix}${path}`,
    );
    git(root, ['update-index', '-z', '--add', '--index-info'], `${lines.join('\0')}\0`, env);
    return git(root, ['write-tree'], '', env)?.trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function modeOf(root: string, path: string): string {
  const mode = statSync(join(root, path), { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o100) === 0 ? '100644' : '100755';
}

/**
 * Keeps files that are about to be replaced or removed, as far as git does not have them already.
 *
 * @param paths from the root
 * @returns git's id of a tree that has them; undefined where there is nothing to be kept, or no repository
 */
export function keep(root: string, paths: readonly string[]): string | undefined {
  const stored = storeUnknown(root, paths);
  return stored.size === 0 ? undefined : treeOf(root, stored);
}

/** What is said of files that are going to be replaced, and that git does not have as they are. */
export function describeToBeReplaced(root: string, paths: readonly string[]): string | undefined {
  const stored = storeUnknown(root, paths);
  const tree = stored.size === 0 ? undefined : treeOf(root, stored);
  if (tree === undefined) return undefined;
  const names = [...stored.keys()];
  const as = names.length === 1 ? 'its current content' : 'their current content';
  return `${someOf(names)}: will be replaced, and git does not have ${as}. ${wayBack(root, tree, names)}`;
}

/** Which files that were kept are not as they were. @returns a line that says how to get them back */
export function describeReplaced(root: string, tree: string | undefined): string | undefined {
  if (tree === undefined) return undefined;
  const listed = git(root, ['ls-tree', '-r', '-z', tree]) ?? '';
  const kept = listed.split('\0').flatMap((line): [string, string][] => {
    const [, id, path] = /^\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
    return id !== undefined && path !== undefined ? [[path, id]] : [];
  });
  const now = contentsOf(
    root,
    kept.map(([path]) => path),
    [],
  );
  const gone = kept.flatMap(([path, id]) => (now.get(path) === id ? [] : path));
  if (gone.length === 0) return undefined;
  const were = gone.length === 1 ? 'was' : 'were';
  const what = `${count(gone.length, 'file')} with content not yet in git ${were} replaced or removed`;
  return `${what}: ${someOf(gone)}. ${wayBack(root, tree, gone)}`;
}

/** More than these are brought back by their folder. */
const NAMED = 4;

function wayBack(root: string, tree: string, paths: readonly string[]): string {
  const from = relative(process.cwd(), root);
  const git = from === '' ? 'git' : `git -C ${shellWord(from)}`;
  const id = tree.slice(0, 12);
  // Without --overlay, git would remove what the tree does not have.
  const command =
    paths.length <= NAMED
      ? `${git} restore -s ${id} -- ${paths.map(shellWord).join(' ')}`
      : `${git} restore --overlay -s ${id} -- .`;
  const them = paths.length === 1 ? 'it' : 'them';
  return `Git has a copy. To restore ${them}, run: ${command}`;
}
