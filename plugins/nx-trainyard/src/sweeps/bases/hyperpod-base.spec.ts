import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { TemporarySweep, problemsOf } from '../../../testing/temporary-sweep';
import { parseOverride } from '../../hydra/overrides/parse';

const CONFIG = `header: |
  #!/bin/bash
templates:
  at_end: |
    ROOT="\${{ROOT:-.}}"
    exec printf '%s\\0' recipes={recipe_path} name="{run_name}" "$@" # {model_save_name}
  at_place: |
    exec printf '%s\\0' {overrides} nodes={config.trainer.nodes} last
  twice: |
    exec printf '%s\\0' {overrides} then {overrides} name="{run_name}"
  elsewhere: |
    printf 'start\\0' # "$@"
    true "$@"
    exec printf '%s\\0' {overrides} last
  inside: |
    log() {{ true "$@"; }}
    show() {{
      log; printf '%s\\0' {overrides} "$@"
    }}
    show own
  logged: |
    function log {{ printf '%s\\0' log "$@"; }}
    log start
    printf '%s\\0' train "$@"
  beside: |
    exec printf '%s\\0' {overrides} \\
      "$@"
  nowhere: |
    printf '%s\\0' recipes={recipe_path}
default_template: at_end
`;

const FILES = {
  'recipes_collection/launcher_scripts_config.yaml': CONFIG,
  'recipes_collection/recipes/tuning/hydra_config/actor.yaml': 'lr: 0.001\nsteps: 10\nnote: null\n',
  'recipes_collection/recipes/tuning/ppo.yaml': `defaults:
  - /hydra_config/actor@actor
  - _self_
run: {name: ppo}
trainer: {nodes: 2, total: "\${trainer.nodes}"}
`,
  'recipes_collection/recipes/tuning/placed.yaml':
    'run: {model_type: at_place}\ntrainer: {nodes: 2}\n',
  'recipes_collection/recipes/tuning/twice.yaml': 'run: {model_type: twice, name: x}\n',
  'recipes_collection/recipes/tuning/elsewhere.yaml': 'run: {model_type: elsewhere}\nn: 1\n',
  'recipes_collection/recipes/tuning/inside.yaml': 'run: {model_type: inside}\nn: 1\n',
  'recipes_collection/recipes/tuning/logged.yaml': 'run: {model_type: logged}\nn: 1\n',
  'recipes_collection/recipes/tuning/beside.yaml': 'run: {model_type: beside}\nn: 1\n',
  'recipes_collection/recipes/tuning/nowhere.yaml': 'run: {model_type: nowhere}\n',
};

/** Runs keep the name of their recipe. */
const ONE_NAME = 'output: {per_run_name: false}\n';

function sweep(rest: string, recipe = 'tuning/ppo'): TemporarySweep {
  const head = `experiment: {name: e, framework: hyperpod}
framework_config: {base_recipe: ${recipe}}
`;
  return new TemporarySweep(head + rest, FILES);
}

/** What a script gives to the program that it starts. */
function given(made: TemporarySweep, script: string, ...args: string[]): string[] {
  const file = join(made.folder, 'configs', script);
  execFileSync('bash', ['-n', file]);
  const printed = execFileSync(file, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return printed.split('\0').slice(0, -1);
}

describe('a run over a recipe', () => {
  const made = sweep(`variables: {actor.lr: [1e-3, 2e-5]}
controls: {actor: {steps: 20, note: "it's, $HOME", added: [1, {k: v}]}}
`);
  made.generate();

  it('is the recipe’s launcher script, which can be executed', () => {
    expect(made.files()).toEqual(['manifest.json', 'run_000.sh', 'run_001.sh', 'run_mapping.yaml']);
    expect(statSync(join(made.folder, 'configs/run_000.sh')).mode & 0o111).not.toBe(0);
    expect(made.read('configs/run_000.sh')).toMatch(/^#!\/bin\/bash\n\nROOT="\$\{ROOT:-\.\}"\n/);
  });

  it('gives the launcher what it changes as Hydra overrides, before the arguments of the caller', () => {
    const [recipe, name, ...overrides] = given(made, 'run_001.sh', 'mine=1');
    const own = `ppo-${made.runs()[1]?.fingerprint.slice(0, 8)}`;
    expect([recipe, name]).toEqual(['recipes=tuning/ppo', `name=${own}`]);
    expect(overrides.pop()).toBe('mine=1');
    const read = overrides.map(parseOverride);
    expect(read.map(({ type, key }) => `${type} ${key}`)).toEqual([
      'CHANGE recipes.actor.lr',
      'CHANGE recipes.actor.steps',
      'CHANGE recipes.actor.note',
      'ADD recipes.actor.added',
      'CHANGE recipes.run.name',
    ]);
    expect(read.map(({ value }) => value)).toMatchObject([
      { kind: 'float', value: 2e-5 },
      { kind: 'int', value: 20n },
      { kind: 'str', value: "it's, $HOME" },
      { kind: 'list' },
      { kind: 'str', value: own },
    ]);
  });

  it('leaves out what stays as the recipe has it', () => {
    expect(given(made, 'run_000.sh').join(' ')).not.toContain('actor.lr');
  });

  it('has its mapping, and is started by bash', () => {
    expect(made.read('configs/run_mapping.yaml')).toBe(
      'run_000:\n  variables:\n    actor.lr: 0.001\nrun_001:\n  variables:\n    actor.lr: 2.0e-05\n',
    );
    const { runs, base } = JSON.parse(made.read('configs/manifest.json')) as {
      runs: Record<string, unknown>;
      base: unknown;
    };
    expect(runs['run_000']).toMatchObject({
      recipe: 'tuning/ppo',
      command: ['bash', 'configs/run_000.sh'],
    });
    expect(base).toMatchObject({ kind: 'recipe', name: 'tuning/ppo' });
  });
});

it('arguments stand where the template says {overrides}, and its values are those of the run', () => {
  const made = sweep(`variables: {trainer.nodes: [2, 4]}\n${ONE_NAME}`, 'tuning/placed');
  made.generate();
  expect(given(made, 'run_000.sh')).toEqual(['nodes=2', 'last']);
  expect(given(made, 'run_001.sh')).toEqual(['recipes.trainer.nodes=4', 'nodes=4', 'last']);
});

it('arguments stand at every {overrides}, whatever the values are', () => {
  const made = sweep(
    'variables: {run.name: ["%trainyard-overrides%", "{overrides}"]}\n',
    'tuning/twice',
  );
  made.generate();
  expect(given(made, 'run_000.sh')).toEqual([
    'recipes.run.name=%trainyard-overrides%',
    'then',
    'recipes.run.name=%trainyard-overrides%',
    'name=%trainyard-overrides%',
  ]);
  const [first, , second, name] = given(made, 'run_001.sh');
  expect(first).toBe(second);
  expect(name).toBe('name={overrides}');
});

it('the name of a run may vary, in the template too', () => {
  const made = sweep('variables: {run.name: [one, two]}\n');
  made.generate();
  expect(given(made, 'run_001.sh')).toEqual([
    'recipes=tuning/ppo',
    'name=two',
    'recipes.run.name=two',
  ]);
});

describe('without {overrides}, arguments go before the one word "$@"', () => {
  const over = (template: string) => {
    const made = sweep(`controls: {added: 1}\n${ONE_NAME}`, 'tuning/own');
    const indented = template.replaceAll('\n', '\n    ');
    made.write(
      'recipes_collection/launcher_scripts_config.yaml',
      `header: "#!/bin/bash"\ntemplates:\n  own: |\n    ${indented}\n`,
    );
    made.write('recipes_collection/recipes/tuning/own.yaml', 'run: {model_type: own}\n');
    return made;
  };
  const PRINT = "printf '%s\\0'";

  it.each([
    ['in a comment', `${PRINT} "$@" # pass "$@"`],
    ['in a comment above', `# "$@" is passed\n${PRINT} "$@"`],
    ['in quotes', `: 'all "$@" of it' "all of "$@""\n${PRINT} "$@"; : '"$@"'`],
    ['in a heredoc', `${PRINT} "$@"\ncat <<EOF >/dev/null\n"$@"\nEOF`],
    ['in a longer word', `${PRINT} "$@"\n: x"$@" "$@"x`],
  ])('and not before one %s', (_where, template) => {
    const made = over(template);
    made.generate();
    expect(given(made, 'run_000.sh', 'mine=1')).toEqual(['+recipes.added=1', 'mine=1']);
  });

  it('of which there may be but one', () => {
    expect(
      over(`${PRINT} recipes={recipe_path} "$@" || exit 1\necho done "$@"`).problems(),
    ).toEqual([
      `recipes_collection/launcher_scripts_config.yaml:5:15 TemplateSyntax the template 'own' has "$@" 2 times, so it is unclear which of them takes a run's arguments (Write {overrides} as a separate word where the arguments belong.)`,
    ]);
    const made = over(`${PRINT} {overrides} "$@" || exit 1\necho "$@" >/dev/null`);
    made.generate();
    expect(given(made, 'run_000.sh', 'mine=1')).toEqual(['+recipes.added=1', 'mine=1']);
  });

  it('and a template that has it in a comment alone has no place for them', () => {
    expect(over(`${PRINT} recipes={recipe_path} # pass "$@"`).problems()).toEqual([
      expect.stringMatching(
        /:3:8 TemplateSyntax the template 'own' has nowhere to put a run's arguments .*"\$@", at the end/,
      ),
    ]);
  });
});

it('a template for another program than a shell has no place for arguments', () => {
  const made = sweep('', 'tuning/nowhere');
  made.write(
    'recipes_collection/launcher_scripts_config.yaml',
    'header: "#!/usr/bin/env python3"\ntemplates:\n  nowhere: |\n    print("$@")\n',
  );
  expect(made.problems()).toEqual([expect.stringContaining('does not name a shell')]);
});

it('a template without a place for arguments is refused', () => {
  expect(sweep('variables: {a: [1]}\n', 'tuning/nowhere').problems()).toEqual([
    expect.stringMatching(
      /^recipes_collection\/launcher_scripts_config.yaml:\d+:\d+ TemplateSyntax the template 'nowhere' has nowhere to put a run's arguments/,
    ),
  ]);
});

it('a recipe that is not there is refused with the nearest', () => {
  expect(sweep('', 'tuning/ppp').problems()).toEqual([
    "experiment.yaml:2:33 BaseConfigNotFound there is no recipe 'tuning/ppp' in this workspace (Did you mean 'tuning/ppo'?)",
  ]);
});

it('a recipe that does not compose is refused at its own line', () => {
  const broken = sweep('');
  broken.write('recipes_collection/recipes/tuning/ppo.yaml', 'defaults: [/hydra_config/akter]\n');
  expect(broken.problems()).toEqual([
    expect.stringMatching(
      /^recipes_collection\/recipes\/tuning\/ppo.yaml:1:12 MissingConfigException/,
    ),
  ]);
});

it('values are compared with the recipe’s, and its files are those of the base', () => {
  expect(sweep('controls: {actor.lr: fast}\n').problems()).toEqual([
    expect.stringContaining("TypeMismatch Cannot override float with str at key 'actor.lr'"),
  ]);
  const { base } = sweep('').plan();
  expect(base.files.map((file) => file.replace(/^.*recipes\//, ''))).toEqual(
    expect.arrayContaining(['tuning/ppo.yaml', 'tuning/hydra_config/actor.yaml']),
  );
});

it('is looked for in a workspace, and without one the recipe is underlined', () => {
  const recipe = 'experiment.yaml:2:33 LauncherSettings there is no';
  const bare = (files: Readonly<Record<string, string>>) =>
    new TemporarySweep(sweep('').read('experiment.yaml'), files).problems();
  expect(bare({})).toEqual([
    `${recipe} launcher configuration recipes_collection/launcher_scripts_config.yaml (Create it, with a template that starts a recipe:
  templates:
    llm_finetuning_aws: |
      python3 main.py recipes={recipe_path}
If it is somewhere else, set the plugin option 'launcherConfig' or pass --launcher-config. Outside Nx, pass the workspace with --root.)`,
  ]);
  expect(bare({ 'recipes_collection/launcher_scripts_config.yaml': CONFIG })).toEqual([
    expect.stringContaining(`${recipe} recipes folder 'recipes_collection/recipes' (Create it,`),
  ]);
});

it('the arguments of a function are not those of the script', () => {
  const made = sweep(`controls: {n: 2}\n${ONE_NAME}`, 'tuning/logged');
  made.generate();
  expect(given(made, 'run_000.sh')).toEqual(['log', 'start', 'train', 'recipes.n=2']);
});

describe('the form overrides', () => {
  it('is one script that takes a line of arguments', () => {
    const made = sweep('variables: {actor.note: ["a b", "it\'s"]}\noutput: {form: overrides}\n');
    made.generate();
    expect(made.files()).toEqual([
      'base.sh',
      'manifest.json',
      'run_mapping.yaml',
      'runs.args',
      'runs.jsonl',
    ]);
    const script = 'eval "set -- $(sed -n 2p runs.args)"; bash base.sh "$@"';
    const cwd = join(made.folder, 'configs');
    const words = execFileSync('bash', ['-c', script], { cwd, encoding: 'utf8' }).split('\0');
    expect(words.slice(2, -1).map((word) => parseOverride(word).value)).toMatchObject([
      { value: "it's" },
    ]);
  });

  it('takes arguments also where the template has only {overrides}', () => {
    const made = sweep('controls: {extra: 1}\noutput: {form: overrides}\n', 'tuning/placed');
    made.generate();
    expect(given(made, 'base.sh', 'x', 'y z')).toEqual(['x', 'y z', 'nodes=2', 'last']);
  });

  it('takes arguments into a function, which has others of its own', () => {
    const inside = sweep('controls: {n: 2}\noutput: {form: overrides}\n', 'tuning/inside');
    inside.generate();
    expect(given(inside, 'base.sh', 'x', 'y z')).toEqual(['x', 'y z', 'own']);
  });

  it('takes arguments once, and where {overrides} stands though another command has "$@"', () => {
    const form = 'controls: {n: 2}\noutput: {form: overrides}\n';
    const elsewhere = sweep(form, 'tuning/elsewhere');
    elsewhere.generate();
    expect(given(elsewhere, 'base.sh', 'x', 'y z')).toEqual(['start', 'x', 'y z', 'last']);
    const beside = sweep(form, 'tuning/beside');
    beside.generate();
    expect(given(beside, 'base.sh', 'x', 'y z')).toEqual(['x', 'y z']);
  });

  it('is refused where runs need scripts of their own', () => {
    const made = sweep(
      'variables: {trainer.nodes: [2, 4]}\noutput: {form: overrides}\n',
      'tuning/placed',
    );
    expect(problemsOf(() => made.generate())).toEqual([
      "UnwritableOverride run_001 sets what the recipe's template has in its own text, so its script differs (Write 'output: {form: configs}' to give each run its own script.)",
    ]);
  });
});
