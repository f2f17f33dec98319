import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { executed, failed } from '../testing/run-report';

const PPO = 'recipes/fine-tuning/llama/ppo';
const RECIPES = ['llama/grpo-long', 'llama/ppo', 'nova/lite', 'qwen/lora'].map(
  (name) => `recipes/fine-tuning/${name}`,
);
const SWEEPS = ['experiments/one', 'experiments/two'];
const SWEEP = `experiment: {name: e, framework: generic}
framework_config: {base_config_file: ../base.yaml}
variables: {lr: [1, 2]}
`;

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({
    plugin: 'source',
    files: {
      ...COLLECTION,
      'experiments/base.yaml': 'lr: 0\n',
      'experiments/one/experiment.yaml': SWEEP,
      'experiments/two/experiment.yaml': SWEEP,
    },
  });
});
afterAll(() => ws.dispose());
afterEach(() => ws.restore());

describe('an option that there is not', () => {
  test('fails every task of a batch by its name, with the nearest one', () => {
    const ran = ws.nx('run-many', '-t', 'generate-sweep', 'generate-launchers', '--strct');
    expect(ran.code).toBe(1);
    expect(failed(ran)).toEqual([...SWEEPS, ...RECIPES]);
    expect(ran.text).toContain("error [Options] generate-sweep has no option 'strct'");
    expect(ran.text).toContain("hint: Did you mean 'strict'?");
    expect(ran.text).toContain("error [Options] generate-launchers has no option 'strct'");
    expect(ws.changes()).toBe('');
  });

  test.each([
    ['recipes:check-launchers', ['--dif'], "no option 'dif'", "Did you mean 'diff'?"],
    [`${PPO}:show-recipe`, ['--explian', 'a'], "no option 'explian'", "Did you mean 'explain'?"],
    [`${PPO}:show-recipe`, ['--sort-kyes'], "no option 'sort-kyes'", "Did you mean 'sortKeys'?"],
    ['recipes:prune-launchers', ['junk'], "only options, got 'junk'", 'Remove it.'],
    [
      'experiments/one:plan-sweep',
      ['output'],
      "only options, got 'output'",
      "Did you mean '--output'?",
    ],
    [
      `${PPO}:generate-launchers`,
      ['--refused=x'],
      "no option 'refused'",
      'The options are --recipe',
    ],
    ['experiments/one:generate-sweep', ['junk'], "only options, got 'junk'", 'Remove it.'],
  ])('of %s %j is refused by name', (task, args, problem, hint) => {
    const ran = ws.nx('run', task, ...args);
    expect(ran.code).toBe(1);
    expect(ran.text).toContain(problem);
    expect(ran.text).toContain(hint);
  });
});

describe('a value that an option cannot have', () => {
  test.each([
    ['experiments/one:generate-sweep', '--strict=maybe', "'strict' must be true or false"],
    ['recipes:check-launchers', '--diff=3', "'diff'"],
    ['experiments/one:plan-sweep', '--strict=maybe', "'strict'"],
  ])('of %s %s is refused with the name of the option', (task, option, problem) => {
    const ran = ws.nx('run', task, option);
    expect(ran.code).toBe(1);
    expect(ran.text).toContain(problem);
  });

  test('is told apart from one that it can have, however that is written', () => {
    for (const option of ['--strict=false', '--no-strict', '--strict'])
      expect(ws.nx('run', 'experiments/one:generate-sweep', option).code).toBe(0);
    expect(ws.nx('run', 'recipes:check-launchers', '--diff=false').text).toContain(': missing');
  });
});

describe('the options of a target', () => {
  test('are those that its executor reads', () => {
    const options = (task: string) => {
      const { stdout } = ws.nx('show', 'target', task, '--json');
      return Object.keys((JSON.parse(stdout) as { options: object }).options);
    };
    expect(options(`${PPO}:generate-launchers`)).toEqual(['recipe', 'launcherConfig']);
    expect(options('experiments/one:generate-sweep')).toEqual([
      'experiment',
      'torchtune',
      'launcherConfig',
    ]);
  });

  test('hand on what Nx adds to them', () => {
    const ran = ws.nx('run-many', '-t', 'generate-sweep', '--verbose', '--skip-nx-cache');
    expect(ran.code).toBe(0);
    expect(executed(ran)).toEqual(SWEEPS);
    expect(ws.nx('run', `${PPO}:show-recipe`, '--verbose').code).toBe(0);
  });
});
