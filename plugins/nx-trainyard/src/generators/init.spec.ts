import type { Tree } from '@nx/devkit';
import { readNxJson, updateNxJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import init from './init';

let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
});

let log: jest.SpyInstance;
beforeEach(() => {
  log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => log.mockRestore());

/** All that was printed. */
function said(): string {
  return log.mock.calls.flat().join('\n');
}

const SYNC = 'nx-trainyard:sync-launchers';

describe('nx g nx-trainyard:init', () => {
  test('registers the plugin and its sync generator', async () => {
    await init(tree, { skipFormat: true });
    expect(readNxJson(tree)).toMatchObject({
      plugins: ['nx-trainyard/plugin'],
      sync: { globalGenerators: [SYNC] },
    });
  });

  test('writes down the options that it is given', async () => {
    tree.write('config/l.yaml', '');
    await init(tree, { launcherConfig: 'config/l.yaml', skipFormat: true });
    expect(readNxJson(tree)?.plugins).toEqual([
      { plugin: 'nx-trainyard/plugin', options: { launcherConfig: 'config/l.yaml' } },
    ]);
  });

  test.each([
    [{ launcherConfig: 'nowhere.yaml' }, "there is no YAML file 'nowhere.yaml'"],
    [{ launcherConfig: '../l.yaml' }, "there is no YAML file '../l.yaml'"],
    [{ experimentsDir: '../x' }, "'experimentsDir' must be a folder inside"],
    [{ experimentsDir: '' }, 'experimentsDir'],
  ])('refuses %j, with which no command would work, and writes nothing', async (options, words) => {
    const before = tree.read('nx.json', 'utf-8');
    await expect(init(tree, { ...options, skipFormat: true })).rejects.toThrow(words);
    expect(tree.read('nx.json', 'utf-8')).toBe(before);
    expect(tree.exists('.gitignore')).toBe(false);
  });

  test.each([
    ['', 'nx.json is empty. Write {} to it'],
    [' \n', 'nx.json is empty'],
    ['{"plugins": ', 'nx.json is not valid JSON'],
    ['[]', 'nx.json must be an object'],
    ['null', 'nx.json must be an object'],
    ['{"plugins": {"nx-trainyard/plugin": {}}}', '"plugins" must be an array'],
    ['{"plugins": "nx-trainyard/plugin"}', '"plugins" must be an array'],
    ['{"plugins": [null]}', '"plugins" must be an array'],
    ['{"plugins": [{"name": "x"}]}', '"plugins" must be an array'],
    ['{"sync": []}', '"sync" must be an object'],
    ['{"sync": {"globalGenerators": "x"}}', '"sync" must be an object'],
  ])('refuses the nx.json %j with what to write, and changes nothing', async (text, words) => {
    tree.write('nx.json', text);
    await expect(init(tree, { skipFormat: true })).rejects.toThrow(words);
    expect(tree.read('nx.json', 'utf-8')).toBe(text);
    expect(tree.exists('.gitignore')).toBe(false);
  });

  test.each(['.gitignore', 'nx.json'])('refuses a folder in the place of %s', async (name) => {
    tree.delete(name);
    tree.write(`${name}/x`, '');
    await expect(init(tree, { skipFormat: true })).rejects.toThrow(
      `${name} must be a file, but it is a folder.`,
    );
  });

  test('keeps the comments of an nx.json that needs no change, and says when they are lost', async () => {
    const registered = `{
  // ours: http://x
  "plugins": ["nx-trainyard/plugin"],
  "sync": {"globalGenerators": ["${SYNC}"]} /* last */
}
`;
    tree.write('nx.json', registered);
    await init(tree, { skipFormat: true });
    expect(tree.read('nx.json', 'utf-8')).toBe(registered);
    expect(said()).not.toContain('comments');
    tree.write('nx.json', '{"a": "http://x /* */"}');
    await init(tree, { skipFormat: true });
    expect(said()).not.toContain('comments');
    tree.write('nx.json', '{\n  // ours\n}\n');
    await init(tree, { skipFormat: true });
    expect(said()).toContain('nx.json: Nx removes its comments');
  });

  test('makes an nx.json where there is none, and says so', async () => {
    tree.delete('nx.json');
    await init(tree, { skipFormat: true });
    expect(JSON.parse(tree.read('nx.json', 'utf-8') ?? '')).toMatchObject({
      plugins: ['nx-trainyard/plugin'],
      sync: { globalGenerators: [SYNC] },
    });
    expect(said()).toContain('nx.json: created, because this folder had none.');
  });

  test('lets git ignore what is generated, once', async () => {
    tree.write('.gitignore', 'mine\n');
    await init(tree, { experimentsDir: 'research', skipFormat: true });
    const after = tree.read('.gitignore', 'utf-8');
    expect(after).toMatch(/^mine\n/);
    expect(after).toContain('\n/research/**/configs/\n');
    expect(said()).toContain('.gitignore: added .nx/ and /research/**/configs/.');
    await init(tree, { skipFormat: true });
    expect(tree.read('.gitignore', 'utf-8')).toBe(after);
  });

  describe('an established launcher configuration elsewhere', () => {
    const CONFIG = 'settings: {recipes_dir: r}\ntemplates: {a: x}\n';

    test('is registered when it is the only one, also where the plugin is registered already', async () => {
      tree.write('tools/launchers.yaml', CONFIG);
      tree.write('k8s/other.yaml', 'templates: {a: x}\n');
      const entry = {
        plugin: 'nx-trainyard/plugin',
        options: { launcherConfig: 'tools/launchers.yaml' },
      };
      await init(tree, { skipFormat: true });
      expect(readNxJson(tree)?.plugins).toEqual([entry]);
      expect(said()).toContain('"launcherConfig" set to tools/launchers.yaml');
      const before = tree.read('nx.json', 'utf-8');
      await init(tree, { skipFormat: true });
      expect(tree.read('nx.json', 'utf-8')).toBe(before);
      updateNxJson(tree, { ...readNxJson(tree), plugins: ['nx-trainyard/plugin'] });
      await init(tree, { skipFormat: true });
      expect(readNxJson(tree)?.plugins).toEqual([entry]);
    });

    test('is registered when it is named .yml', async () => {
      tree.write('tools/launchers.yml', CONFIG);
      await init(tree, { skipFormat: true });
      expect(readNxJson(tree)?.plugins).toMatchObject([
        { options: { launcherConfig: 'tools/launchers.yml' } },
      ]);
    });

    test('is left to a person when there are several', async () => {
      tree.write('a/launchers.yaml', CONFIG);
      tree.write('b/launchers.yaml', CONFIG);
      await init(tree, { skipFormat: true });
      expect(readNxJson(tree)?.plugins).toEqual(['nx-trainyard/plugin']);
      expect(said()).toContain('2 launcher configurations: a/launchers.yaml, b/launchers.yaml');
    });

    test('does not count where the default is there', async () => {
      tree.write('recipes_collection/launcher_scripts_config.yaml', CONFIG);
      tree.write('b/launchers.yaml', CONFIG);
      await init(tree, { skipFormat: true });
      expect(readNxJson(tree)?.plugins).toEqual(['nx-trainyard/plugin']);
    });
  });

  test('says why experiments elsewhere are no projects', async () => {
    tree.write('research/a/experiment.yaml', 'experiment: {name: a}\n');
    await init(tree, { skipFormat: true });
    expect(said()).toContain('"experimentsDir": "research"');
  });

  test('leaves what is registered already as it is, and other entries where they are', async () => {
    const mine = { plugin: 'nx-trainyard/plugin', options: { experimentsDir: 'research' } };
    updateNxJson(tree, {
      ...readNxJson(tree),
      plugins: ['@nx/js', mine],
      sync: { globalGenerators: ['other:sync'], applyChanges: true },
    });
    await init(tree, { experimentsDir: 'other', skipFormat: true });
    await init(tree, { skipFormat: true });
    expect(said()).toContain('"experimentsDir" is already set to research');
    expect(readNxJson(tree)).toMatchObject({
      plugins: ['@nx/js', mine],
      sync: { globalGenerators: ['other:sync', SYNC], applyChanges: true },
    });
  });
});
