import { problemsOf } from '../testing/temporary-sweep';
import * as api from '.';

/** What a JavaScript caller may try. */
const loose = api as unknown as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
const call = (name: string, ...args: readonly unknown[]) =>
  problemsOf(() => loose[name]?.(...args));

test('every exported function refuses what it does not take, and none throws a raw error', () => {
  const functions = Object.keys(api).filter((name) => name !== 'DiagnosticError');
  expect(functions.sort()).toEqual([
    'compose',
    'composeRecipe',
    'explainKey',
    'generateSweep',
    'planSweep',
    'readYaml',
    'renderDiagnostic',
    'renderDiagnostics',
    'toYaml',
  ]);
  for (const name of functions) {
    for (const value of [undefined, null, 1, 'a', true, [], [1], () => 1]) {
      // An empty array is an array of diagnostics.
      if (name === 'renderDiagnostics' && Array.isArray(value) && value.length === 0) continue;
      const problems = call(name, value);
      expect({ name, problems }).toEqual({
        name,
        problems: [expect.stringContaining(`Arguments ${name} `)],
      });
    }
  }
});

describe('a property', () => {
  test('that is misspelt is told with the nearest name', () => {
    expect(call('planSweep', { files: 'x.yaml' })).toEqual([
      "Arguments planSweep has no property 'files' (Did you mean 'file'?)",
      "Arguments planSweep needs 'file', a string (Write planSweep({ file: … }).)",
    ]);
    expect(call('compose', { configdir: '/x', configName: 'y' })).toEqual([
      "Arguments compose has no property 'configdir' (Did you mean 'configDir'?)",
      "Arguments compose needs 'configDir', a string (Write compose({ configDir: …, configName: … }).)",
    ]);
    expect(call('generateSweep', { file: 'x', output: 'y' })).toEqual([
      expect.stringContaining("has no property 'output' (The properties are file, root, "),
    ]);
  });

  test('of the wrong type is told with what it takes', () => {
    expect(call('composeRecipe', { recipesDir: 1, recipe: ['x'], overrides: 'a=1' })).toEqual([
      "Arguments composeRecipe expects a string for 'recipesDir', got the number 1 (Pass a string.)",
      "Arguments composeRecipe expects a string for 'recipe', got an array of 1 item (Pass a string.)",
      'Arguments composeRecipe expects an array of strings for \'overrides\', got the string "a=1" (Write ["a=1"].)',
    ]);
    expect(call('planSweep', { file: 'x', strict: 'yes', env: 1, root: null })).toHaveLength(3);
    expect(call('readYaml', { path: 'x', text: Buffer.from('a: 1') })).toEqual([
      "Arguments readYaml expects a string for 'text', got an object (Pass a string.)",
    ]);
  });
});

test('further arguments are looked at too', () => {
  const value = api.readYaml({ path: 'x', text: 'a: 1' }) as api.YamlMap;
  expect(call('readYaml', { path: 'x', text: 'a: 1' }, 'yaml')).toEqual([
    expect.stringContaining("expects 'omegaconf' or 'pyyaml'"),
  ]);
  expect(call('toYaml', value, { sortkeys: true })).toEqual([
    "Arguments toYaml has no property 'sortkeys' (Did you mean 'sortKeys'?)",
  ]);
  expect(call('toYaml', { a: 1 })).toEqual([
    expect.stringContaining('a mapping or a list as readYaml returns it'),
  ]);
  expect(call('renderDiagnostics', [], { colour: true })).toEqual([
    expect.stringContaining("Did you mean 'color'?"),
  ]);
  expect(call('explainKey', {}, 'a')).toEqual([expect.stringContaining('composeRecipe returns')]);
});

test('what fits passes, also with properties that are undefined', () => {
  const value = api.readYaml({ path: 'x', text: 'b: 1\na: 2\n' }, 'pyyaml') as api.YamlMap;
  expect(api.toYaml(value, { sortKeys: true })).toBe('a: 2\nb: 1\n');
  expect(call('planSweep', { file: '/nowhere/x.yaml', root: undefined })).toEqual([
    expect.stringContaining('ExperimentNotFound'),
  ]);
});
