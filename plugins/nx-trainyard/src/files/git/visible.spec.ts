import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { visibleFiles } from './visible';
import { writeBelow } from '../../../testing/write-below';

/** How Nx itself lists the files of a workspace. */
interface Native {
  WorkspaceContext: new (
    root: string,
    cache: string,
  ) => { allFileData(): { readonly file: string }[] };
}

let top: string;
let root: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'visible-files-'));
  root = join(top, 'ws');
});
afterEach(() => rmSync(top, { recursive: true }));

function write(path: string, text = ''): void {
  writeBelow(root, path, text);
}

function nxFiles(): string[] {
  const nx = createRequire(__filename).resolve('nx/package.json');
  const { WorkspaceContext } = createRequire(__filename)(
    join(dirname(nx), 'dist/src/native'),
  ) as Native;
  const files = new WorkspaceContext(root, join(top, 'cache')).allFileData();
  return files.map(({ file }) => file).sort();
}

const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args]);

describe('the files of a workspace', () => {
  test.each(['at the top of a repository', 'below it'])('are those that Nx sees, %s', (where) => {
    for (const name of ['a', 'named', 'tracked', 'nx', 'nx-tracked', 'anchored', 'back'])
      write(`r/${name}.yaml`);
    for (const path of ['r/deep/er/x', 'r/deep/own', 'out/x', 'part/tracked', 'part/x', 'nx/x'])
      write(`${path}.yaml`);
    write('node_modules/m/x.yaml');
    write('inner/x.yaml');
    execFileSync('git', ['init', '--quiet', join(root, 'inner')]);
    symlinkSync('a.yaml', join(root, 'r/link.yaml'));
    symlinkSync('nowhere', join(root, 'r/dangling.yaml'));
    symlinkSync('loop.yaml', join(root, 'r/loop.yaml'));
    symlinkSync('deep', join(root, 'r/folder'));
    execFileSync('git', ['init', '--quiet', where === 'below it' ? top : root]);
    git('add', 'r/tracked.yaml', 'r/nx-tracked.yaml', 'part/tracked.yaml');
    write(
      '.gitignore',
      'node_modules\n/r/named.yaml\ntracked.yaml\nout/\n/part/\nback*\n!back.yaml\n',
    );
    write('.nxignore', '/r/anchored.yaml\nr/nx.yaml\nnx-tracked.yaml\nnx\n');
    write('r/deep/.nxignore', '/own.yaml\n');
    write('r/deep/er/.gitignore', 'y.yaml\n');
    write('r/deep/er/y.yaml');
    expect(visibleFiles(root)).toEqual(nxFiles());
    expect(visibleFiles(root)).toContain('r/back.yaml');
    expect(visibleFiles(root, 'r')).toEqual(nxFiles().filter((file) => file.startsWith('r/')));
    expect(visibleFiles(root, 'out')).toEqual([]);
    expect(visibleFiles(root, 'nowhere')).toEqual([]);
  });

  test('are all on disk where there is no repository', () => {
    write('.gitignore', 'x.yaml\n');
    write('r/x.yaml');
    expect(visibleFiles(root)).toEqual(['.gitignore', 'r/x.yaml']);
  });
});
