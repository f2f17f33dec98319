import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileTree } from '../files/file-tree';
import { diskFiles } from '../files/file-tree';
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

  it('lies where Nx keeps such things, and nowhere when Nx keeps nothing', () => {
    expect(workspaceDataFolder(root, {})).toBe(data);
    expect(workspaceDataFolder(root, { NX_WORKSPACE_DATA_DIRECTORY: 'r' })).toBe(join(root, 'r'));
    expect(workspaceDataFolder(root, { NX_WORKSPACE_DATA_DIRECTORY: 'no' })).toBeUndefined();
    expect(workspaceDataFolder(root, { NX_CACHE_PROJECT_GRAPH: 'false' })).toBeUndefined();
  });
});
