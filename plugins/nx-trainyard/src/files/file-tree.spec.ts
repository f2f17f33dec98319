import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError, renderDiagnostics } from '../diagnostics';
import { composeConfig } from '../hydra/compose-on-disk';
import { diskFiles } from './file-tree';
import { writeBelow } from '../../testing/write-below';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'trainyard-tree-'));
  write('config.yaml', 'defaults: [{g: one}, _self_]\nx: 1\n');
  write('g/one.yaml', 'of: one\n');
  write('g/two.yaml', 'of: two\n');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  writeBelow(root, path, text);
}

function link(path: string, target: string): void {
  symlinkSync(target, join(root, path));
}

function reported(work: () => unknown): string {
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return renderDiagnostics(cause.diagnostics).replaceAll(root, '');
  }
  throw new Error('nothing was refused');
}

// Not joined, for that would take `h/..` away.
const list = (folder: string) => diskFiles(root).list(`${root}/${folder}`)?.toSorted();
const read = (file: string) => diskFiles(root).read(join(root, file))?.text;
const composed = (...overrides: string[]) =>
  composeConfig({ configDir: root, configName: 'config', overrides }).toYaml();

describe('the files of a folder', () => {
  it.each([
    ["an editor's lock file", '.#one.yaml', 'somebody@host.4711:1700000000'],
    ['a link to a file that is gone', 'three.yaml', '../gone.yaml'],
    ['a link that leads to itself', 'loop.yaml', 'loop.yaml'],
    ['a link whose way leads through a file', 'odd.yaml', 'one.yaml/x'],
  ])('leave out %s, and nothing else', (_, name, target) => {
    link(`g/${name}`, target);
    expect(list('g')).toEqual(['one.yaml', 'two.yaml']);
    expect(composed('g=two')).toBe('g:\n  of: two\nx: 1\n');
  });

  it('are those that links lead to as well, but no folders', () => {
    link('g/linked.yaml', '../config.yaml');
    link('g/folder.yaml', '../g');
    expect(list('g')).toEqual(['linked.yaml', 'one.yaml', 'two.yaml']);
  });

  it('are unknown where there is no such folder, or a file in its place', () => {
    expect([list('h'), list('config.yaml'), list('config.yaml/x'), list('x\0y')]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
    expect(list('x'.repeat(300))).toBeUndefined();
  });

  it('are told not to be known where the folder cannot be listed, by every composition that asks', () => {
    link('h', 'h');
    const loop = 'error [FileSystem] cannot list h: too many symbolic links encountered (ELOOP)';
    expect(reported(() => list('h'))).toContain(loop);
    expect(reported(() => list('h/../g'))).toContain('(ELOOP)');
    expect(reported(() => composed('h=two'))).toContain('cannot list /h: too many symbolic links');
  });
});

describe('an entry that cannot be read', () => {
  it('is told when it is asked for: a link that leads nowhere', () => {
    link('g/.#one.yaml', 'somebody@host.4711');
    const dangling =
      'error [FileSystem] cannot read g/.#one.yaml: it is a dangling link to somebody@host.4711\n' +
      'hint: The target of the link does not exist. Create it, or remove the link.';
    expect(reported(() => read('g/.#one.yaml'))).toBe(dangling);
  });

  it.each(['g: three', 'optional g: three', 'g@h: three'])(
    'also in a defaults list, by %s',
    (item) => {
      link('g/three.yaml', '../gone.yaml');
      write('config.yaml', `defaults: [{${item}}, _self_]\n`);
      expect(reported(() => composed())).toContain(
        '/g/three.yaml: it is a dangling link to ../gone.yaml',
      );
    },
  );

  it('is told when the folder of it is a link that leads nowhere', () => {
    link('h', '/gone');
    expect(reported(() => read('h/one.yaml'))).toContain(
      'cannot read h/one.yaml: h is a dangling link to /gone',
    );
  });

  it('is told when links lead in a circle', () => {
    link('g/loop.yaml', 'loop.yaml');
    expect(reported(() => read('g/loop.yaml'))).toContain('(ELOOP)');
  });

  it('is not told of a file that is simply not there', () => {
    link('h', 'g');
    expect([read('g/four.yaml'), read('h/four.yaml'), read('g/one.yaml/x'), read('g')]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });
});
