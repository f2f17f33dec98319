import console from 'node:console';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** As many names as a reader takes in at once, and two screens of a file with room to spare. */
const MOST_FILES = 15;
const MOST_LINES = 300;

const SRC = join(import.meta.dirname, '../src');
const isCode = (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts');

/** A line for each folder with too many files and each file with too many lines. */
function problemsIn(folder, path) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const code = entries.filter((entry) => entry.isFile() && isCode(entry.name));
  const long = code.flatMap(({ name }) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n').length - 1;
    return lines > MOST_LINES
      ? `${path}/${name} has ${lines} lines, and no file has more than ${MOST_LINES}: split it by meaning`
      : [];
  });
  const full =
    code.length > MOST_FILES
      ? [
          `${path}/ has ${code.length} files of code, and no folder has more than ${MOST_FILES}: make a folder of those that belong together`,
        ]
      : [];
  const folders = entries.filter((entry) => entry.isDirectory());
  return [
    ...full,
    ...long,
    ...folders.flatMap(({ name }) => problemsIn(join(folder, name), `${path}/${name}`)),
  ];
}

/** A line for each path in backticks that leads nowhere, from `src`, one of its rooms, or beside it. */
function deadPaths(document) {
  const root = join(SRC, '../../..');
  const text = readFileSync(join(root, document), 'utf8').replace(/```[^]*?```/g, '');
  const rooms = [
    'sweeps',
    'hydra',
    'launchers',
    'inference',
    'sweeps/experiment',
    'trainers/torchtune',
  ];
  const starts = [SRC, ...rooms.map((room) => join(SRC, room)), join(SRC, '..'), root];
  const leads = (path) =>
    starts.some((start) => ['', '.ts'].some((end) => existsSync(join(start, path + end))));
  return Array.from(text.matchAll(/`([\w.-]+(?:\/[\w.-]*)+)`/g), ([, path]) => path)
    .filter((path) => !leads(path) && !IN_A_WORKSPACE.test(path))
    .map((path) => `${document} names ${path}, which does not exist`);
}

/** What lies in a user's workspace, and not here. */
const IN_A_WORKSPACE = /^configs\/|^@|^\./;

const problems = [
  ...problemsIn(SRC, 'src'),
  ...['ARCHITECTURE.md', 'CONTRIBUTING.md'].flatMap(deadPaths),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
