import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';

const RECIPES = 'recipes_collection/recipes/fine-tuning';
const PPO = 'launcher_scripts/llama/run_ppo.sh';
const GRPO = 'launcher_scripts/llama/run_grpo_long.sh';
const LITE = 'launcher_scripts/nova/run_lite.sh';

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({
    plugin: 'source',
    files: COLLECTION,
    nxJson: {
      plugins: ['nx-trainyard/plugin'],
      sync: { globalGenerators: ['nx-trainyard:sync-launchers'] },
    },
  });
  ws.nx('run-many', '-t', 'generate-launchers');
  ws.commit();
});
afterAll(() => ws.dispose());
afterEach(() => ws.restore());

const check = (...args: string[]) => ws.nx('run', 'recipes:check-launchers', ...args);

/** A script that is missing, one that was edited, one that nobody can run, one without a recipe. */
function disturb(): void {
  ws.remove(LITE);
  ws.edit(GRPO, 'RUN_NAME="grpo-long"', 'RUN_NAME="mine"');
  ws.chmod(PPO, 0o644);
  ws.chmod(GRPO, 0o644);
  ws.write('launcher_scripts/llama/run_gone.sh', '#!/bin/bash\n');
}

const FINDINGS = [
  `${GRPO}: out of date with the recipe fine-tuning/llama/grpo-long`,
  `${PPO}: not executable`,
  `${LITE}: missing`,
  'launcher_scripts/llama/run_gone.sh: belongs to no recipe',
];

describe('check-launchers', () => {
  test('is content with scripts that are in step, and with those of other kinds', () => {
    const ran = check();
    expect(ran.code).toBe(0);
    expect(ran.text).toContain('The launcher scripts of 6 recipes are up to date.');
  });

  test('names what is missing, edited, not executable and without a recipe, and writes nothing', () => {
    disturb();
    const before = ws.changes();
    const ran = check();
    expect(ran.code).toBe(1);
    for (const finding of FINDINGS) expect(ran.text).toContain(`${finding}\n`);
    expect(ran.text).toContain(
      'To write, make executable, remove scripts that are out of date, run: nx sync\n',
    );
    expect(ran.text).toContain('manually_maintained: {any/name: llama/run_gone.sh}');
    expect(ws.changes()).toBe(before);
  });

  test('shows with --diff what has to change', () => {
    disturb();
    const { text } = check('--diff');
    expect(text).toContain(`--- a/${GRPO}\n+++ b/${GRPO}\n`);
    expect(text).toContain('-RUN_NAME="mine"\n+RUN_NAME="grpo-long"\n');
    expect(text).toContain(`--- /dev/null\n+++ b/${LITE}\n`);
    expect(text).toContain('+python3 $ROOT/main.py recipes=fine-tuning/nova/lite\n');
  });

  test('goes red when a recipe is deleted, until its script is pruned', () => {
    ws.remove(`${RECIPES}/llama/ppo.yaml`);
    const red = check();
    expect(red.code).toBe(1);
    expect(red.text).toContain(`${PPO}: belongs to no recipe`);
    const prune = ws.nx('run', 'recipes:prune-launchers');
    expect(prune.code).toBe(0);
    expect(prune.text).toContain(`${PPO}: removed, because it belongs to no recipe`);
    expect(ws.exists(PPO)).toBe(false);
    expect(check().code).toBe(0);
    expect(ws.nx('run', 'recipes:prune-launchers').text).toContain(
      'Every script has a recipe; nothing to remove.',
    );
  });

  test('goes red when a script that is maintained manually is not there', () => {
    ws.remove('launcher_scripts/open-source');
    const ran = check();
    expect(ran.code).toBe(1);
    expect(ran.text).toContain(
      'launcher_scripts/open-source/judge_by_hand.sh: missing, although the script of evaluation/open-source/judge is maintained manually',
    );
    const sync = ws.nx('sync:check');
    expect(sync.code).toBe(1);
    expect(sync.text).toContain('judge_by_hand.sh: missing');
  });

  test('goes red for a recipe that does not compose, at its line', () => {
    ws.write(`${RECIPES}/llama/ppo.yaml`, 'run:\n  name: [1\n');
    const ran = check();
    expect(ran.code).toBe(1);
    expect(ran.text).toContain(`${RECIPES}/llama/ppo.yaml:2:9: error [YamlSyntax]`);
    expect(ran.text).toContain(
      'Fix the recipes first; until then, their scripts cannot be generated.',
    );
    expect(ran.text).not.toContain('nx sync');
    const sync = ws.nx('sync:check');
    expect(sync.code).toBe(1);
    expect(sync.text).toContain(`${RECIPES}/llama/ppo.yaml:2:9: error [YamlSyntax]`);
  });

  test('says which command brings scripts in step where nx sync is not set up', () => {
    disturb();
    ws.writeJson('nx.json', { ...(JSON.parse(ws.read('nx.json')) as object), sync: {} });
    const command = /that are out of date, run: (.*)/.exec(check().text)?.[1];
    expect(command).toBe('nx g nx-trainyard:init && nx sync');
    expect(ws.nx('g', 'nx-trainyard:init').code).toBe(0);
    expect(ws.nx('sync').code).toBe(0);
    expect(check().code).toBe(0);
  });

  test('is among the affected tasks when a recipe or a script changes', () => {
    const isAffected = () =>
      ws.nx('affected', '-t', 'check-launchers').text.includes('for project recipes');
    expect(isAffected()).toBe(false);
    ws.edit(`${RECIPES}/llama/ppo.yaml`, 'name: ppo', 'name: new');
    expect(isAffected()).toBe(true);
    ws.restore();
    ws.edit(PPO, 'RUN_NAME=', 'NAME=');
    expect(isAffected()).toBe(true);
  });
});

describe('prune-launchers', () => {
  test('never enters preserved folders, and keeps scripts by hand and of broken recipes', () => {
    ws.write(`${RECIPES}/llama/ppo.yaml`, 'run: [');
    ws.write(`${RECIPES}/llama/grpo_long.yaml`, 'run: {name: collides}\n');
    ws.write('launcher_scripts/custom_script/another.sh', '');
    ws.write('launcher_scripts/llama/notes.txt', '');
    const before = ws.changes();
    expect(ws.nx('run', 'recipes:prune-launchers').text).toContain(
      'Every script has a recipe; nothing to remove.',
    );
    expect(ws.changes()).toBe(before);
  });

  test('removes nothing when there is no folder of recipes', () => {
    ws.edit(
      'recipes_collection/launcher_scripts_config.yaml',
      'settings:',
      'settings:\n  recipes_dir: recipes_collection/recipies',
    );
    const ran = ws.nx('run', 'recipes:prune-launchers');
    expect(ran.code).toBe(1);
    expect(ran.text).toContain("there is no recipes folder 'recipes_collection/recipies'");
    expect(ws.exists(PPO)).toBe(true);
  });
});

describe('scripts that no recipe can have', () => {
  const MINE = ['launcher_scripts/llama/mine.sh', 'launcher_scripts/mine/run-all.sh'];

  test('are noted by the check, and touched by nothing', () => {
    for (const path of MINE) ws.write(path, 'mine');
    const ran = check();
    expect(ran.code).toBe(0);
    expect(ran.text).toContain(`note [foreign-script] ${MINE.join(', ')} are not generated`);
    expect(ws.nx('run', 'recipes:prune-launchers').text).toContain(
      'Every script has a recipe; nothing to remove.',
    );
    disturb();
    expect(ws.nx('sync').code).toBe(0);
    for (const path of MINE) expect(ws.read(path)).toBe('mine');
  });
});

describe('nx sync', () => {
  test('names what it removes, how to have it back, and what it cannot make', () => {
    ws.write('launcher_scripts/llama/run_mine.sh', 'my work');
    ws.write(`${RECIPES}/llama/ppo.yaml`, 'run: {name: 3}\n');
    const ran = ws.nx('sync');
    expect(ran.code).toBe(0);
    expect(ran.text).toContain(
      'launcher_scripts/llama/run_mine.sh: will be removed, because it belongs to no recipe (uncommitted;',
    );
    expect(ran.text).toContain(`${RECIPES}/llama/ppo.yaml:1:13: error [RecipeValue]`);
    expect(ws.exists('launcher_scripts/llama/run_mine.sh')).toBe(false);
    const id = /git cat-file -p (\w+)/.exec(ran.text)?.[1] ?? '';
    expect(ws.git('cat-file', '-p', id)).toBe('my work');
  });

  test('keeps a script that a person has edited before it is replaced, as a cache hit does', () => {
    const script = 'launcher_scripts/llama/run_ppo.sh';
    for (const replace of [['sync'], ['run-many', '-t', 'generate-launchers']]) {
      ws.write(script, 'my work');
      const ran = ws.nx(...replace);
      expect(ran.code).toBe(0);
      expect(ran.text.match(/To restore it, run: /g)).toHaveLength(1);
      expect(ran.text).toContain(script);
      expect(ws.changes()).toBe('');
      const [, ...back] = (/To restore it, run: git (.*)/.exec(ran.text)?.[1] ?? '').split(' ');
      ws.git('restore', ...back.slice(-4));
      expect(ws.read(script)).toBe('my work');
      ws.restore();
    }
  });

  test('finds with sync:check what check-launchers finds, and mends all of it', () => {
    disturb();
    const red = ws.nx('sync:check');
    expect(red.code).toBe(1);
    for (const finding of FINDINGS) expect(red.text).toContain(finding);
    expect(ws.nx('sync').code).toBe(0);
    expect(ws.changes()).toBe('');
    expect(ws.nx('sync:check').code).toBe(0);
  });
});
