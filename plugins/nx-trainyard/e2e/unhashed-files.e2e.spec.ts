import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { executed } from '../testing/run-report';

const PACKAGE = join(__dirname, '..');
const RECIPES = 'recipes_collection/recipes/fine-tuning';

const sweepOver = (base: string) => `experiment: {name: e, framework: generic}
framework_config: {base_config_file: ${base}}
variables: {lr: [1, 2]}
`;

/** Files that Nx does not hash by themselves: git ignores them, or they lie behind symbolic links. */
let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({
    plugin: 'source',
    files: {
      ...COLLECTION,
      '.gitignore': 'node_modules\n.nx\nignored*\n',
      'experiments/secret/experiment.yaml': sweepOver('ignored.yaml'),
      'experiments/secret/ignored.yaml': 'lr: 0\n',
      [`${RECIPES}/qwen/lora.yaml`]: 'defaults: [/hydra_config/ignored]\nrun: {name: lora}\n',
      [`${RECIPES}/hydra_config/ignored.yaml`]: 'a: 1\n',
      'real/experiment.yaml': sweepOver('base.yaml'),
      'real/base.yaml': 'lr: 0\n',
      'real/actor.yaml': 'lr: 0.2\nsteps: 10\n',
      'real/nova.yaml': 'run: {name: lite, model_type: nova}\n',
      'experiments/whole/base.yaml': 'lr: 0\n',
      'experiments/base/experiment.yaml': sweepOver('base.yaml'),
      'experiments/folder/experiment.yaml': sweepOver('../linked/base.yaml'),
      'experiments/outside/experiment.yaml': sweepOver('base.yaml'),
    },
  });
  // What npm does not share between the packages of a workspace lies in the package itself.
  const own = ws.path('plugins/nx-trainyard/node_modules');
  if (!existsSync(own)) symlinkSync(join(PACKAGE, 'node_modules'), own);
  ws.write('../outside.yaml', 'lr: 0\n');
  link('experiments/whole/experiment.yaml', '../../real/experiment.yaml');
  link('experiments/base/base.yaml', '../../real/base.yaml');
  link('experiments/linked', '../real');
  link('experiments/outside/base.yaml', '../../../outside.yaml');
  link(`${RECIPES}/hydra_config/actor/default.yaml`, '../../../../../real/actor.yaml');
  link(`${RECIPES}/nova/lite.yaml`, '../../../../real/nova.yaml');
  ws.commit();
});
afterAll(() => ws.dispose());

function link(path: string, target: string): void {
  ws.remove(path);
  mkdirSync(dirname(ws.path(path)), { recursive: true });
  symlinkSync(target, ws.path(path));
}

/** The projects whose tasks ran, without those that came from the cache. */
function regenerated(): string[] {
  const ran = ws.nx('run-many', '-t', 'generate-sweep', 'generate-launchers');
  expect(ran.code).toBe(0);
  return executed(ran);
}

test('all is generated, and comes from the cache', () => {
  expect(regenerated()).toEqual([
    ...['base', 'folder', 'outside', 'secret', 'whole'].map((name) => `experiments/${name}`),
    ...['llama/grpo-long', 'llama/ppo', 'nova/lite', 'qwen/lora'].map(
      (name) => `recipes/fine-tuning/${name}`,
    ),
  ]);
  ws.commit();
  expect(regenerated()).toEqual([]);
});

test.each([
  ['real/experiment.yaml', '[1, 2]', '[1, 3]', ['experiments/whole']],
  ['real/base.yaml', 'lr: 0', 'lr: 0 # new', ['experiments/base', 'experiments/folder']],
  ['../outside.yaml', 'lr: 0', 'lr: 0 # new', ['experiments/outside']],
  ['experiments/secret/ignored.yaml', '0', '7', ['experiments/secret']],
  [`${RECIPES}/hydra_config/ignored.yaml`, '1', '2', ['recipes/fine-tuning/qwen/lora']],
  ['real/nova.yaml', 'lite', 'lite-2', ['recipes/fine-tuning/nova/lite']],
  [
    'real/actor.yaml',
    '0.2',
    '0.3',
    ['recipes/fine-tuning/llama/grpo-long', 'recipes/fine-tuning/llama/ppo'],
  ],
])('an edit of %s runs what is made from it', (file, from, to, projects) => {
  ws.edit(file, from, to);
  expect(regenerated()).toEqual(projects);
  expect(regenerated()).toEqual([]);
});
