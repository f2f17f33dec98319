import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { executed, failed } from '../testing/run-report';

const RECIPES = 'recipes_collection/recipes/fine-tuning';
const PPO = 'recipes/fine-tuning/llama/ppo';

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({ plugin: 'source', files: COLLECTION });
});
afterAll(() => ws.dispose());
afterEach(() => ws.restore());

const show = (...args: string[]) => ws.nx('run', `${PPO}:show-recipe`, ...args);

describe('show-recipe', () => {
  test('prints the composed recipe, interpolations as they are written', () => {
    ws.edit(`${RECIPES}/llama/ppo.yaml`, 'name: ppo', 'name: ppo\n  copy: ${run.name}');
    const { code, text } = show();
    expect(code).toBe(0);
    expect(text).toContain(
      [
        'trainer:',
        '  devices: 8',
        'actor:',
        '  lr: 0.001',
        '  steps: 10',
        'run:',
        '  name: ppo',
        '  copy: ${run.name}',
        '  model_type: verl',
        '',
      ].join('\n'),
    );
    expect(show('--resolve').text).toContain('\n  copy: ppo\n');
  });

  test('prints with --explain which entry sets a key, and where', () => {
    const { text } = ws.nx(
      'run',
      'recipes/fine-tuning/llama/grpo-long:show-recipe',
      '--explain',
      'actor.lr',
    );
    expect(text).toContain(
      [
        'actor.lr: 0.5',
        '    hydra_config/base: -',
        `    hydra_config/actor/default at actor: 0.001 (${RECIPES}/hydra_config/actor/default.yaml:1:5)`,
        `  > grpo-long: 0.5 (${RECIPES}/llama/grpo-long.yaml:8:7)`,
        '',
      ].join('\n'),
    );
  });

  test('suggests a key when there is none of that name', () => {
    const { code, text } = show('--explain', 'actor.step');
    expect(code).toBe(1);
    expect(text).toContain(
      "error [UnknownKey] the recipe has no key 'actor.step'\nhint: Did you mean 'steps'?",
    );
  });
});

describe('validate-recipe', () => {
  test('is content with all recipes, and takes them from the cache the second time', () => {
    const validate = () => ws.nx('run-many', '-t', 'validate-recipe');
    const first = validate();
    expect(first.code).toBe(0);
    expect(executed(first)).toHaveLength(6);
    expect(executed(validate())).toEqual([]);
    expect(ws.changes()).toBe('');
  });

  test('fails for a value that no script can use, and for a collision, at the recipe alone', () => {
    ws.edit(`${RECIPES}/llama/ppo.yaml`, 'name: ppo', 'name: ${oc.env:USER}');
    ws.write(`${RECIPES}/nova/Lite.yaml`, 'run: {name: fine}\n');
    const ran = ws.nx('run-many', '-t', 'validate-recipe');
    expect(failed(ran)).toEqual([PPO]);
    expect(ran.text).toContain(`${RECIPES}/llama/ppo.yaml:6:9: error [RecipeValue]`);
  });
});

describe('report-collection', () => {
  test('counts recipes, templates, families and the use of fragments', () => {
    ws.write(`${RECIPES}/llama/broken.yaml`, 'run: [');
    const { code, text } = ws.nx('run', 'recipes:report-collection');
    expect(code).toBe(0);
    expect(text).toContain('7 recipes, 1 with problems');
    expect(text).toMatch(/verl +│ +2/);
    expect(text).toMatch(/llama +│ +3/);
    expect(text).toMatch(/fine-tuning\/hydra_config\/base\.yaml +│ +3/);
    expect(text).toContain('has problems: fine-tuning/llama/broken');
    expect(text).toContain(
      "fine-tuning/qwen/draft-lora ('excluded_recipe_patterns' lists 'draft')",
    );
    expect(text).toContain(
      'evaluation/open-source/judge (launcher_scripts/open-source/judge_by_hand.sh is hand-written)',
    );
  });
});
