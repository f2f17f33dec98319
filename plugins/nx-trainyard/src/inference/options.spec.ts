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
      experimentsDir: 'research/',
      targetNames: { 'generate-launchers': 'launchers' },
    });
    expect(options.launcherConfig).toBe('config/launchers.yaml');
    expect(options.experimentsDir).toBe('research');
    expect(options.targetNames['generate-launchers']).toBe('launchers');
    expect(options.targetNames['show-recipe']).toBe('show-recipe');
  });

  test.each([
    [{ launcherconfig: 'x' }, "unknown option 'launcherconfig'; there are launcherConfig, "],
    [{ launcherConfig: '' }, "'launcherConfig' must be a string"],
    [{ experimentsDir: 3 }, "'experimentsDir' must be a string"],
    [
      { targetNames: { generate: 'x' } },
      "unknown target 'generate' in 'targetNames'; there are generate-launchers, ",
    ],
    [{ targetNames: { 'show-recipe': true } }, 'targetNames.show-recipe must be a string'],
  ])('are refused when they would do nothing: %j', (options, message) => {
    expect(() => normalizeOptions(options as object)).toThrow(
      `nx-trainyard options in nx.json: ${message}`,
    );
  });
});
