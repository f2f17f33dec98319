import type { Tree } from '@nx/devkit';
import { readNxJson, updateNxJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import init from './init';

let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
});

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
    await init(tree, { launcherConfig: 'config/l.yaml', skipFormat: true });
    expect(readNxJson(tree)?.plugins).toEqual([
      { plugin: 'nx-trainyard/plugin', options: { launcherConfig: 'config/l.yaml' } },
    ]);
  });

  test('leaves what is registered already as it is, and other entries where they are', async () => {
    const mine = { plugin: 'nx-trainyard/plugin', options: { experimentsDir: 'research' } };
    updateNxJson(tree, {
      ...readNxJson(tree),
      plugins: ['@nx/js', mine],
      sync: { globalGenerators: ['other:sync'], applyChanges: true },
    });
    await init(tree, { launcherConfig: 'l.yaml', skipFormat: true });
    await init(tree, { skipFormat: true });
    expect(readNxJson(tree)).toMatchObject({
      plugins: ['@nx/js', mine],
      sync: { globalGenerators: ['other:sync', SYNC], applyChanges: true },
    });
  });
});
