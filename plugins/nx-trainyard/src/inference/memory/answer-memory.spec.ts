import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreateNodesResultArray } from '@nx/devkit';
import { FileLooks } from '../../files/file-looks';
import { AnswerMemory } from './answer-memory';

const NODES: CreateNodesResultArray = [['r/a.yaml', { projects: { r: { root: 'r' } } }]];
const PATHS = ['r/a.yaml', 'r/sub/b.yaml', 'r/missing'];

let root: string;
let data: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'answer-'));
  data = mkdtempSync(join(tmpdir(), 'answer-data-'));
  mkdirSync(join(root, 'r/sub'), { recursive: true });
  for (const file of ['r/a.yaml', 'r/sub/b.yaml']) writeFileSync(join(root, file), 'a: 1\n');
});
afterEach(() => {
  for (const folder of [root, data]) rmSync(folder, { recursive: true });
});

/** What changes a folder now could do so once more in the same step of time. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 2_100));
const memory = (...parts: string[]) => new AnswerMemory(data, root, parts);

async function remembered(): Promise<void> {
  await settle();
  memory('hash').remember(NODES, PATHS, new FileLooks(root));
  expect(memory('hash').recall()).toEqual(NODES);
}

test('is what it was, as long as nothing has changed', async () => {
  await remembered();
  expect(memory('another hash').recall()).toBeUndefined();
  expect(memory('hash', 'more').recall()).toBeUndefined();
});

test.each([
  ['comes to where it was looked for', () => mkdirSync(join(root, 'r/missing'))],
  [
    'becomes a link to the same text, outside',
    () => {
      renameSync(join(root, 'r/sub/b.yaml'), join(data, 'b.yaml'));
      symlinkSync(join(data, 'b.yaml'), join(root, 'r/sub/b.yaml'));
    },
  ],
  [
    'lies in a folder that becomes a link',
    () => {
      renameSync(join(root, 'r'), join(data, 'r'));
      symlinkSync(join(data, 'r'), join(root, 'r'));
    },
  ],
  [
    'is edited and its date put back',
    () => {
      const { atime, mtime } = statSync(join(root, 'r/a.yaml'));
      writeFileSync(join(root, 'r/a.yaml'), 'a: 2\n');
      utimesSync(join(root, 'r/a.yaml'), atime, mtime);
    },
  ],
  ['is gone with its folder', () => rmSync(join(root, 'r/sub'), { recursive: true })],
])('is forgotten when a file %s', async (_, change) => {
  await remembered();
  change();
  expect(memory('hash').recall()).toBeUndefined();
});

test('is not kept while a folder may still change without a trace', () => {
  writeFileSync(join(root, 'r/new.yaml'), '');
  memory('hash').remember(NODES, PATHS, new FileLooks(root));
  expect(memory('hash').recall()).toBeUndefined();
});

test.each(['', 'half of one'])('that cannot be read (%p) is none', async (text) => {
  await remembered();
  writeFileSync(join(data, 'nx-trainyard-answer.bin'), text);
  expect(memory('hash').recall()).toBeUndefined();
});
