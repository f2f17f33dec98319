import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFile, isFolder, isProgram } from './is-file';
import { listIfReadable, listIfThere, namesIfReadable } from './list-folder';
import { headIfReadable, textIfReadable, textIfThere } from './read-text';

let root: string;
const at = (name: string): string => join(root, name);
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'read-text-'));
  writeFileSync(at('b.txt'), 'text');
  writeFileSync(at('a.sh'), '');
  chmodSync(at('a.sh'), 0o755);
  mkdirSync(at('folder'));
  symlinkSync('circle', at('circle'));
});
afterAll(() => rmSync(root, { recursive: true }));

const THERE = { file: 'b.txt', folder: 'folder' };

describe('what may not be there', () => {
  test.each(['missing', 'b.txt/below a file', `${'long'.repeat(100)}`])(
    'is nothing: %s',
    (name) => {
      expect(textIfThere(at(name))).toBeUndefined();
      expect(textIfReadable(at(name))).toBeUndefined();
      expect(headIfReadable(at(name), 9)).toBeUndefined();
      expect(isFile(at(name)) || isFolder(at(name)) || isProgram(at(name))).toBe(false);
    },
  );

  it('is an empty folder', () => {
    expect([listIfThere(at('missing')), listIfReadable(at('missing'))]).toEqual([[], []]);
  });

  it('is read where it is there', () => {
    expect(textIfThere(at(THERE.file))).toBe('text');
    expect(headIfReadable(at(THERE.file), 2)).toBe('te');
    expect(namesIfReadable(root)).toEqual(['a.sh', 'b.txt', 'circle', 'folder']);
    expect([isFile(at('b.txt')), isFolder(at('folder')), isProgram(at('a.sh'))]).toEqual([
      true,
      true,
      true,
    ]);
    expect([isFile(at('folder')), isFolder(at('b.txt')), isProgram(at('b.txt'))]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('what is there and cannot be read', () => {
  test.each([THERE.folder, 'circle'])(
    'is a problem of the product, and nothing to a hint: %s',
    (name) => {
      expect(() => textIfThere(at(name))).toThrow(/EISDIR|ELOOP/);
      expect(textIfReadable(at(name))).toBeUndefined();
    },
  );

  test.each([THERE.file, 'circle'])('cannot be listed either: %s', (name) => {
    expect(() => listIfThere(at(name))).toThrow(/ENOTDIR|ELOOP/);
    expect(listIfReadable(at(name))).toEqual([]);
  });
});
