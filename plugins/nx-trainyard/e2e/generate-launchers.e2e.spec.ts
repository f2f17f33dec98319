import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { executed, failed, tasksOf } from '../testing/run-report';

const RECIPES = 'recipes_collection/recipes/fine-tuning';
const CONFIG = 'recipes_collection/launcher_scripts_config.yaml';
const PPO = 'recipes/fine-tuning/llama/ppo';
const GRPO = 'recipes/fine-tuning/llama/grpo-long';
const LITE = 'recipes/fine-tuning/nova/lite';
const LORA = 'recipes/fine-tuning/qwen/lora';
const ALL = [GRPO, PPO, LITE, LORA];
const SCRIPTS = ['llama/run_grpo_long', 'llama/run_ppo', 'nova/run_lite', 'qwen/run_lora'].map(
  (name) => `launcher_scripts/${name}.sh`,
);

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({ plugin: 'source', files: COLLECTION });
});
afterAll(() => ws.dispose());
afterEach(() => ws.restore());

const generateAll = () => ws.nx('run-many', '-t', 'generate-launchers');
const affected = () => ws.nx('affected', '-t', 'generate-launchers');
const changed = () => ws.changes().match(/launcher_scripts\/\S+/g) ?? [];

describe('generate-launchers', () => {
  test('writes one executable script per recipe', () => {
    const ran = generateAll();
    expect(ran.code).toBe(0);
    expect(executed(ran)).toEqual(ALL);
    expect(changed()).toEqual(SCRIPTS);
    expect(ws.mode(SCRIPTS[1] as string)).toBe(0o755);
    expect(ws.read(SCRIPTS[1] as string)).toBe(
      [
        '#!/bin/bash',
        'ROOT=${ROOT:-"$(pwd)"}',
        '',
        'RUN_NAME="ppo"',
        'python3 $ROOT/main.py recipes=fine-tuning/llama/ppo run.name="${RUN_NAME}" lr=0.001',
        '',
      ].join('\n'),
    );
    ws.commit();
  });

  test('takes everything from the cache when nothing has changed', () => {
    const ran = generateAll();
    expect(ran.code).toBe(0);
    expect(tasksOf(ran).map(({ cached }) => cached)).toEqual([true, true, true, true]);
    expect(ws.changes()).toBe('');
  });

  test('brings deleted and edited scripts and lost execute bits back from the cache', () => {
    ws.remove(SCRIPTS[0] as string);
    ws.write(SCRIPTS[1] as string, '#!/bin/bash\n# edited\n');
    ws.chmod(SCRIPTS[2] as string, 0o644);
    const ran = generateAll();
    expect(executed(ran)).toEqual([]);
    expect(ws.changes()).toBe('');
    ws.remove('launcher_scripts/llama');
    ws.remove('launcher_scripts/nova');
    ws.remove('launcher_scripts/qwen');
    expect(executed(generateAll())).toEqual([]);
    expect(ws.changes()).toBe('');
  });

  test('runs one task when one recipe is edited', () => {
    ws.edit(`${RECIPES}/llama/ppo.yaml`, 'name: ppo', 'name: ppo-2');
    const ran = affected();
    expect(tasksOf(ran).map(({ task }) => task)).toEqual([`${PPO}:generate-launchers`]);
    expect(executed(ran)).toEqual([PPO]);
    expect(executed(generateAll())).toEqual([]);
    expect(changed()).toEqual([SCRIPTS[1]]);
  });

  test('runs the recipes that are made from a fragment when it is edited, and no others', () => {
    ws.edit(`${RECIPES}/hydra_config/actor/default.yaml`, '0.001', '0.002');
    const ran = affected();
    expect(tasksOf(ran)).toHaveLength(2);
    expect(executed(ran)).toEqual([GRPO, PPO]);
    expect(changed()).toEqual([SCRIPTS[1]]);
    expect(ws.read(SCRIPTS[1] as string)).toContain('lr=0.002');
  });

  test('runs the recipe that has just begun to use a fragment, and again when that changes', () => {
    ws.write(`${RECIPES}/hydra_config/extra.yaml`, 'run:\n  name: from-extra\n');
    ws.edit(
      `${RECIPES}/qwen/lora.yaml`,
      'training_config:',
      'defaults:\n  - /hydra_config/extra@_global_\n  - _self_\nrun:\n  model_type: verl\nactor: {lr: 1}\ntraining_config:',
    );
    expect(executed(generateAll())).toEqual([LORA]);
    expect(ws.read(SCRIPTS[3] as string)).toContain('RUN_NAME="from-extra"');
    ws.edit(`${RECIPES}/hydra_config/extra.yaml`, 'from-extra', 'from-there');
    expect(executed(generateAll())).toEqual([LORA]);
    expect(ws.read(SCRIPTS[3] as string)).toContain('RUN_NAME="from-there"');
  });

  test('runs one task when a recipe is added', () => {
    ws.write(`${RECIPES}/llama/new.yaml`, 'run:\n  name: new\n');
    const ran = affected();
    expect(executed(ran)).toEqual(['recipes/fine-tuning/llama/new']);
    expect(tasksOf(ran)).toHaveLength(1);
    expect(tasksOf(generateAll()).filter(({ cached }) => cached)).toHaveLength(5);
  });

  test('keeps all other results when a recipe is deleted', () => {
    ws.remove(`${RECIPES}/qwen/lora.yaml`);
    expect(tasksOf(generateAll()).map(({ cached }) => cached)).toEqual([true, true, true]);
  });

  test('changes only the scripts that use a template when it is edited', () => {
    ws.edit(CONFIG, 'RUN_NAME="{run_name}"', 'RUN_NAME="x-{run_name}"');
    expect(executed(generateAll())).toEqual(ALL);
    expect(changed()).toEqual(SCRIPTS.slice(0, 2));
    expect(ws.nx('run', 'recipes:check-launchers').code).toBe(0);
  });

  test('makes all scripts again when the source of the plugin changes', () => {
    ws.edit(
      'plugins/nx-trainyard/src/executors/running/batch.ts',
      '`${output}\\n`',
      '`${output}!\\n`',
    );
    const ran = affected();
    expect(executed(ran)).toEqual(ALL);
  });

  test('fails for the recipe with an error at its line, and goes on with the others', () => {
    ws.write(`${RECIPES}/llama/ppo.yaml`, 'defaults:\n  - /hydra_config/actor/defualt@actor\n');
    ws.edit(`${RECIPES}/qwen/lora.yaml`, 'Qwen3_8B', 'Qwen3_9B');
    const ran = generateAll();
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual([PPO]);
    expect(executed(ran)).toEqual([PPO, LORA]);
    expect(ran.text).toContain(`${RECIPES}/llama/ppo.yaml:2:5: error [MissingConfigException]`);
    expect(ran.text).toContain("hint: Did you mean '/hydra_config/actor/default'?");
    expect(changed()).toEqual([SCRIPTS[3]]);
  });

  test('runs a failed recipe again, and never takes a failure from the cache', () => {
    ws.edit(`${RECIPES}/llama/ppo.yaml`, 'name: ppo', 'name: 3');
    expect(failed(generateAll())).toEqual([PPO]);
    const again = generateAll();
    expect(failed(again)).toEqual([PPO]);
    expect(again.text).toContain(`${RECIPES}/llama/ppo.yaml:6:9: error [RecipeValue]`);
  });

  test('refuses both of two recipes that give one script, and mends when one is renamed', () => {
    ws.write(`${RECIPES}/llama/grpo_long.yaml`, 'run:\n  name: other\n');
    const ran = generateAll();
    const OTHER = 'recipes/fine-tuning/llama/grpo_long';
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual([GRPO, OTHER]);
    const script = 'launcher_scripts/llama/run_grpo_long.sh';
    const [a, b] = ["'fine-tuning/llama/grpo-long'", "'fine-tuning/llama/grpo_long'"];
    expect(ran.text).toContain(`${a} and ${b} both generate ${script}`);
    expect(ran.text).toContain(`${b} and ${a} both generate ${script}`);
    expect(changed()).toEqual([]);
    ws.remove(`${RECIPES}/llama/grpo_long.yaml`);
    ws.write(`${RECIPES}/llama/grpo_short.yaml`, 'run:\n  name: other\n');
    const mended = generateAll();
    expect(mended.code).toBe(0);
    expect(executed(mended)).toEqual(['recipes/fine-tuning/llama/grpo_short']);
  });

  test('reports every task of a batch, also when one crashes', () => {
    ws.remove('launcher_scripts/nova');
    ws.write('launcher_scripts/nova', 'a file where a folder has to be');
    const ran = ws.nx('run-many', '-t', 'generate-launchers', '--skip-nx-cache');
    expect(ran.code).toBe(1);
    expect(executed(ran)).toEqual(ALL);
    expect(failed(ran)).toEqual(['recipes/fine-tuning/nova/lite']);
    expect(ran.text).toContain('ENOTDIR');
  });

  test('fails only the task whose options are wrong', () => {
    const filter = { projects: [PPO] };
    setTargetDefaults({ 'generate-launchers': [{ filter, options: { recipe: 5 } }] });
    const ran = generateAll();
    expect(failed(ran)).toEqual([PPO]);
    expect(executed(ran)).toEqual(ALL);
    expect(ran.text).toContain("the option 'recipe' must be the path of a recipe");
  });

  test('writes the same scripts one by one as in a batch', () => {
    ws.remove('launcher_scripts/llama');
    const ran = ws.nx('run', `${PPO}:generate-launchers`, '--no-batch', '--skip-nx-cache');
    expect(ran.code).toBe(0);
    expect(changed()).toEqual([SCRIPTS[0]]);
    const batched = ws.nx('run', `${GRPO}:generate-launchers`, '--skip-nx-cache');
    expect(batched.code).toBe(0);
    expect(ws.changes()).toBe('');
  });
});

describe('inputs', () => {
  test('are the recipe, its fragments and the launcher configuration, and no other recipe', () => {
    const check = (path: string) =>
      ws.nx('show', 'target', 'inputs', `${PPO}:generate-launchers`, '--check', path).code;
    expect(check(`${RECIPES}/llama/ppo.yaml`)).toBe(0);
    expect(check(`${RECIPES}/hydra_config/actor/default.yaml`)).toBe(0);
    expect(check(CONFIG)).toBe(0);
    expect(check(`${RECIPES}/llama/grpo-long.yaml`)).toBe(1);
  });

  test('keep files whose names have brackets and braces', () => {
    const names = ['a[1]', 'a(b|c)', '{a,b}', 'a*b', 'a b', '!a', 'a+b'];
    for (const name of names) ws.write(`${RECIPES}/hydra_config/odd/${name}.yaml`, 'lr: 1\n');
    const defaults = names.map((name) => `  - "/hydra_config/odd/${name}"\n`).join('');
    ws.write(`${RECIPES}/llama/odd.yaml`, `defaults:\n${defaults}`);
    const { text } = ws.nx(
      'show',
      'target',
      'inputs',
      'recipes/fine-tuning/llama/odd:generate-launchers',
    );
    const files = text.slice(text.indexOf('Files ('));
    for (const name of names) expect(files).toContain(`${RECIPES}/hydra_config/odd/${name}.yaml\n`);
  });
});

function setTargetDefaults(targetDefaults: object): void {
  const nxJson = JSON.parse(ws.read('nx.json')) as object;
  ws.writeJson('nx.json', { ...nxJson, targetDefaults });
}
