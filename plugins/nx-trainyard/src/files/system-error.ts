import { statSync } from 'node:fs';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { DiagnosticError, error } from '../diagnostics/diagnostic';
import { displayPath } from './paths';

/** What Node throws when the operating system refuses something. A bug of ours has no `syscall`. */
interface SystemError {
  readonly code: string;
  readonly syscall: string;
  readonly message: string;
  /** Absent where an open file is written or read. */
  readonly path?: string;
}

function isSystemError(cause: unknown): cause is SystemError {
  // Not `instanceof Error`: a test has another `Error` than Node's own modules.
  const { code, syscall } = (cause ?? {}) as Partial<SystemError>;
  return typeof code === 'string' && typeof syscall === 'string';
}

const VERBS: Readonly<Record<string, string>> = {
  mkdir: 'create the folder',
  scandir: 'list',
  rename: 'write',
  unlink: 'remove',
  rmdir: 'remove',
  stat: 'access',
  lstat: 'access',
  chmod: 'change the mode of',
  fchmod: 'change the mode of',
};

const PERMISSIONS = 'Fix the permissions of the file or its folder with chmod or chown.';
const SPACE = 'Free some disk space, then try again.';
const FILES = "Allow more open files with 'ulimit -n 4096', then try again.";

const HINTS: Readonly<Record<string, string>> = {
  EACCES: PERMISSIONS,
  EPERM: PERMISSIONS,
  EROFS: 'Work on a copy in a writable folder.',
  ENOSPC: SPACE,
  EDQUOT: SPACE,
  EMFILE: FILES,
  ENFILE: FILES,
  ENOENT: 'Create the folder that should contain it, or correct the path.',
  ENOTDIR: 'Part of the path is a file. Move that file, or correct the path.',
  EISDIR: 'There is a folder at this path. Move it, or correct the path.',
  EEXIST: 'Something else is at this path. Move it, or correct the path.',
  ELOOP: 'Symbolic links form a loop. Replace the link with the file itself.',
  ENAMETOOLONG: 'Use a shorter path.',
};

/**
 * What the operating system refused, as a problem that a user can mend; undefined for every other
 * error, which is a bug.
 *
 * @param root the file is named by its path from this folder; absolute without one
 */
export function fileSystemProblem(cause: unknown, root?: string): Diagnostic | undefined {
  if (!isSystemError(cause)) return undefined;
  const { code, syscall, message, path } = cause;
  const file = path === undefined ? 'a file' : displayPath(path, root);
  // "EACCES: permission denied, mkdir '/a/b'"
  const reason = /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
  const hint = HINTS[code] ?? 'The operating system reports this error. Try another folder.';
  return error('FileSystem', `cannot ${VERBS[syscall] ?? syscall} ${file}: ${reason} (${code})`, {
    hint,
  });
}

/**
 * Whether the answer of the operating system is that there is nothing: no such name, a file on the
 * way to it, or a name that no file can have. Every other answer is a problem of something there.
 */
export function isNotThere(cause: unknown): boolean {
  const code = isSystemError(cause) ? cause.code : '';
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code);
}

/**
 * Whether there is something at a path. `existsSync` answers no as well when it may not look.
 *
 * @param look with `lstatSync`, a link that leads nowhere is something
 * @throws what the operating system refuses
 */
export function isThere(path: string, look: (path: string) => unknown = statSync): boolean {
  try {
    look(path);
    return true;
  } catch (cause) {
    if (isNotThere(cause)) return false;
    throw cause;
  }
}

/** What a user can mend of what was thrown; undefined for a bug, whose stack is what helps. */
export function problemsIn(cause: unknown, root?: string): readonly Diagnostic[] | undefined {
  if (cause instanceof DiagnosticError) return cause.diagnostics;
  const problem = fileSystemProblem(cause, root);
  return problem && [problem];
}

/**
 * Works on a file. What the operating system refuses is told of this file: by itself it tells of
 * the half-written one beside it, or names none.
 */
export function workOn<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw isSystemError(cause) ? Object.assign(cause, { path: file }) : cause;
  }
}
