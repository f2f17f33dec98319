import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { executed } from '../testing/run-report';

const LLAMA = 'recipes_collection/recipes/fine-tuning/llama';
const RECIPES = ['llama/grpo-long', 'llama/ppo', 'nova/lite', 'qwen/lora'].map(
  (name) => `recipes/fine-tuning/${name}`,
);

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({
    plugin: 'source',
    files: {
      ...COLLECTION,
      '.gitignore': 'node_modules\n.nx\n*-mine.yaml\n',
      '.nxignore': `${LLAMA}/grpo_long.yaml\n`,
      [`${LLAMA}/ppo-mine.yaml`]: 'run: {name: mine}\n',
      // It would give the script of grpo-long.
      [`${LLAMA}/grpo_long.yaml`]: 'run: {name: other}\n',
    },
    nxJson: {
      plugins: ['nx-trainyard/plugin'],
      sync: { globalGenerators: ['nx-trainyard:sync-launchers'] },
    },
  });
});
afterAll(() => ws.dispose());

describe('a recipe that git or Nx ignores', () => {
  test('fails nothing by a collision', () => {
    const ran = ws.nx('run-many', '-t', 'generate-launchers', 'validate-recipe');
    expect(ran.code).toBe(0);
    expect(new Set(executed(ran))).toEqual(
      new Set([
        ...RECIPES,
        ...['evaluation/open-source/judge', 'fine-tuning/qwen/draft-lora'].map(
          (name) => `recipes/${name}`,
        ),
      ]),
    );
  });

  test('is noted by the check, asked for by nothing and made by nothing', () => {
    const ran = ws.nx('run', 'recipes:check-launchers');
    expect(ran.text).toContain(
      'note [ignored-recipe] fine-tuning/llama/grpo_long, fine-tuning/llama/ppo-mine have no script',
    );
    expect(ran.code).toBe(0);
    expect(ws.nx('sync:check').code).toBe(0);
    expect(ws.nx('run', 'recipes:prune-launchers').text).toContain(
      'Every script has a recipe; nothing to remove.',
    );
    expect(ws.exists('launcher_scripts/llama/run_ppo_mine.sh')).toBe(false);
  });
});
