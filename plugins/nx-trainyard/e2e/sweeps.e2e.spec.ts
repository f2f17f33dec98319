import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { executed, failed, tasksOf } from '../testing/run-report';

const PACKAGE = join(__dirname, '..');
const REPOSITORY = join(PACKAGE, '../..');
const RECIPES = 'recipes_collection/recipes/fine-tuning';
const CONFIG = 'recipes_collection/launcher_scripts_config.yaml';

const FILES: Readonly<Record<string, string>> = {
  ...COLLECTION,
  // Room for the arguments of a run.
  [CONFIG]: (COLLECTION[CONFIG] ?? '').replace('lr={config.actor.lr}', 'lr={config.actor.lr} "$@"'),
  '.gitignore': 'node_modules\n.nx\n',
  'experiments/rank/experiment.yaml': `experiment: {name: rank, framework: torchtune}
framework_config: {base_config: llama3_2/1B_lora_single_device}
variables: {lora_rank: [8, 16]}
`,
  'experiments/own/experiment.yaml': `experiment: {name: own, framework: generic}
framework_config: {base_config_file: ../shared/base.yaml}
variables: {lr: [1, 2]}
`,
  'experiments/shared/base.yaml': 'lr: 0\n',
  'experiments/rl/ppo/experiment.yaml': `experiment: {name: ppo, framework: hyperpod}
framework_config: {base_recipe: fine-tuning/llama/ppo}
variables: {actor.lr: [0.1, 0.2]}
`,
  'experiments/rl/grpo/experiment.yaml': `experiment: {name: grpo, framework: hyperpod}
framework_config: {base_recipe: fine-tuning/llama/grpo-long}
variables: {actor.steps: [1, 2]}
`,
};

const [RANK, OWN, PPO, GRPO] = ['rank', 'own', 'rl/ppo', 'rl/grpo'].map(
  (name) => `experiments/${name}`,
) as [string, string, string, string];
const ALL = [OWN, RANK, GRPO, PPO];

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({ plugin: 'source', files: FILES });
  // What npm does not share between the packages of a workspace lies in the package itself.
  const own = ws.path('plugins/nx-trainyard/node_modules');
  if (!existsSync(own)) symlinkSync(join(PACKAGE, 'node_modules'), own);
});
afterAll(() => ws.dispose());
afterEach(() => ws.restore());

const generateAll = () => ws.nx('run-many', '-t', 'generate-sweep');
const affected = () => ws.nx('affected', '-t', 'generate-sweep');
const changed = () => (ws.changes().match(/experiments\/\S+/g) ?? []).sort();

/** The texts of the files in `configs/`. */
function configs(experiment: string): Record<string, string> {
  const folder = `experiments/${experiment}/configs`;
  return Object.fromEntries(
    readdirSync(ws.path(folder))
      .sort()
      .map((name) => [name, ws.read(`${folder}/${name}`)]),
  );
}

/** The experiments whose sweeps an edit runs, all else coming from the cache. */
function regenerated(): string[] {
  const ran = generateAll();
  expect(ran.code).toBe(0);
  return executed(ran);
}

describe('generate-sweep', () => {
  test('writes every sweep beside its experiment', () => {
    const ran = ws.nx('run-many', '-t', 'generate-sweep', '--output-style=static');
    expect(ran.code).toBe(0);
    expect(executed(ran)).toEqual(ALL);
    expect(changed()).toHaveLength(4 * 4);
    expect(ws.mode('experiments/rl/ppo/configs/run_001.sh')).toBe(0o755);
    expect(ran.text).toContain('2 configs in experiments/rank/configs, 4 files changed');
    expect(ran.text).toContain('warning [confounded-rank]');
    ws.commit();
  });

  test('takes everything from the cache when nothing has changed', () => {
    expect(regenerated()).toEqual([]);
    expect(ws.changes()).toBe('');
  });

  test('gets its files back from the cache', () => {
    ws.remove('experiments/rank/configs');
    ws.edit('experiments/own/configs/run_000.yaml', 'lr: 1', 'lr: 7');
    expect(regenerated()).toEqual([]);
    expect(ws.changes()).toBe('');
  });

  test('leaves what a person put beside its files when they come from the cache', () => {
    const mine = ['configs/notes.txt', 'configs/mine/run_000.yaml', 'slurm/submit.sh'];
    for (const path of mine) ws.write(`experiments/rank/${path}`, 'mine');
    ws.remove('experiments/rank/configs/run_001.yaml');
    ws.edit('experiments/rank/configs/run_000.yaml', 'rank: 8', 'rank: 9');
    ws.write('experiments/own/slurm/submit.sh', 'mine');
    expect(regenerated()).toEqual([]);
    for (const path of mine) expect(ws.read(`experiments/rank/${path}`)).toBe('mine');
    expect(ws.read('experiments/own/slurm/submit.sh')).toBe('mine');
    expect(ws.changes().match(/^ *[MD] .*/gm)).toBeNull();
  });

  test('has the files of its own size after it came from the cache, and names what it removed', () => {
    const experiment = 'experiments/rank/experiment.yaml';
    ws.edit(experiment, '[8, 16]', '[8, 16, 32, 64]');
    expect(regenerated()).toEqual([RANK]);
    const larger = configs('rank');
    ws.edit(experiment, '[8, 16, 32, 64]', '[8, 16]');
    const ran = generateAll();
    expect(executed(ran)).toEqual([]);
    expect(ran.text).toContain('experiments/rank/configs/run_003.yaml: removed');
    expect(ws.changes()).toBe('');
    ws.edit(experiment, '[8, 16]', '[8, 16, 32, 64]');
    expect(regenerated()).toEqual([]);
    expect(configs('rank')).toEqual(larger);
  });

  test('keeps what a person has written among its files when they come from the cache', () => {
    const mine = ['run_001.yaml', 'run_007.yaml'].map((name) => `experiments/rank/configs/${name}`);
    for (const path of mine) ws.write(path, `mine: ${path}\n`);
    const ran = generateAll();
    expect(executed(ran)).toEqual([]);
    expect(ran.text).toContain(
      `nx-trainyard: 2 files with content not yet in git were replaced or removed: ${mine.join(', ')}.`,
    );
    expect(ws.changes()).toBe('');
    const [, ...back] = (/To restore them, run: git (.*)/.exec(ran.text)?.[1] ?? '').split(' ');
    ws.git('restore', ...back);
    for (const path of mine) expect(ws.read(path)).toBe(`mine: ${path}\n`);
    ws.restore();
    expect(generateAll().text).not.toContain('replaced or removed');
  });

  test('keeps the sweep of another file of the folder when its own comes from the cache', () => {
    const folder = 'experiments/own';
    ws.nx('run', `${OWN}:generate-sweep`);
    const text = ws.read(`${folder}/experiment.yaml`);
    ws.remove(`${folder}/configs`);
    ws.write(`${folder}/experiment.yaml`, text.replace('own', 'other').replace('[1, 2]', '[3, 4]'));
    ws.nx('run', `${OWN}:generate-sweep`);
    const theirs = configs('own');
    ws.write(`${folder}/experiment.yaml`, text);
    const ran = ws.nx('run', `${OWN}:generate-sweep`);
    expect(executed(ran)).toEqual([]);
    expect(ran.text).toContain('with content not yet in git were replaced or removed');
    const [, ...back] = (/To restore them, run: git (.*)/.exec(ran.text)?.[1] ?? '').split(' ');
    ws.git('restore', ...back);
    expect(configs('own')).toMatchObject(theirs);
  });

  test('leaves no file of another form when it comes from the cache', () => {
    const experiment = 'experiments/own/experiment.yaml';
    const written = ws.read(experiment);
    ws.write(experiment, `${written}output: {form: overrides}\n`);
    expect(regenerated()).toEqual([OWN]);
    expect(Object.keys(configs('own'))).toEqual([
      'base.yaml',
      'manifest.json',
      'run_mapping.yaml',
      'runs.args',
      'runs.jsonl',
    ]);
    ws.write(experiment, written);
    expect(regenerated()).toEqual([]);
    expect(ws.changes()).toBe('');
  });

  test('runs for the experiment that is edited, and rewrites what differs', () => {
    ws.edit('experiments/rank/experiment.yaml', '16', '32');
    const ran = affected();
    expect(tasksOf(ran).map(({ task }) => task)).toEqual([`${RANK}:generate-sweep`]);
    expect(changed()).toEqual([
      'experiments/rank/configs/manifest.json',
      'experiments/rank/configs/run_001.yaml',
      'experiments/rank/configs/run_mapping.yaml',
      'experiments/rank/experiment.yaml',
    ]);
    expect(regenerated()).toEqual([]);
  });

  test('leaves no run of a sweep that became smaller', () => {
    ws.edit('experiments/rank/experiment.yaml', '[8, 16]', '[8]');
    expect(regenerated()).toEqual([RANK]);
    expect(ws.exists('experiments/rank/configs/run_001.yaml')).toBe(false);
  });

  test('runs for the experiments over a base file that is edited', () => {
    ws.edit('experiments/shared/base.yaml', 'lr: 0\n', 'lr: 0 # new\n');
    expect(regenerated()).toEqual([OWN]);
  });

  test('runs for the experiments over a recipe that is edited', () => {
    ws.edit(`${RECIPES}/llama/ppo.yaml`, 'name: ppo', 'name: ppo-2');
    const ran = affected();
    expect(executed(ran)).toEqual([PPO]);
    expect(changed()).toContain('experiments/rl/ppo/configs/run_000.sh');
    expect(regenerated()).toEqual([]);
  });

  test('runs for the experiments above a fragment that is edited', () => {
    ws.edit(`${RECIPES}/hydra_config/actor/default.yaml`, 'steps: 10', 'steps: 11');
    expect(tasksOf(affected()).map(({ task }) => task)).toEqual([
      `${GRPO}:generate-sweep`,
      `${PPO}:generate-sweep`,
    ]);
    expect(regenerated()).toEqual([]);
  });

  test('runs for no experiment when a recipe that none uses is edited', () => {
    ws.edit(`${RECIPES}/nova/lite.yaml`, 'name: lite', 'name: lite-2');
    expect(regenerated()).toEqual([]);
  });

  test('runs one task when an experiment is added', () => {
    ws.write('experiments/new/experiment.yaml', FILES['experiments/rank/experiment.yaml'] ?? '');
    expect(executed(affected())).toEqual(['experiments/new']);
  });

  test('fails for the experiment with an error at its line, and goes on with the others', () => {
    ws.edit('experiments/rank/experiment.yaml', 'lora_rank', 'lora_alpha: [], epocs');
    ws.edit('experiments/own/experiment.yaml', '[1, 2]', '[1, 3]');
    const ran = generateAll();
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual([RANK]);
    expect(executed(ran)).toEqual([OWN, RANK]);
    expect(ran.text).toContain('experiments/rank/experiment.yaml:3:25: error [EmptyVariable]');
    expect(changed()).toContain('experiments/own/configs/run_001.yaml');
  });

  test('fails for an experiment that is no YAML, which is a project all the same', () => {
    ws.write('experiments/rank/experiment.yaml', 'experiment: {\n');
    const ran = generateAll();
    expect(failed(ran)).toEqual([RANK]);
    expect(ran.text).toContain('experiments/rank/experiment.yaml:1:13: error [YamlSyntax]');
  });

  test('refuses a foreign file in configs', () => {
    ws.write('experiments/rank/configs/mine.txt', '');
    const ran = ws.nx('run', `${RANK}:generate-sweep`, '--skip-nx-cache');
    expect(ran.code).toBe(1);
    expect(ran.text).toContain('configs/ belongs to the generator, but contains mine.txt');
  });

  test('is strict where the target says so', () => {
    const ran = ws.nx('run', `${RANK}:generate-sweep`, '--strict');
    expect(ran.code).toBe(1);
    expect(ran.text).toContain('error [confounded-rank]');
  });

  test('writes the same files alone as in a batch', () => {
    ws.remove('experiments/rl/ppo/configs');
    const ran = ws.nx('run', `${PPO}:generate-sweep`, '--no-batch', '--skip-nx-cache');
    expect(ran.code).toBe(0);
    expect(ws.changes()).toBe('');
  });
});

describe('plan-sweep', () => {
  test('prints the plan and writes nothing', () => {
    const ran = ws.nx('run', `${PPO}:plan-sweep`);
    expect(ran.code).toBe(0);
    expect(ran.text).toContain('ppo: 2 runs');
    expect(ran.text).toContain('base config: fine-tuning/llama/ppo (a recipe in this workspace)');
    expect(ws.changes()).toBe('');
  });

  test('writes the plan as JSON to a file', () => {
    expect(ws.nx('run', `${RANK}:plan-sweep`, '--output', 'plan.json').code).toBe(0);
    expect(JSON.parse(ws.read('plan.json'))).toMatchObject({ experiment: 'rank', total: 2 });
  });
});

describe('an experiment in a folder with an odd name', () => {
  const names = ['q[1]', 'lr[1e-4]', 'p(x)', 'b{a}', 'all*', '{x,y}', '!no', 'a b', 'ünï'];

  test('is cached and restored like any other, and disturbs none', () => {
    ws.remove('experiments');
    for (const name of [...names, 'all-of-it']) {
      ws.write(
        `experiments/${name}/experiment.yaml`,
        FILES['experiments/own/experiment.yaml'] ?? '',
      );
    }
    ws.write('experiments/shared/base.yaml', 'lr: 0\n');
    expect(regenerated()).toHaveLength(names.length + 1);
    const written = changed();
    for (const name of names) {
      ws.remove(`experiments/${name}/configs`);
      ws.write(`experiments/${name}/configs/run_000.yaml`, 'lr: 7\n');
    }
    expect(regenerated()).toEqual([]);
    expect(changed()).toEqual(written);
    for (const name of names)
      expect(ws.read(`experiments/${name}/configs/run_000.yaml`)).toBe('lr: 1\n');
    ws.edit('experiments/q[1]/experiment.yaml', '[1, 2]', '[3]');
    expect(regenerated()).toEqual(['experiments/q-1-']);
    ws.edit('experiments/q[1]/experiment.yaml', '[3]', '[1, 2]');
    expect(regenerated()).toEqual([]);
    expect(changed()).toEqual(written);
  });
});

describe('the project of an experiment', () => {
  const graph = (): Record<string, { target: string }[]> => {
    ws.nx('graph', '--file=graph.json');
    const { graph: found } = JSON.parse(ws.read('graph.json')) as {
      graph: { dependencies: Record<string, { target: string }[]> };
    };
    return found.dependencies;
  };

  test('depends on its recipe and all its fragments', () => {
    const edges = graph()[PPO] ?? [];
    expect(edges.map(({ target }) => target).sort()).toEqual([
      'fragments/fine-tuning/actor/default',
      'fragments/fine-tuning/base',
      'recipes/fine-tuning/llama/ppo',
    ]);
  });

  test('has its files as inputs, one by one, and nothing that it writes', () => {
    const { text } = ws.nx('show', 'target', 'inputs', `${PPO}:generate-sweep`);
    const files = text.slice(text.indexOf('Files (')).match(/^\s+(?:experiments|recipes)\S+$/gm);
    expect(files?.map((file) => file.trim()).sort()).toEqual([
      'experiments/rl/ppo/experiment.yaml',
      CONFIG,
      `${RECIPES}/hydra_config/actor/default.yaml`,
      `${RECIPES}/hydra_config/base.yaml`,
      `${RECIPES}/llama/ppo.yaml`,
    ]);
  });
});

describe('every experiment of this repository', () => {
  const folder = join(REPOSITORY, 'experiments');
  const examples = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => name !== 'hyperpod_adapter');

  test('is generated', () => {
    ws.remove('experiments');
    for (const name of examples) {
      for (const file of readdirSync(join(folder, name)).filter((path) => path.endsWith('.yaml'))) {
        ws.write(`experiments/${name}/${file}`, readFileSync(join(folder, name, file), 'utf8'));
      }
    }
    const ran = generateAll();
    expect(ran.code).toBe(0);
    expect(executed(ran)).toEqual(examples.map((name) => `experiments/${name}`).sort());
  });
});
