import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What git prints; undefined where there is no git, no repository, or what is asked for fails. */
function git(root: string, args: readonly string[], input = ''): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 30,
    // Where git must not change its index, looking at it need not wait for who does.
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  });
  return status === 0 ? stdout : undefined;
}

/**
 * Puts files that git does not have as they are into its object store, from which `git cat-file -p`
 * brings them back: nothing that is removed is lost.
 *
 * @param paths from the root
 * @returns git's ids of those that it did not have; empty where there is no repository
 */
export function storeUnknown(root: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const stored = new Map<string, string>();
  if (paths.length === 0) return stored;
  const known = git(root, [
    'ls-files',
    '--stage',
    '-z',
    '--',
    ...paths.map((path) => `:(literal)${path}`),
  ]);
  if (known === undefined) return stored;
  const inIndex = new Set(known.split('\0').map((line) => line.split(/[ \t]/, 2)[1]));
  for (const path of paths) {
    const id = git(root, ['hash-object', '-w', '--no-filters', '--', path])?.trim();
    if (id && !inIndex.has(id)) stored.set(path, id.slice(0, 12));
  }
  return stored;
}

/**
 * Files below a folder that git ignores, or Nx by a `.nxignore`, from the root; none where there is
 * no repository.
 */
export function ignoredFiles(root: string, folder: string): ReadonlySet<string> {
  const list = (...patterns: string[]): string[] => {
    const args = ['ls-files', '-z', '--others', '--ignored', ...patterns];
    return git(root, [...args, '--', `:(literal)${folder}`])?.split('\0') ?? [];
  };
  const files = list('--exclude-standard');
  const nxIgnore = join(root, '.nxignore');
  // Nx follows it also in files that git has.
  if (existsSync(nxIgnore)) files.push(...list('--cached', `--exclude-from=${nxIgnore}`));
  return new Set(files);
}
