import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERIC, HEAD, TemporarySweep } from '../../../testing/temporary-sweep';
import { ConfigFiles } from '../../hydra/config-files/config-repository';
import { diskFiles } from '../../files/file-tree';
import type { ExperimentBase } from './experiment-base';
import { experimentBase } from './experiment-base';
import { fileInputsFinder } from '../file-inputs';
import { normalizeOptions } from '../options/options';
import { RecipeMemory } from '../memory/recipe-memory';

/** What an experiment is made from, in a workspace of its own. */
function baseOf(
  experiment: string,
  torchtune = 'embedded',
  hashed: readonly string[] = [],
): ExperimentBase {
  const { folder } = new TemporarySweep('', { 'experiments/e/experiment.yaml': experiment });
  const tree = diskFiles(folder);
  const memory = new RecipeMemory(undefined, '', folder, tree);
  const inference = {
    options: normalizeOptions({ torchtune }),
    settings: undefined,
    context: { files: new ConfigFiles(tree), env: {}, cwd: folder },
    fileInputs: fileInputsFinder(folder, hashed, tree, memory.looks),
    memory,
    workspaceRoot: folder,
    pluginInputs: [],
    pluginVersion: '',
  };
  return experimentBase(inference, 'experiments/e/experiment.yaml');
}

it('a base file of the workspace is an input, wherever it lies', () => {
  const hashed = ['experiments/e/base.yaml', 'experiments/shared/base.yaml'];
  const over = (path: string) => baseOf(GENERIC.replace('base.yaml', path), 'embedded', hashed);
  expect(over('base.yaml')).toMatchObject({
    inputs: ['experiments/e/base.yaml'],
    identity: undefined,
  });
  expect(over('../shared/base.yaml').inputs).toEqual(['experiments/shared/base.yaml']);
});

it('a base file outside the workspace is known by its bytes', () => {
  const outside = join(new TemporarySweep('').folder, 'base.yaml');
  const experiment = GENERIC.replace('base.yaml', outside);
  const missing = baseOf(experiment);
  expect(missing).toMatchObject({ inputs: [], identity: `${outside} missing` });
  writeFileSync(outside, 'a: 1\n');
  const one = baseOf(experiment).identity;
  expect(one).toMatch(/ [0-9a-f]{64}$/);
  writeFileSync(outside, 'a: 2\n');
  expect(baseOf(experiment).identity).not.toBe(one);
});

it('a base file that the operating system does not let one read keeps no other project from its place', () => {
  const looped = join(new TemporarySweep('').folder, 'base.yaml');
  symlinkSync('base.yaml', looped);
  expect(baseOf(GENERIC.replace('base.yaml', looped)).identity).toBe(`${looped} unreadable`);
});

it('an embedded base config is part of the plugin, and one of another torchtune is not', () => {
  expect(baseOf(HEAD)).toMatchObject({ inputs: [], identity: undefined });
  expect(baseOf(HEAD, 'no/such/folder').identity).toBe('torchtune not found');
  const file = GENERIC.replace('generic', 'torchtune');
  const { identity, inputs } = baseOf(file, 'no/such/folder', ['experiments/e/base.yaml']);
  expect(identity).toBe('torchtune not found');
  expect(inputs).toEqual([
    'experiments/e/base.yaml',
    expect.stringMatching(/^no\/such\/folder\/.*_recipe_registry\.py$/),
  ]);
});

it('an experiment that cannot be read has no base, and its target says why', () => {
  expect(baseOf('a: [').description).toBe('A sweep that cannot be read. Run a target to see why.');
});
