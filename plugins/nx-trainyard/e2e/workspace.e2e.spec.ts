import { COLLECTION } from '../testing/collection';
import type { Ran } from '../testing/rig';
import { Workspace } from '../testing/rig';
import { executed, failed } from '../testing/run-report';

const RECIPES = 'recipes_collection/recipes/fine-tuning';
const CONFIG = 'recipes_collection/launcher_scripts_config.yaml';
const PPO = 'recipes/fine-tuning/llama/ppo';
const ACTOR = 'fragments/fine-tuning/actor/default';

interface Project {
  readonly name: string;
  readonly root: string;
  readonly metadata: { readonly description: string };
  readonly targets: Readonly<Record<string, { readonly inputs: readonly unknown[] }>>;
}

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({ plugin: 'source', files: COLLECTION });
});
afterAll(() => ws.dispose());
afterEach(() => ws.restore());

function project(name: string): Project {
  return JSON.parse(ws.nx('show', 'project', name, '--json').stdout) as Project;
}

function configure(nxJson: object): void {
  ws.writeJson('nx.json', { ...(JSON.parse(ws.read('nx.json')) as object), ...nxJson });
}

/** The message of a command that could not even start. */
function refusal(ran: Ran): string {
  expect(ran.code).toBe(1);
  return ran.text;
}

describe('projects', () => {
  test('are the recipes, the fragments and the collection', () => {
    expect(ws.nx('show', 'projects', '--sep', ' ').stdout.trim().split(' ').sort()).toEqual([
      ACTOR,
      'fragments/fine-tuning/base',
      'nx-trainyard',
      'recipes',
      'recipes/evaluation/open-source/judge',
      'recipes/fine-tuning/llama/grpo-long',
      PPO,
      'recipes/fine-tuning/nova/lite',
      'recipes/fine-tuning/qwen/draft-lora',
      'recipes/fine-tuning/qwen/lora',
    ]);
  });

  test('show what a recipe is for, and how it is launched', () => {
    const { root, metadata, targets } = project(PPO);
    expect(root).toBe(`${RECIPES}/llama/ppo.yaml`);
    expect(metadata.description).toBe(
      'Training recipe, launched by launcher_scripts/llama/run_ppo.sh.',
    );
    expect(Object.keys(targets).sort()).toEqual([
      'generate-launchers',
      'show-recipe',
      'validate-recipe',
    ]);
  });

  test('have no generate-launchers where scripts are excluded or maintained by hand', () => {
    const draft = project('recipes/fine-tuning/qwen/draft-lora');
    expect(Object.keys(draft.targets).sort()).toEqual(['show-recipe', 'validate-recipe']);
    expect(draft.metadata.description).toContain("'excluded_recipe_patterns' lists 'draft'");
    const judge = project('recipes/evaluation/open-source/judge');
    expect(Object.keys(judge.targets).sort()).toEqual(['show-recipe', 'validate-recipe']);
    expect(judge.metadata.description).toContain('hand-written');
  });

  test('can be picked by globs, by folders and by the last part of their names', () => {
    const pick = (pattern: string) =>
      ws.nx('show', 'projects', '-p', pattern, '--sep', ' ').stdout.trim().split(' ').sort();
    expect(pick('recipes/fine-tuning/llama/*')).toEqual([
      'recipes/fine-tuning/llama/grpo-long',
      PPO,
    ]);
    expect(pick('recipes/fine-tuning/**')).toHaveLength(5);
    expect(ws.nx('run', 'ppo:show-recipe').code).toBe(0);
    expect(ws.nx('run', 'llama/ppo:show-recipe').code).toBe(0);
  });

  test('depend in the graph on the fragments that they are made from', () => {
    // A project around the recipes would break edges that start from a file.
    ws.writeJson('recipes_collection/project.json', { name: 'around' });
    const { code } = ws.nx('graph', '--file=graph.json');
    expect(code).toBe(0);
    const { graph } = JSON.parse(ws.read('graph.json')) as {
      graph: { dependencies: Record<string, { target: string; type: string }[]> };
    };
    const targets = (name: string) => graph.dependencies[name]?.map(({ target }) => target).sort();
    expect(targets(PPO)).toEqual([ACTOR, 'fragments/fine-tuning/base']);
    expect(targets('recipes/fine-tuning/nova/lite')).toEqual(['fragments/fine-tuning/base']);
    expect(targets('recipes/fine-tuning/qwen/lora')).toEqual([]);
    expect(targets('recipes')).toEqual([]);
  });

  test('are affected by their fragments', () => {
    ws.edit(`${RECIPES}/hydra_config/actor/default.yaml`, '0.001', '0.002');
    const { stdout } = ws.nx('show', 'projects', '--affected', '--sep', ' ');
    const names = stdout.trim().split(' ').sort();
    expect(names.filter((name) => name !== 'recipes')).toEqual([
      ACTOR,
      'recipes/fine-tuning/llama/grpo-long',
      PPO,
    ]);
  });
});

describe('one broken recipe', () => {
  test('breaks no command, and says in its own description what is wrong', () => {
    ws.write(`${RECIPES}/llama/broken.yaml`, 'run: {name: [\n');
    ws.write(`${RECIPES}/llama/loop.yaml`, 'defaults: [loop]\n');
    ws.write(`${RECIPES}/hydra_config/base.yaml`, 'trainer:\n  devices: 8\n\tx: 1\n');
    expect(ws.nx('graph', '--file=graph.json').code).toBe(0);
    const broken = project('recipes/fine-tuning/llama/broken');
    expect(broken.metadata.description).toContain(
      `${RECIPES}/llama/broken.yaml:1:13: error [YamlSyntax]`,
    );
    expect(project('recipes/fine-tuning/llama/loop').metadata.description).toContain(
      'include each other',
    );
    const lora = ws.nx('run', 'lora:generate-launchers');
    expect(lora.code).toBe(0);
  });

  test('such as one that is named with characters that a shell reads, is refused by its name', () => {
    ws.write(`${RECIPES}/llama/a b[1].yaml`, 'run: {name: x}\n');
    const ran = ws.nx('run', 'recipes/fine-tuning/llama/a-b-1-:generate-launchers');
    expect(ran.code).toBe(1);
    expect(ran.text).toContain("error [RecipePath] the recipe path 'fine-tuning/llama/a b[1]'");
  });
});

describe('a file that nothing reads under its name', () => {
  test('fails the targets of its project, which say how to name it', () => {
    const sweep = 'experiment: {name: e, framework: generic}\n';
    ws.write(`${RECIPES}/llama/misnamed.yml`, 'run: {name: x}\n');
    ws.write('experiments/alone/experiment.yml', sweep);
    ws.write('experiments/two/experiment.yml', sweep);
    ws.write('experiments/two/experiment.yaml', sweep);
    const ran = ws.nx('affected', '-t', 'generate-launchers', 'generate-sweep');
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual([
      'experiments/alone',
      'experiments/two',
      'recipes/fine-tuning/llama/misnamed',
    ]);
    expect(ran.text).toContain('Rename it to fine-tuning/llama/misnamed.yaml');
    expect(ran.text).toContain('Rename it to experiments/alone/experiment.yaml');
    expect(ran.text).toContain('experiments/two contains experiment.yaml and experiment.yml');
  });
});

describe('targetDefaults', () => {
  test.each([
    [
      'as an object',
      { 'generate-launchers': { inputs: ['default'] } },
      'generate-launchers',
      'inputs',
    ],
    [
      'as a list with a filter',
      { 'generate-launchers': [{ filter: { projects: ['recipes/*'] }, inputs: ['production'] }] },
      'generate-launchers',
      'inputs',
    ],
    [
      'under a glob',
      { '{generate,build}-*': { outputs: ['{projectRoot}/dist'] } },
      '{generate,build}-*',
      'outputs',
    ],
    [
      'under the executor',
      { 'nx-trainyard:validate-recipe': { inputs: ['...', '{projectRoot}/**/*'] } },
      'nx-trainyard:validate-recipe',
      'inputs',
    ],
  ])('that would replace what is inferred are refused: %s', (_how, targetDefaults, key, field) => {
    configure({ targetDefaults });
    const text = refusal(ws.nx('show', 'projects'));
    expect(text).toContain(`nx.json: targetDefaults["${key}"].${field} replaces the ${field}`);
    expect(text).toContain(`"${field}": ["...", "{workspaceRoot}/some-file"]`);
  });

  test('that add to what is inferred, or are for others, are accepted', () => {
    configure({
      targetDefaults: {
        'generate-launchers': { inputs: ['...', '{workspaceRoot}/VERSION'] },
        '*-launchers': [{ filter: { executor: 'other:thing' }, inputs: ['default'] }],
        build: { inputs: ['production', '^production'] },
      },
    });
    ws.write('VERSION', '1');
    const run = () => ws.nx('run', 'ppo:generate-launchers');
    expect(executed(run())).toEqual([PPO]);
    expect(executed(run())).toEqual([]);
    ws.write('VERSION', '2');
    expect(executed(run())).toEqual([PPO]);
    ws.edit(`${RECIPES}/hydra_config/actor/default.yaml`, '0.001', '0.003');
    expect(executed(run())).toEqual([PPO]);
  });
});

describe('plugin options', () => {
  test.each([
    ['launcherConfg', { launcherConfg: 'x.yaml' }, "unknown option 'launcherConfg'"],
    [
      'an unknown target',
      { targetNames: { 'generate-launcher': 'x' } },
      "unknown target 'generate-launcher' in 'targetNames'",
    ],
    ['a number', { launcherConfig: 5 }, "'launcherConfig' must be a string"],
    [
      'a configuration that is not there',
      { launcherConfig: 'configs/launchers.yaml' },
      "there is no .yaml or .yml file 'configs/launchers.yaml' in the workspace",
    ],
  ])('that are wrong are refused: %s', (_what, options, message) => {
    configure({ plugins: [{ plugin: 'nx-trainyard/plugin', options }] });
    const text = refusal(ws.nx('show', 'projects'));
    expect(text).toContain(`nx-trainyard options in nx.json: ${message}`);
  });

  test('name the projects, so that a workspace with a project `recipes` can use the plugin', () => {
    ws.writeJson('cooking/project.json', { name: 'recipes' });
    expect(refusal(ws.nx('show', 'projects'))).toContain('recipes');
    const projectNames = { collection: '@acme/training', recipes: 'training/' };
    configure({ plugins: [{ plugin: 'nx-trainyard/plugin', options: { projectNames } }] });
    const ran = ws.nx('run-many', '-t', 'generate-launchers', '-p', 'training/fine-tuning/llama/*');
    expect(executed(ran)).toEqual([
      'training/fine-tuning/llama/grpo-long',
      'training/fine-tuning/llama/ppo',
    ]);
    expect(ws.nx('run', '@acme/training:report-collection').code).toBe(0);
  });

  test('rename the targets and move the launcher configuration', () => {
    ws.write('config/launchers.yaml', ws.read(CONFIG));
    ws.remove(CONFIG);
    const targetNames = { 'generate-launchers': 'launchers' };
    const options = { launcherConfig: './config/launchers.yaml', targetNames };
    configure({ plugins: [{ plugin: 'nx-trainyard/plugin', options }] });
    const ran = ws.nx('run-many', '-t', 'launchers');
    expect(ran.code).toBe(0);
    expect(executed(ran)).toHaveLength(4);
    expect(ws.nx('run', 'recipes:check-launchers').code).toBe(0);
  });
});

describe('the launcher configuration', () => {
  const LAUNCHERS = ['generate-launchers', 'validate-recipe', 'check-launchers', 'prune-launchers'];
  const each = LAUNCHERS.map((target) => [target]);

  test('that is wrong fails the targets that need it with all that is wrong, and no other', () => {
    ws.edit(CONFIG, 'preserved_dirs: [custom_script]', 'preserved_dir: [custom_script]');
    ws.edit(CONFIG, 'open-source/judge_by_hand.sh', '../judge_by_hand.sh');
    expect(ws.nx('show', 'projects').code).toBe(0);
    const ran = ws.nx('affected', '-t', ...LAUNCHERS, 'report-collection');
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual(Array<string>(5).fill('recipes'));
    expect(ran.text).toContain(
      `${CONFIG}:2:3: error [LauncherSettings] unknown key 'preserved_dir'`,
    );
    expect(ran.text).toContain("hint: Did you mean 'preserved_dirs'?");
    expect(ran.text).toContain(
      `${CONFIG}:5:35: error [LauncherSettings] this script is outside 'output_dir'`,
    );
  });

  test.each(each)('that is no YAML fails %s by itself under run-many', (target) => {
    ws.write(CONFIG, 'settings: [\n');
    const ran = ws.nx('run-many', '-t', target);
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual(['recipes']);
    expect(ran.text).toContain(`${CONFIG}:1:11: error [YamlSyntax]`);
  });

  test('with a wrong template fails each recipe, and the experiments over recipes', () => {
    ws.write(
      'experiments/e/experiment.yaml',
      'experiment: {name: e, framework: hyperpod}\nframework_config: {base_recipe: fine-tuning/llama/ppo}\n',
    );
    ws.edit(CONFIG, '  nova: |', '  nova: [x]\n  other: |');
    const ran = ws.nx('affected', '-t', 'generate-launchers', 'generate-sweep');
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual([
      'experiments/e',
      'recipes/fine-tuning/llama/grpo-long',
      PPO,
      'recipes/fine-tuning/nova/lite',
      'recipes/fine-tuning/qwen/lora',
    ]);
  });

  test('that is missing where recipes are waiting for it fails what would need it, and says how to make it', () => {
    ws.remove(CONFIG);
    const ran = ws.nx('run-many', '-t', 'generate-launchers');
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual(['recipes']);
    expect(ran.text).toContain(`there is no launcher configuration ${CONFIG}`);
    const [, made = ''] = /hint: Make it, .*\n((?: .*\n)+)/.exec(ran.text) ?? [];
    ws.write(CONFIG, made.replaceAll(/^ +(?=templates)/gm, ''));
    const again = ws.nx('run-many', '-t', 'generate-launchers');
    expect(executed(again)).toHaveLength(6);
  });

  test('may be missing where there are no recipes', () => {
    ws.remove('recipes_collection');
    expect(ws.nx('show', 'projects').stdout.trim()).toBe('nx-trainyard');
  });
});
