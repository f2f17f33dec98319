import { renderDiagnostic } from '../diagnostics';
import { recipeStatuses, scriptPath } from './recipe-status';
import { readLauncherSettings } from './settings/settings';

const settings = readLauncherSettings({
  path: 'launchers.yaml',
  text: `settings:
  output_dir: out
  excluded_recipe_dirs: [training/archive]
  excluded_recipe_patterns: [smoke]
  manually_maintained:
    training/x/by_hand: x/run_mine.sh
    training/x/another: x/run_mine.sh
`,
});

function statuses(...recipes: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [recipe, status] of recipeStatuses(settings, recipes)) {
    found[recipe] =
      status.kind === 'rejected'
        ? renderDiagnostic(status.problem)
        : `${status.kind}: ${'why' in status ? status.why : status.script}`;
  }
  return found;
}

describe('a script', () => {
  test.each([
    ['fine-tuning/llama/x', 'out/llama/run_x.sh'],
    ['fine-tuning/LLaMA/My-Run-v1.5', 'out/llama/run_My_Run_v1.5.sh'],
    ['fine-tuning/llama/long/deep/x', 'out/llama/run_x.sh'],
    ['fine-tuning/x', 'out/x/run_x.sh'],
    ['x-y', 'out/misc/run_x_y.sh'],
  ])('of %s is %s', (recipe, script) => {
    expect(scriptPath(settings, recipe)).toBe(script);
  });

  test('is not generated for recipes that are excluded or maintained by hand', () => {
    expect(
      statuses(
        'training/archive/old',
        'training/archives',
        'training/x/A-Smoke-Test',
        'training/x/by_hand',
      ),
    ).toEqual({
      'training/archive/old': "excluded: 'excluded_recipe_dirs' lists 'training/archive'",
      'training/archives': "excluded: 'excluded_recipe_dirs' lists 'training/archive'",
      'training/x/A-Smoke-Test': "excluded: 'excluded_recipe_patterns' lists 'smoke'",
      'training/x/by_hand': 'manual: out/x/run_mine.sh',
    });
  });

  test('belongs to nobody when several recipes give it, and each is told of the others', () => {
    const found = statuses('a/x/my-run', 'a/x/my_run', 'b/X/my_run', 'b/x/other');
    const hint = `\nhint: Rename one of the recipes. A script's path is made from the recipe's second folder and its file name, with "-" as "_".`;
    const all = 'all generate out/x/run_my_run.sh';
    expect(found).toEqual({
      'a/x/my-run': `error [ScriptCollision] 'a/x/my-run' and 'a/x/my_run', 'b/X/my_run' ${all}${hint}`,
      'a/x/my_run': `error [ScriptCollision] 'a/x/my_run' and 'a/x/my-run', 'b/X/my_run' ${all}${hint}`,
      'b/X/my_run': `error [ScriptCollision] 'b/X/my_run' and 'a/x/my-run', 'a/x/my_run' ${all}${hint}`,
      'b/x/other': 'generated: out/x/run_other.sh',
    });
  });

  test('that is maintained manually keeps its place, also when another recipe would give it', () => {
    const found = statuses('training/x/by_hand', 'training/x/another', 'training/x/mine');
    expect(found['training/x/by_hand']).toBe('manual: out/x/run_mine.sh');
    expect(found['training/x/another']).toBe('manual: out/x/run_mine.sh');
    expect(found['training/x/mine']).toContain('error [ScriptCollision]');
  });

  test('is not made for a recipe whose path a shell or Nx would read differently', () => {
    expect(statuses('a/x/b c', 'a/x/$(d)')).toEqual({
      'a/x/b c': expect.stringContaining(
        "error [RecipePath] the recipe path 'a/x/b c' contains invalid characters: ' '",
      ),
      'a/x/$(d)': expect.stringContaining(
        'hint: Rename it, using only letters, digits, ".", "_", and "-".',
      ),
    });
  });
});

test('a script under manually_maintained is safe though its recipe is mistyped there', () => {
  const mistyped = readLauncherSettings({
    path: 'launchers.yaml',
    text: 'settings: {manually_maintained: {a/x/mnie: x/run_mine.sh}}\n',
  });
  const status = recipeStatuses(mistyped, ['a/x/mine']).get('a/x/mine');
  expect(status).toMatchObject({ kind: 'rejected' });
});
