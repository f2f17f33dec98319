import { TemporarySweep } from '../../../../testing/temporary-sweep';

const RECIPE = `run: {name: r}
lr: 0
training_config: {model_config: {model_save_name: a/llama_8b}}
exp_manager: {exp_dir: null}
`;

/** A sweep over a recipe whose script has some lines. */
function sweep(lines: string, rest = '', recipe = RECIPE): TemporarySweep {
  const indented = lines.replaceAll('\n', '\n    ');
  return new TemporarySweep(
    `experiment: {name: e, framework: hyperpod}\nframework_config: {base_recipe: t/r}\nvariables: {lr: [1, 2]}\n${rest}`,
    {
      'recipes_collection/launcher_scripts_config.yaml': `templates:\n  llm_finetuning_aws: |\n    ${indented}\n    launch recipes={recipe_path} "$@"\n`,
      'recipes_collection/recipes/t/r.yaml': recipe,
    },
  );
}

function found(made: TemporarySweep) {
  return made.plan().warnings.filter(({ id }) => id === 'shared-output-dir');
}

describe('what a launcher template writes down and no run changes is warned of', () => {
  it.each([
    ['MODEL_SAVE_NAME="{model_save_name}"', 'MODEL_SAVE_NAME of the launcher template, llama-8b'],
    [
      'export MODEL_DIR="${{RESULTS_DIR}}/models/{model_save_name}"',
      'MODEL_DIR of the launcher template, ${RESULTS_DIR}/models/llama-8b',
    ],
    [
      'launch recipes.exp_manager.exp_dir=/fsx/exp',
      'recipes.exp_manager.exp_dir of the launcher template, /fsx/exp',
    ],
    ['JOB_NAME=mine', 'JOB_NAME of the launcher template, mine'],
    ['output_dir={config.exp_manager.exp_root}/x', 'output_dir of the launcher template, /root/x'],
    ['ROOT=/x\nlog_dir=$ROOT/logs', 'log_dir of the launcher template, /x/logs'],
  ])('%s', (line, what) => {
    const recipe = `${RECIPE.replace('exp_dir: null', 'exp_dir: null, exp_root: /root')}`;
    const [warning] = found(sweep(line, '', recipe));
    expect(warning?.message).toContain(`run_000 and run_001 write to the same ${what}`);
  });

  it.each([
    'RUN_NAME="{run_name}"\nlaunch recipes.run.name="${{RUN_NAME}}"',
    'launch recipes.exp_manager.exp_dir="${{RESULTS_DIR}}/{run_name}"',
    'NAME="{run_name}"\nEXP_DIR="/fsx/$NAME"',
    'RESULTS_DIR="${{RESULTS_DIR:-/fsx/results}}"\nlaunch base_results_dir="${{RESULTS_DIR}}"',
    'RUN_NAME="lr-{config.lr}"',
    "launch ++recipes.run.name='fixed'",
    '# exp_dir=/fsx/exp',
    'MODEL_DIR=/models/llama',
    'echo "{model_save_name}"',
  ])('but not %j', (line) => {
    expect(found(sweep(line))).toEqual([]);
  });

  it('but not what the runs set themselves, after the template', () => {
    const line = 'launch recipes.exp_manager.exp_dir=/fsx/exp';
    expect(found(sweep(line, 'controls: {exp_manager.exp_dir: "/fsx/{run_id}"}\n'))).toEqual([]);
  });

  it('but not beside the run name that it has, where that is shared', () => {
    const line = 'RUN_NAME="{run_name}"\nEXP_DIR="/fsx/{run_name}"';
    const [warning, ...others] = found(sweep(line, 'output: {per_run_name: false}\n'));
    expect(others).toEqual([]);
    expect(warning?.message).toBe('run_000 and run_001 write to the same run.name, r');
  });

  it('and the hint ends it', () => {
    for (const recipe of [RECIPE, 'run: {name: r}\nlr: 0\n']) {
      const made = sweep('MODEL_SAVE_NAME="{model_save_name}"', '', recipe);
      const [{ hint = '' } = {}] = found(made);
      const controls = /^Write under controls: (.*)\.$/.exec(hint)?.[1] ?? '';
      expect(controls).toMatch(/^training_config\.model_config\.model_save_name: ".+-\{run_id\}"$/);
      made.write('experiment.yaml', `${made.read('experiment.yaml')}controls: {${controls}}\n`);
      expect(made.plan().warnings).toEqual([]);
    }
  });
});
