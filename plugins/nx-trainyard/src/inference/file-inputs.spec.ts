import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FileLooks } from '../files/file-looks';
import { diskFiles } from '../files/file-tree';
import type { FileInputs } from './file-inputs';
import { fileInputsFinder } from './file-inputs';
import { writeBelow } from '../../testing/write-below';

let folder: string;
let root: string;
let hashed: string[];
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'file-inputs-')));
  root = join(folder, 'workspace');
  mkdirSync(root);
  hashed = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  writeBelow(root, path, text);
  if (!path.startsWith('../')) hashed.push(path);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

function inputs(...paths: string[]): FileInputs {
  return fileInputsFinder(root, hashed, diskFiles(root), new FileLooks(root))(paths);
}

test('a file of the workspace is an input', () => {
  write('a/x.yaml', '');
  write('a/y.yaml', '');
  expect(inputs('a/x.yaml', 'a/y.yaml', 'a/x.yaml')).toEqual({
    inputs: ['a/x.yaml', 'a/y.yaml'],
    digests: undefined,
  });
});

test('a file that git ignores is known by its bytes too, on every machine alike', () => {
  write('a/x.yaml', 'a: 1\n');
  hashed = [];
  const { inputs: paths, digests } = inputs('a/x.yaml', 'a/y.yaml');
  expect(paths).toEqual(['a/x.yaml', 'a/y.yaml']);
  expect(digests).toMatch(/^a\/x.yaml [0-9a-f]{64} a\/y.yaml missing$/);
  write('a/x.yaml', 'a: 2\n');
  hashed = [];
  expect(inputs('a/x.yaml', 'a/y.yaml').digests).not.toBe(digests);
});

test('the file behind symbolic links is an input beside the first link', () => {
  write('real/x.yaml', '');
  link('a/x.yaml', '../b/x.yaml');
  link('b', 'real');
  expect(inputs('a/x.yaml')).toEqual({ inputs: ['a/x.yaml', 'real/x.yaml'], digests: undefined });
  expect(inputs('b/x.yaml')).toEqual({ inputs: ['b/x.yaml', 'real/x.yaml'], digests: undefined });
});

test('what is missing behind symbolic links is an input, which changes when it comes', () => {
  link('a/x.yaml', '../b/x.yaml');
  link('b', 'real');
  expect(inputs('a/x.yaml')).toEqual({
    inputs: ['a/x.yaml', 'real/x.yaml'],
    digests: 'a/x.yaml unreadable',
  });
  mkdirSync(join(root, 'real'));
  expect(inputs('a/x.yaml').inputs).toEqual(['a/x.yaml', 'real/x.yaml']);
  write('real/x.yaml', '');
  expect(inputs('a/x.yaml').inputs).toEqual(['a/x.yaml', 'real/x.yaml']);
});

test('a missing file is one input, also where the workspace itself lies behind a link', () => {
  symlinkSync('workspace', join(folder, 'linked'));
  const find = fileInputsFinder(join(folder, 'linked'), [], diskFiles(root), new FileLooks(root));
  expect(find(['no/such/x.yaml']).inputs).toEqual(['no/such/x.yaml']);
});

test('links that lead round in a circle are inputs themselves', () => {
  link('a.yaml', 'b.yaml');
  link('b.yaml', 'a.yaml');
  expect(inputs('a.yaml')).toEqual({ inputs: ['a.yaml'], digests: 'a.yaml unreadable' });
});

test('a file outside the workspace, or behind a link that leads there, is known by its bytes', () => {
  write('../outside.yaml', 'a: 1\n');
  link('a/x.yaml', '../../outside.yaml');
  const before = inputs('a/x.yaml', '../outside.yaml');
  expect(before.inputs).toEqual(['a/x.yaml']);
  const digest = '[0-9a-f]{64}';
  const outside = join(folder, 'outside.yaml');
  expect(before.digests).toMatch(new RegExp(`^a/x.yaml ${digest} ${outside} ${digest}$`));
  write('../outside.yaml', 'a: 2\n');
  expect(inputs('a/x.yaml').digests).not.toBe(before.digests?.split(' /')[0]);
  write('../outside.yaml', 'a: 1\n');
  expect(inputs('a/x.yaml').digests).toBe(before.digests?.split(' /')[0]);
});

test('links are told apart from files where the workspace itself lies behind one', () => {
  write('x.yaml', '');
  symlinkSync('workspace', join(folder, 'linked'));
  const linked = join(folder, 'linked');
  const find = fileInputsFinder(linked, hashed, diskFiles(linked), new FileLooks(linked));
  expect(find(['x.yaml'])).toEqual({ inputs: ['x.yaml'], digests: undefined });
});
