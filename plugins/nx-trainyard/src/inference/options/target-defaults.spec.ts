import type { NxJsonConfiguration } from '@nx/devkit';
import { checkTargetDefaults } from './target-defaults';

const check = (targetDefaults: object) => () => {
  const nxJson = { targetDefaults } as Pick<NxJsonConfiguration, 'targetDefaults'>;
  checkTargetDefaults(
    nxJson,
    ['generate-launchers', 'launch'],
    ['nx-trainyard:generate-launchers'],
  );
};

describe('targetDefaults', () => {
  test.each([
    ['an object', { 'generate-launchers': { inputs: ['default'] } }],
    ['a renamed target', { launch: { inputs: ['production'] } }],
    ['the executor', { 'nx-trainyard:generate-launchers': { outputs: [] } }],
    ['a glob', { '*': { inputs: ['^production'] } }],
    ['a glob with braces', { '{generate,check}-launchers': { inputs: [] } }],
    ['a glob with a question mark', { 'launc?': { inputs: ['default'] } }],
    ['a list', { launch: [{}, { inputs: ['default'] }] }],
    [
      'a list with a filter',
      { launch: [{ filter: { projects: 'recipes/*' }, inputs: ['default'] }] },
    ],
    [
      'a filter for our executor',
      { launch: [{ filter: { executor: 'nx-trainyard:generate-launchers' }, inputs: [] }] },
    ],
    [
      'inputs of the project beside the inferred ones',
      { launch: { inputs: ['...', '{projectRoot}/**'] } },
    ],
    ['a named input beside the inferred ones', { launch: { inputs: ['...', 'default'] } }],
    ['a fileset of the project', { launch: { inputs: ['...', { fileset: '{projectRoot}/x' }] } }],
    ['no list at all', { launch: { inputs: 'default' } }],
  ])('that replace what is inferred are refused: %s', (_how, defaults) => {
    expect(check(defaults)).toThrow(
      /^nx\.json: targetDefaults\["[^"]+"\]\.(inputs|outputs) replaces/,
    );
  });

  test.each([
    ['nothing', {}],
    ['other fields', { launch: { cache: false, dependsOn: ['x'] } }],
    ['other targets', { build: { inputs: ['default'] }, 'generate-*-x': { inputs: ['default'] } }],
    [
      'workspace files beside the inferred ones',
      { launch: { inputs: ['...', '{workspaceRoot}/a', '!{workspaceRoot}/b'] } },
    ],
    [
      'an environment variable beside the inferred ones',
      { launch: { inputs: ['...', { env: 'X' }] } },
    ],
    [
      'a filter for another executor',
      { launch: [{ filter: { executor: 'nx:run-commands' }, inputs: ['default'] }] },
    ],
    [
      'a filter for another plugin',
      { '*': [{ filter: { plugin: '@nx/vite/plugin' }, inputs: ['default'] }] },
    ],
    ['null', { launch: null }],
  ])('that leave it as it is are accepted: %s', (_how, defaults) => {
    expect(check(defaults)).not.toThrow();
  });

  test('are answered with what to write instead', () => {
    expect(check({ launch: { inputs: ['default'] } })).toThrow(
      'Remove it, or keep the inferred ones with "..." and add only {workspaceRoot} files: ' +
        '"inputs": ["...", "{workspaceRoot}/some-file"].',
    );
  });
});
