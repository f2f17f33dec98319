import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError, error } from '../diagnostics/diagnostic';
import { displayPath } from './paths';
import { problemsIn, workOn } from './system-error';
import { renderDiagnostics } from '../diagnostics/render';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'trainyard-files-'));
  mkdirSync(join(root, 'folder'));
  writeFileSync(join(root, 'file'), '');
});
afterAll(() => rmSync(root, { recursive: true }));

/** What a user is told of an error; nothing of a bug. */
function reported(work: () => unknown): string | undefined {
  try {
    work();
  } catch (cause) {
    const problems = problemsIn(cause, root);
    return problems && renderDiagnostics(problems);
  }
  throw new Error('nothing was thrown');
}

/** Throws what Node does where the tests, which may run as root, cannot make it happen. */
function rejected(code: string, reason: string, syscall: string, path: string): never {
  const error = new Error(`${code}: ${reason}, ${syscall} '${path}'`);
  throw Object.assign(error, { code, syscall, path });
}

describe('what the operating system refuses', () => {
  it('is told with the path from the root, and a way out', () => {
    expect(reported(() => mkdirSync(join(root, 'file/configs')))).toBe(
      'error [FileSystem] cannot create the folder file/configs: not a directory (ENOTDIR)\n' +
        'hint: Part of the path is a file. Move that file, or correct the path.',
    );
  });

  it.each([
    ['EACCES', 'permission denied', 'hint: Fix the permissions of the file or its folder'],
    ['EROFS', 'read-only file system', 'hint: Work on a copy in a writable folder.'],
    ['ENOSPC', 'no space left on device', 'hint: Free some disk space, then try again.'],
    ['EIO', 'i/o error', 'hint: The operating system reports this error. Try another folder.'],
  ])('is told for %s', (code, reason, hint) => {
    const text = reported(() => rejected(code, reason, 'open', join(root, 'a.yaml')));
    expect(text).toContain(`cannot open a.yaml: ${reason} (${code})\n${hint}`);
  });

  it('is told of the file that is worked on, where the error names none or another one', () => {
    const folder = join(root, 'folder');
    expect(reported(() => workOn(folder, () => readFileSync(folder)))).toContain(
      'cannot read folder:',
    );
    const write = () => renameSync(join(root, 'file'), folder);
    expect(reported(() => workOn(folder, write))).toContain('cannot write folder:');
  });
});

it('the path of the root itself is shown', () => {
  expect(displayPath('/w', '/w')).toBe('.');
  expect(displayPath('/w/a/b.yaml', '/w')).toBe('a/b.yaml');
  expect(displayPath('/v/b.yaml', '/w')).toBe('/v/b.yaml');
});

describe('other errors', () => {
  it('of a user are told as they are', () => {
    const throwDiagnostic = () => {
      throw new DiagnosticError(error('UnknownPath', 'this is wrong'));
    };
    expect(reported(() => workOn('x', throwDiagnostic))).toBe('error [UnknownPath] this is wrong');
  });

  it.each([
    new TypeError('a bug'),
    Object.assign(new TypeError('null bytes'), { code: 'ERR_INVALID_ARG_VALUE' }),
    'a text',
    undefined,
  ])('are bugs, and are not told: %s', (cause) => {
    expect(
      reported(() => {
        throw cause;
      }),
    ).toBeUndefined();
  });
});
