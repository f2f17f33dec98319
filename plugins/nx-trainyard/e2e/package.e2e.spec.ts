import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { executed } from '../testing/run-report';

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({ plugin: 'installed', files: COLLECTION, nxJson: {} });
});
afterAll(() => ws.dispose());

describe('the installed package', () => {
  test('is set up by its init generator, once', () => {
    expect(ws.nx('g', 'nx-trainyard:init').code).toBe(0);
    const nxJson = ws.read('nx.json');
    expect(JSON.parse(nxJson)).toMatchObject({
      plugins: ['nx-trainyard/plugin'],
      sync: { globalGenerators: ['nx-trainyard:sync-launchers'] },
    });
    expect(ws.nx('g', 'nx-trainyard:init').code).toBe(0);
    expect(ws.read('nx.json')).toBe(nxJson);
    ws.commit();
  });

  test('generates, checks, prunes and syncs', () => {
    const generate = () => ws.nx('run-many', '-t', 'generate-launchers');
    expect(executed(generate())).toHaveLength(4);
    expect(executed(generate())).toEqual([]);
    expect(ws.nx('run', 'recipes:check-launchers').code).toBe(0);
    ws.write('launcher_scripts/llama/run_gone.sh', '');
    expect(ws.nx('sync:check').code).toBe(1);
    expect(ws.nx('run', 'recipes:prune-launchers').code).toBe(0);
    expect(ws.nx('sync:check').code).toBe(0);
    expect(ws.nx('run', 'ppo:show-recipe').text).toContain('model_type: verl');
  });

  test('sees in every command what a recipe is made from by then', () => {
    const RECIPES = 'recipes_collection/recipes/fine-tuning';
    const PPO = 'recipes/fine-tuning/llama/ppo';
    const script = () => ws.read('launcher_scripts/llama/run_ppo.sh');
    const run = () => executed(ws.nx('run-many', '-t', 'generate-launchers'));
    ws.write(`${RECIPES}/hydra_config/actor/other.yaml`, 'lr: 7\n');
    ws.edit(`${RECIPES}/llama/ppo.yaml`, 'actor/default@', 'actor/other@');
    expect(run()).toEqual([PPO]);
    expect(script()).toContain('lr=7');
    ws.edit(`${RECIPES}/hydra_config/actor/other.yaml`, '7', '8');
    expect(run()).toEqual([PPO]);
    expect(script()).toContain('lr=8');
    // The folder of the recipe is searched first.
    ws.write(`${RECIPES}/llama/hydra_config/actor/other.yaml`, 'lr: 9\n');
    expect(run()).toEqual([PPO]);
    expect(script()).toContain('lr=9');
    ws.remove(`${RECIPES}/llama/hydra_config`);
    expect(run()).toEqual([]);
    expect(script()).toContain('lr=8');
    ws.edit(
      `${RECIPES}/llama/ppo.yaml`,
      '  - _self_',
      '  - optional /hydra_config@actor: more\n  - _self_',
    );
    expect(run()).toEqual([PPO]);
    ws.write(`${RECIPES}/hydra_config/more.yaml`, 'lr: 10\n');
    expect(run()).toEqual([PPO]);
    expect(script()).toContain('lr=10');
  });

  test('makes all scripts again after an update', () => {
    ws.edit('package-lock.json', '"license": "MIT"', '"license": "MIT",\n      "integrity": "new"');
    const lock = ws.read('package-lock.json').replaceAll('0.1.0', '0.2.0');
    ws.write('package-lock.json', lock);
    expect(executed(ws.nx('run-many', '-t', 'generate-launchers'))).toHaveLength(4);
  });

  test('has no tests and no source in it', () => {
    const files = ws.git('ls-files', '--others', '--', 'node_modules/nx-trainyard');
    expect(files).toContain('node_modules/nx-trainyard/dist/plugin.js');
    expect(files).not.toMatch(/\.spec\.|\/src\/|tsbuildinfo/);
  });
});
