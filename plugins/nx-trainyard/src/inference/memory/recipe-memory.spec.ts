import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileTree } from '../../files/file-tree';
import { diskFiles } from '../../files/file-tree';
import { RecipeMemory, workspaceDataFolder } from './recipe-memory';

describe('What is remembered of a recipe from one command to the next', () => {
  let root: string;
  let data: string;

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const memory = (key = '1', tree: FileTree = diskFiles(root)): RecipeMemory =>
    new RecipeMemory(data, key, root, tree);
  const looked = (...paths: string[]): string[] => paths.map((path) => join(root, path));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'recipe-memory-'));
    data = join(root, '.nx/workspace-data');
    mkdirSync(data, { recursive: true });
    write('r/a/x.yaml', 'defaults: [f, _self_]\n');
    write('r/f.yaml', 'k: 1\n');
    const first = memory();
    first.remember('a/x', looked('r/a/x.yaml', 'r/a/f.yaml', 'r/f.yaml'));
    first.save();
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is what it is made from, while no file changes', () => {
    expect(memory().recall('a/x')).toEqual(['r/a/x.yaml', 'r/f.yaml']);
  });

  it('is forgotten when a fragment changes', () => {
    write('r/f.yaml', 'k: 2\n');
    expect(memory().recall('a/x')).toBeUndefined();
  });

  it('is forgotten when a fragment is removed', () => {
    rmSync(join(root, 'r/f.yaml'));
    expect(memory().recall('a/x')).toBeUndefined();
  });

  it('is forgotten when a file comes to where one was looked for before', () => {
    write('r/a/f.yaml', 'k: 3\n');
    expect(memory().recall('a/x')).toBeUndefined();
  });

  it('is forgotten when a fragment is no text any more', () => {
    writeFileSync(join(root, 'r/f.yaml'), Buffer.from([0xff, 0xfe]));
    expect(memory().recall('a/x')).toBeUndefined();
  });

  it('is not believed by another version of the plugin', () => {
    expect(memory('2').recall('a/x')).toBeUndefined();
  });

  it('does not hold for recipes that it does not have', () => {
    expect(memory().recall('a/y')).toBeUndefined();
  });

  it('is nothing when a path leads through a parent folder, which may be a link', () => {
    const second = memory();
    second.remember('a/y', [`${root}/r/a/../f.yaml`]);
    second.save();
    expect(memory().recall('a/y')).toBeUndefined();
  });

  it('goes when the recipe goes', () => {
    memory().save();
    expect(memory().recall('a/x')).toBeUndefined();
  });

  it('stays as it is when nothing new was found out', () => {
    const file = join(data, 'nx-trainyard-recipes.json');
    const before = readFileSync(file, 'utf8');
    const second = memory();
    second.recall('a/x');
    rmSync(file);
    second.save();
    expect(() => readFileSync(file)).toThrow('ENOENT');
    expect(before).toContain('r/f.yaml');
  });

  it('is nothing when the file is damaged', () => {
    writeFileSync(join(data, 'nx-trainyard-recipes.json'), '{"key":"1","loo');
    expect(memory().recall('a/x')).toBeUndefined();
  });

  it('costs no error where nothing can be written', () => {
    const second = memory();
    second.remember('a/x', looked('r/a/x.yaml'));
    rmSync(data, { recursive: true });
    expect(() => second.save()).not.toThrow();
  });

  describe('in files that have long been as they are', () => {
    let reads: string[];
    const counting = (): FileTree => {
      const tree = diskFiles(root);
      return { ...tree, read: (path) => (reads.push(path), tree.read(path)) };
    };
    /** A later command; the files are as old as that. */
    const later = (): RecipeMemory => {
      jest.spyOn(Date, 'now').mockReturnValue(new Date().getTime() + 60_000);
      const made = memory('1', counting());
      jest.restoreAllMocks();
      return made;
    };
    /** Another text of the same length, under the same date. */
    const forge = (path: string, text: string, folder = root): void => {
      const file = join(folder, path);
      const { atime, mtime, size } = statSync(file);
      writeFileSync(file, text);
      utimesSync(file, atime, mtime);
      expect(statSync(file)).toMatchObject({ size, mtime });
    };

    beforeEach(() => {
      reads = [];
      // A whole second, which can be set again exactly.
      for (const path of ['r/a/x.yaml', 'r/f.yaml']) utimesSync(join(root, path), 1e9, 1e9);
      const second = later();
      second.recall('a/x');
      second.save();
      expect(reads.length).toBeGreaterThan(0);
      reads = [];
    });

    it('is known without reading them', () => {
      expect(memory('1', counting()).recall('a/x')).toEqual(['r/a/x.yaml', 'r/f.yaml']);
      expect(reads).toEqual([]);
    });

    it('is forgotten when one changes and keeps its length and its date', () => {
      forge('r/f.yaml', 'k: 2\n');
      expect(memory().recall('a/x')).toBeUndefined();
    });

    it('is forgotten when another file of that length and date takes its place', () => {
      const { atime, mtime } = statSync(join(root, 'r/f.yaml'));
      rmSync(join(root, 'r/f.yaml'));
      write('r/f.yaml', 'k: 3\n');
      utimesSync(join(root, 'r/f.yaml'), atime, mtime);
      expect(memory().recall('a/x')).toBeUndefined();
    });

    it('holds when one is written again as it was, and is known without reading it from the next but one', () => {
      write('r/f.yaml', 'k: 1\n');
      const second = later();
      expect(second.recall('a/x')).toEqual(['r/a/x.yaml', 'r/f.yaml']);
      expect(reads).toEqual([join(root, 'r/f.yaml')]);
      second.save();
      reads = [];
      expect(memory('1', counting()).recall('a/x')).toBeDefined();
      expect(reads).toEqual([]);
    });

    it('is forgotten in a copy of the workspace, memory and dates and all, in which one was changed', () => {
      const copy = mkdtempSync(join(tmpdir(), 'recipe-memory-'));
      cpSync(root, copy, { recursive: true, preserveTimestamps: true });
      const inCopy = (): RecipeMemory =>
        new RecipeMemory(join(copy, '.nx/workspace-data'), '1', copy, diskFiles(copy));
      expect(inCopy().recall('a/x')).toEqual(['r/a/x.yaml', 'r/f.yaml']);
      forge('r/f.yaml', 'k: 4\n', copy);
      expect(inCopy().recall('a/x')).toBeUndefined();
      rmSync(copy, { recursive: true });
    });
  });

  it('reads a file again that may have changed in the moment in which it was read', () => {
    const reads: string[] = [];
    const tree = diskFiles(root);
    const read = (path: string) => (reads.push(path), tree.read(path));
    expect(memory('1', { ...tree, read }).recall('a/x')).toBeDefined();
    expect(reads).toContain(join(root, 'r/f.yaml'));
  });

  describe('where a folder was missing, is forgotten when it comes', () => {
    beforeEach(() => {
      const second = memory();
      second.remember('a/z', looked('r/a/x.yaml', 'r/a/b/c/f.yaml', 'r/f.yaml'));
      second.save();
      expect(memory().recall('a/z')).toEqual(['r/a/x.yaml', 'r/f.yaml']);
    });

    it('with the file', () => {
      write('r/a/b/c/f.yaml', '');
      expect(memory().recall('a/z')).toBeUndefined();
    });

    it('as a link to a folder', () => {
      write('elsewhere/c/f.yaml', '');
      symlinkSync('../../elsewhere', join(root, 'r/a/b'));
      expect(memory().recall('a/z')).toBeUndefined();
    });

    it('as a link that leads nowhere', () => {
      symlinkSync('nowhere', join(root, 'r/a/b'));
      expect(memory().recall('a/z')).toBeUndefined();
    });
  });

  it('is forgotten when the folder on the way becomes a link to another', () => {
    write('other/x.yaml', 'defaults: [g, _self_]\n');
    rmSync(join(root, 'r/a'), { recursive: true });
    symlinkSync('../other', join(root, 'r/a'));
    expect(memory().recall('a/x')).toBeUndefined();
  });

  it('goes through links to what they lead to', () => {
    write('other/f.yaml', 'k: 1\n');
    rmSync(join(root, 'r/f.yaml'));
    symlinkSync('../other/f.yaml', join(root, 'r/f.yaml'));
    expect(memory().recall('a/x')).toEqual(['r/a/x.yaml', 'r/f.yaml']);
    write('other/f.yaml', 'k: 2\n');
    expect(memory().recall('a/x')).toBeUndefined();
  });

  it('of a single file is a fact, until its text changes', () => {
    const second = memory();
    second.rememberFact('keys', 'r/f.yaml', ['k']);
    second.save();
    expect(memory().recallFact('keys', 'r/f.yaml')).toEqual(['k']);
    expect(memory().recallFact('values', 'r/f.yaml')).toBeUndefined();
    write('r/f.yaml', 'l: 1\n');
    expect(memory().recallFact('keys', 'r/f.yaml')).toBeUndefined();
  });

  it('lies where Nx keeps such things, and nowhere when Nx keeps nothing', () => {
    expect(workspaceDataFolder(root, {})).toBe(data);
    expect(workspaceDataFolder(root, { NX_WORKSPACE_DATA_DIRECTORY: 'r' })).toBe(join(root, 'r'));
    expect(workspaceDataFolder(root, { NX_WORKSPACE_DATA_DIRECTORY: 'no' })).toBeUndefined();
    expect(workspaceDataFolder(root, { NX_CACHE_PROJECT_GRAPH: 'false' })).toBeUndefined();
  });
});
