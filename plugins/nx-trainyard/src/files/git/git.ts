import { spawnSync } from 'node:child_process';

/** What git prints; undefined where there is no git, no repository, or what is asked for fails. */
export function git(
  root: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = {},
): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 30,
    // Where git must not change its index, looking at it need not wait for who does.
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', ...env },
  });
  return status === 0 ? stdout : undefined;
}

/** The pattern of a path, whatever characters it has. */
export function literally(path: string): string {
  return `:(literal)${path}`;
}

/** Whether git tracks a file below a folder whose path ends so. */
export function tracksBelow(root: string, folder: string, end: string): boolean {
  const tracked = git(root, ['ls-files', '-z', '--', literally(folder)])?.split('\0') ?? [];
  return tracked.some((path) => path.endsWith(end));
}
