import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { executed } from '../testing/run-report';

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({ plugin: 'installed', files: COLLECTION, nxJson: {} });
});
afterAll(() => ws.dispose());

/** What a program in the workspace prints. */
function run(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: ws.root, encoding: 'utf8' });
}

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

  test('is imported by programs of either kind, which name the types of what they get', () => {
    const source = { path: 'x.yaml', text: 'a: 1\n' };
    const use = `console.log(toYaml(readYaml(${JSON.stringify(source)})).trim());\n`;
    ws.write('a.mjs', `import { readYaml, toYaml } from 'nx-trainyard';\n${use}`);
    ws.write('a.cjs', `const { readYaml, toYaml } = require('nx-trainyard');\n${use}`);
    for (const file of ['a.mjs', 'a.cjs']) expect(run(file)).toBe('a: 1\n');
    const program = `import { planSweep, generateSweep, compose } from 'nx-trainyard';
import type { Composition, ConfigMap, Experiment, Run, SweepPlan, SweepResult } from 'nx-trainyard';
export const plan: SweepPlan = planSweep({ file: 'x' });
export const experiment: Experiment = plan.experiment;
export const runs: Run[] = [...plan.runs()];
export const resources = runs.map((run) => run.resources);
export const result: SweepResult = generateSweep({ file: 'x' });
export const composition: Composition = compose({ configDir: 'x', configName: 'y' });
export const config: ConfigMap = composition.config;
export const entries = composition.entries;
// @ts-expect-error a run has no such property
export const none = runs[0]?.nothing;
`;
    for (const file of ['b.mts', 'b.cts']) ws.write(file, program);
    const options = ['--strict', '--declaration', '--module', 'nodenext', '--target', 'es2023'];
    const tsc = join(__dirname, '../../../node_modules/typescript/bin/tsc');
    expect(run(tsc, 'b.mts', 'b.cts', '--types', 'node', '--outDir', 'built', ...options)).toBe('');
    for (const file of ['a.mjs', 'a.cjs', 'b.mts', 'b.cts', 'built']) ws.remove(file);
  });

  test('has no tests and no source in it, and loads few files', () => {
    const files = ws.git('ls-files', '--others', '--', 'node_modules/nx-trainyard');
    expect(files).toContain('node_modules/nx-trainyard/dist/plugin.js');
    expect(files).not.toMatch(/\.spec\.|\/src\/|tsbuildinfo/);
    const count = `require('nx-trainyard/plugin');
const own = Object.keys(require.cache).filter((file) => file.includes('nx-trainyard/dist/'));
console.log(JSON.stringify([own.length, /\\/(?:sweep|torchtune|ajv|devkit)\\b/.test(Object.keys(require.cache))]));`;
    const [loaded, withSweeps] = JSON.parse(run('-e', count)) as [number, boolean];
    expect(loaded).toBeLessThan(20);
    expect(withSweeps).toBe(false);
  });
});
