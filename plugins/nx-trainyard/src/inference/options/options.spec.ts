import type { TrainyardPluginOptions } from './options';
import { normalizeOptions } from './options';

describe('plugin options', () => {
  test('are all optional', () => {
    expect(normalizeOptions(undefined)).toMatchObject({
      launcherConfig: 'recipes_collection/launcher_scripts_config.yaml',
      experimentsDir: 'experiments',
      torchtune: 'embedded',
      targetNames: { 'generate-launchers': 'generate-launchers', 'show-recipe': 'show-recipe' },
    });
  });

  test('take paths as people write them, and other names for targets', () => {
    const options = normalizeOptions({
      launcherConfig: './config/launchers.yaml',
      experimentsDir: './research//a/../',
      targetNames: { 'generate-launchers': 'launchers' },
    });
    expect(options.launcherConfig).toBe('config/launchers.yaml');
    expect(options.experimentsDir).toBe('research');
    expect(options.targetNames['generate-launchers']).toBe('launchers');
    expect(options.targetNames['show-recipe']).toBe('show-recipe');
  });

  test('may give targets of different projects one name, so that one command runs both', () => {
    const targetNames = { 'generate-launchers': 'generate', 'generate-sweep': 'generate' };
    expect(normalizeOptions({ targetNames }).targetNames).toMatchObject(targetNames);
  });

  test.each([
    [{ launcherconfig: 'x' }, "unknown option 'launcherconfig'; known options: launcherConfig, "],
    [{ launcherConfig: '' }, "'launcherConfig' is empty; set a value or remove it"],
    [{ experimentsDir: '' }, "'experimentsDir' is empty; set a value or remove it"],
    [{ experimentsDir: 3 }, "'experimentsDir' must be a string"],
    [
      { targetNames: { generate: 'x' } },
      "unknown target 'generate' in 'targetNames'; known targets: generate-launchers, ",
    ],
    [{ targetNames: 'x' }, "'targetNames' must be an object"],
    [{ targetNames: { 'show-recipe': true } }, 'targetNames.show-recipe must be a string'],
    [{ targetNames: { 'show-recipe': '' } }, 'targetNames.show-recipe is empty; set a value'],
    ...['.', './', '..', '../x', '/abs', 'a/../..'].map((experimentsDir) => [
      { experimentsDir },
      "'experimentsDir' must be a folder inside the workspace, relative to its root, such as 'experiments'",
    ]),
    [
      { targetNames: { 'generate-sweep': 'plan-sweep' } },
      "the targets 'generate-sweep' and 'plan-sweep' cannot both be named 'plan-sweep'; rename one",
    ],
    [
      { targetNames: { 'check-launchers': 'launchers', 'report-collection': 'launchers' } },
      "the targets 'check-launchers' and 'report-collection' cannot both be named 'launchers'",
    ],
    ...[[], ['x'], 'x', 3, null].map((options) => [options, 'must be an object, such as']),
  ] as [object, string][])('are refused when they cannot work: %j', (options, message) => {
    expect(() => normalizeOptions(options as object)).toThrow(
      `nx-trainyard options in nx.json: ${message}`,
    );
  });

  test('name the projects, for a workspace that has a project `recipes` already', () => {
    expect(normalizeOptions({}).projectNames).toEqual({
      collection: 'recipes',
      recipes: 'recipes/',
      fragments: 'fragments/',
      experiments: 'experiments/',
    });
    const projectNames = {
      collection: 'training',
      recipes: '@acme/training/',
      experiments: 'exp.',
    };
    expect(normalizeOptions({ projectNames }).projectNames).toEqual({
      ...projectNames,
      fragments: 'fragments/',
    });
  });

  test.each([
    [[], "'projectNames' must be an object"],
    [null, "'projectNames' must be an object"],
    ['recipes', "'projectNames' must be an object"],
    [{ colection: 'x' }, "unknown kind 'colection' in 'projectNames'. Did you mean 'collection'?"],
    [
      { targets: 'x' },
      "unknown kind 'targets' in 'projectNames'. Known kinds: collection, recipes, ",
    ],
    [{ recipes: '' }, 'projectNames.recipes is empty; set a value or remove it'],
    [{ recipes: 5 }, 'projectNames.recipes must be a string'],
    [{ collection: null }, 'projectNames.collection must be a string'],
    ...['a b', 'a:b', 'a*', '-x', '!x', '/x', './x', 'a//b', 'é', '[a]', '@', 'a@b'].map((name) => [
      { collection: name },
      `projectNames.collection is '${name}', which is not a valid project name`,
    ]),
    [{ collection: 'training/' }, 'projectNames.collection is a full name, not a prefix'],
    [
      { fragments: 'recipes/' },
      "projectNames.recipes 'recipes/' and projectNames.fragments 'recipes/' could give two projects",
    ],
    [
      { fragments: 'recipes/parts/' },
      "projectNames.fragments 'recipes/parts/' and projectNames.recipes 'recipes/' could give two",
    ],
    [
      { experiments: 'r' },
      "projectNames.recipes 'recipes/' and projectNames.experiments 'r' could give two",
    ],
    [
      { collection: 'recipes/all' },
      "projectNames.collection 'recipes/all' and projectNames.recipes 'recipes/' could give two",
    ],
    [
      { collection: 'experiments' },
      "projectNames.collection 'experiments' and projectNames.experiments 'experiments/' could give",
    ],
  ] as [unknown, string][])(
    'that name projects are refused when they cannot work: %j',
    (names, message) => {
      const options = { projectNames: names } as TrainyardPluginOptions;
      expect(() => normalizeOptions(options)).toThrow(
        `nx-trainyard options in nx.json: ${message}`,
      );
    },
  );
});
