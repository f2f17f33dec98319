import { HEAD, experiment, problems } from '../../../../testing/experiment-text';
import { packageJson } from '../../../files/package-files';
import { EXPERIMENT_SCHEMA } from './experiment-schema';

interface Schema {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly deprecated?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const schema = packageJson<Schema>(EXPERIMENT_SCHEMA.file);

function* propertiesOf(part: Schema, path = ''): Generator<[path: string, property: Schema]> {
  for (const [name, property] of Object.entries(part.properties ?? {})) {
    yield [`${path}${name}`, property];
    yield* propertiesOf(property, `${path}${name}.`);
    yield* propertiesOf(property.items ?? {}, `${path}${name}[].`);
  }
}

describe('the schema of experiment.yaml', () => {
  it.each(Array.from(propertiesOf(schema)))('tells an editor what %s is for', (_, property) => {
    expect(property.description).toMatch(/\w.*\.$/);
    expect(property.examples?.length).toBeGreaterThan(0);
  });

  it('accepts an experiment made of nothing but its own examples', () => {
    const skipped = ['framework_config', 'experiment_name', 'base_config', 'base_config_file'];
    const sections = Object.entries(schema.properties ?? {})
      .filter(([name]) => !skipped.includes(name))
      .map(([name, { examples = [] }]) => `${name}: ${JSON.stringify(examples[0])}\n`);
    const text = `${sections.join('')}framework_config: {base_config: llama3_2/1B_lora_single_device}\n`;
    expect(experiment(text).name).toBe('lora_rank_study');
  });
});

describe('an unknown key is refused', () => {
  it.each([
    [
      'varables: {a: [1]}\n',
      "3:1 ExperimentSchema unknown key 'varables' | Did you mean 'variables'?",
    ],
    [
      'sweep: {samples: {n: 3, seed: 0}}\n',
      "3:9 ExperimentSchema unknown key 'samples' in 'sweep' | Did you mean 'sample'?",
    ],
    [
      'sweep: {repeats: {n: 1, sed_key: a}}\n',
      "3:25 ExperimentSchema unknown key 'sed_key' in 'sweep.repeats' | Did you mean 'seed_key'?",
    ],
    [
      'evaluation: {framework: inspect, tasks: [{name: a, fle: b}]}\n',
      "3:52 ExperimentSchema unknown key 'fle' in 'evaluation.tasks[0]' | Did you mean 'file'?",
    ],
    [
      'resources: {gpu: 3}\n',
      "3:13 ExperimentSchema unknown key 'gpu' in 'resources' | Did you mean 'gpus'?",
    ],
  ])('with the nearest known one: %j', (text, message) => {
    expect(problems(HEAD + text)).toEqual([message]);
  });

  it('with the section where it belongs', () => {
    expect(problems(`${HEAD}question: why\nsweep: {derived: {}}\n`)).toEqual([
      "3:1 ExperimentSchema unknown key 'question' | 'question' belongs under 'experiment'.",
      "4:9 ExperimentSchema unknown key 'derived' in 'sweep' | 'derived' belongs at the top level.",
    ]);
  });

  it('with all known ones where none is near', () => {
    expect(problems(`${HEAD}limits: {bananas: 1}\n`)).toEqual([
      "3:10 ExperimentSchema unknown key 'bananas' in 'limits' | Known keys: max_runs.",
    ]);
  });

  it('once, and not again as a missing key that it misspells', () => {
    const text = 'experiment: {nme: a, framework: torchtune}\nframework_config: {base_confg: x}\n';
    expect(problems(text)).toEqual([
      "1:14 ExperimentSchema unknown key 'nme' in 'experiment' | Did you mean 'name'?",
      "2:20 ExperimentSchema unknown key 'base_confg' in 'framework_config' | Did you mean 'base_config'?",
    ]);
  });
});

describe('what must be there', () => {
  it.each([
    ['', '1:1 ExperimentSchema the file must be a mapping, but is empty'],
    ['- a\n', '1:1 ExperimentSchema the file must be a mapping, but is a list'],
  ])('is a mapping: %j', (text, message) => {
    expect(problems(text)).toEqual([message]);
  });

  it('is named with an example of it, at the key that lacks it', () => {
    expect(problems('framework_config: {base_config: x}\nexperiment: {}\n')).toEqual([
      "2:1 ExperimentSchema 'experiment' is missing 'name' | Add it, for example name: lora_rank_study",
      "2:1 ExperimentSchema 'experiment' is missing 'framework' | Add it, for example framework: torchtune",
    ]);
    expect(problems('framework_config: {base_config: x}\n')).toEqual([
      `1:1 ExperimentSchema the file is missing 'experiment' | Add it, for example experiment: ${JSON.stringify({ name: 'lora_rank_study', framework: 'torchtune' })}`,
    ]);
  });

  it('is one base config, and only one', () => {
    const head = 'experiment: {name: a, framework: torchtune}\n';
    expect(problems(`${head}framework_config: {}\n`)).toEqual([
      "2:1 ExperimentSchema 'framework_config' needs one of 'base_config', 'base_config_file' and 'base_recipe' | For example, base_config: llama3_2/1B_lora_single_device",
    ]);
    expect(problems(`${head}framework_config: {base_config: x, base_config_file: y}\n`)).toEqual([
      "2:36 ExperimentSchema 'framework_config' has 'base_config' and 'base_config_file', but only one of them is allowed | Remove all but one.",
    ]);
  });

  it('is a number of repeats, or their seeds', () => {
    expect(problems(`${HEAD}sweep: {repeats: {seed_key: seed}}\n`)).toEqual([
      "3:9 ExperimentSchema 'sweep.repeats' needs one of 'n' and 'seeds' | For example, n: 3",
    ]);
  });
});

describe('the name of an experiment', () => {
  it.each(['lora_rank_study', 'a.b-C_1', '_x', '-x'])('can be %s', (name) => {
    expect(
      problems(
        `experiment: {name: ${name}, framework: torchtune}\nframework_config: {base_config: x}\n`,
      ),
    ).toEqual([]);
  });

  it.each(['.hidden', 'my study', 'a/b', "''", 'é'])('cannot be %s', (name) => {
    const [only, ...others] = problems(
      `experiment: {name: ${name}, framework: torchtune}\nframework_config: {base_config: x}\n`,
    );
    expect(others).toEqual([]);
    expect(only).toContain(
      `1:20 ExperimentSchema 'experiment.name' cannot be '${name.replaceAll("'", '')}'`,
    );
    expect(only).toContain("Letters, digits, '.', '_' and '-', not starting with a dot");
  });
});

it('a placeholder without quotes is a mapping, and shown with quotes', () => {
  expect(problems(`${HEAD}controls: {s: {run_id}}\n`)).toEqual([
    "3:15 ExperimentSchema without quotes, {run_id} is a mapping with one key | Put it in quotes: '{run_id}'",
  ]);
});

it('lists the frameworks when it knows none by that name', () => {
  const text = 'experiment: {name: a, framework: pytorch}\nframework_config: {base_config: x}\n';
  expect(problems(text)).toEqual([
    "1:34 ExperimentSchema 'experiment.framework' cannot be 'pytorch' | Write 'torchtune', 'hyperpod' or 'generic'.",
  ]);
});

describe('the values of a variable', () => {
  it.each([
    [
      'lora_rank: 8',
      "3:24 ExperimentSchema 'lora_rank' must be a list of values, but is the number 8 | Put it under controls, or write [8].",
    ],
    [
      'opt: adamw',
      "3:18 ExperimentSchema 'opt' must be a list of values, but is the string 'adamw' | Put it under controls, or write [adamw].",
    ],
    [
      'lr: []',
      "3:17 EmptyVariable 'lr' has no values | Write at least one value, as in lr: [8, 16], or remove the key.",
    ],
    [
      'lr:',
      "3:13 EmptyVariable 'lr' has no values | Write at least one value, as in lr: [8, 16], or remove the key.",
    ],
    [
      'm: {r: [8]}',
      "3:17 ExperimentSchema unknown key 'r' in 'variables.m' | Write a nested key with dots, 'm.r: [8]', or a list of mappings: [{r: …}].",
    ],
    [
      'm: {rnge: [1, 2, 3]}',
      "3:17 ExperimentSchema unknown key 'rnge' in 'variables.m' | Did you mean 'range'?",
    ],
    [
      'm: {}',
      "3:16 ExperimentSchema 'm' must give its values in exactly one form | Write a list of values, or one of range, linspace, and log.",
    ],
    [
      'm: {range: [1, 2]}',
      "3:24 ExperimentSchema 'variables.m.range' needs 3 items, but has 2 | Write [1, 2, 1], where 1 is the step.",
    ],
    [
      'm: {log: [1, 2, 3, 4]}',
      "3:22 ExperimentSchema 'variables.m.log' can have at most 3 items, but has 4 | [first, last, n]: n values with equal ratios, including both ends.",
    ],
    [
      'm: {linspace: [1, 2, 2.5]}',
      "3:34 ExperimentSchema 'variables.m.linspace[2]' must be a whole number, but is the number 2.5",
    ],
    [
      "m: {range: [1, 2, '3']}",
      "3:31 ExperimentSchema 'variables.m.range[2]' must be a number, but is the string '3' | Remove the quotes: 3",
    ],
  ])('are a list or one of the shorthands: %s', (variable, message) => {
    expect(problems(`${HEAD}variables: {${variable}}\n`)).toEqual([message]);
  });

  it('are a list outside of the config and in zip groups too', () => {
    expect(problems(`${HEAD}outside: {node: a}\nsweep: {zip: [{x: [], y: 3}]}\n`)).toEqual([
      "3:17 ExperimentSchema 'node' must be a list of values, but is the string 'a' | Write [a].",
      "4:19 EmptyVariable 'x' has no values | Write at least one value, as in x: [8, 16], or remove the key.",
      "4:26 ExperimentSchema 'y' must be a list of values, but is the number 3 | Write [3].",
    ]);
  });
});

describe('a value of the wrong kind is refused', () => {
  it.each([
    [
      'controls: [1]',
      /^3:11 .*'controls' must be a mapping, but is a list \| For example, controls: /,
    ],
    [
      'cluster: 3',
      "3:10 ExperimentSchema 'cluster' must be a string, but is the number 3 | Put it in quotes: '3'",
    ],
    [
      'delete: a.b',
      "3:9 ExperimentSchema 'delete' must be a list, but is the string 'a.b' | Write [a.b].",
    ],
    [
      'replace: [true]',
      "3:11 ExperimentSchema 'replace[0]' must be a string, but is true | Put it in quotes: 'true'",
    ],
    [
      'derived: {a: 3}',
      "3:14 ExperimentSchema 'derived.a' must be a string, but is the number 3 | Put it in quotes: '3'",
    ],
    [
      'sweep: {sample: {n: ten, seed: 0}}',
      "3:21 ExperimentSchema 'sweep.sample.n' must be a whole number, but is the string 'ten' | For example, n: 20",
    ],
    [
      'sweep: {sample: {n: 0, seed: 0}}',
      "3:21 ExperimentSchema 'sweep.sample.n' must be at least 1, got 0",
    ],
    [
      'sweep: {sample: {n: 3}}',
      "3:9 ExperimentSchema 'sweep.sample' is missing 'seed' | Add it, for example seed: 0",
    ],
    [
      'sweep: {runs: x}',
      /^3:15 .*'sweep.runs' must be a list, but is the string 'x' \| For example, runs: /,
    ],
    [
      'sweep: {exclude: [{}]}',
      '3:19 ExperimentSchema \'sweep.exclude[0]\' is empty | For example, exclude: [{"lora_rank":[64,128],"batch_size":16}]',
    ],
    ['sweep: {exclude: [{a: []}]}', /^3:23 .*'sweep.exclude\[0\].a' is empty \|/],
    [
      'sweep: {when: [{if: {a: 1}}]}',
      `3:16 ExperimentSchema 'sweep.when[0]' is missing 'set' | Add it, for example set: {"batch_size":4}`,
    ],
    [
      'sweep: {repeats: {n: 1, seeds: [1.5]}}',
      "3:33 ExperimentSchema 'sweep.repeats.seeds[0]' must be a whole number, but is the number 1.5 | For example, seeds: [42,43,44]",
    ],
    [
      'output: {form: config}',
      "3:16 ExperimentSchema 'output.form' cannot be 'config' | Write 'configs' or 'overrides'. Did you mean 'configs'?",
    ],
    [
      "output: {per_run_output_dir: 'yes'}",
      "3:30 ExperimentSchema 'output.per_run_output_dir' must be true or false, but is the string 'yes' | For example, per_run_output_dir: true",
    ],
    [
      'validate: {mode: strict}',
      "3:18 ExperimentSchema 'validate.mode' cannot be 'strict' | Write 'off', 'warn' or 'error'.",
    ],
    [
      'validate: {silence: [{id: fp16}]}',
      /^3:22 .*'validate.silence\[0\]' is missing 'reason' \| Add it, for example reason: /,
    ],
    [
      "limits: {max_runs: '10'}",
      "3:20 ExperimentSchema 'limits.max_runs' must be a whole number, but is the string '10' | Remove the quotes: 10",
    ],
    ['resources: {nodes: 0}', "3:20 ExperimentSchema 'resources.nodes' must be at least 1, got 0"],
    [
      'resources: {mem: {8B: []}}',
      /^3:23 .*'resources.mem.8B' must be a number or a string, but is a list/,
    ],
    [
      'resources: {time: 12:00:00}',
      "3:19 ExperimentSchema 'resources.time' must be a string or a mapping, but is the number 43200 | Put it in quotes: '12:00:00'",
    ],
    [
      'resources: {time: 4 hours}',
      /^3:19 .*'resources.time' cannot be '4 hours' \| Time limit of a run in Slurm's format/,
    ],
    [
      'evaluation: {framework: inspct}',
      "3:25 ExperimentSchema 'evaluation.framework' cannot be 'inspct' | Write 'inspect' or 'eleuther'. Did you mean 'inspect'?",
    ],
    [
      'evaluation: {framework: inspect, tasks: []}',
      /^3:41 .*'evaluation.tasks' is empty \| For example, tasks: /,
    ],
  ])('%s', (text, message) => {
    const found = problems(`${HEAD}${text}\n`);
    const matching = message instanceof RegExp ? expect.stringMatching(message) : message;
    expect(found).toEqual([matching]);
  });
});

it('takes a section in which everything is commented out for an absent one', () => {
  const sections = [
    'variables',
    'controls',
    'outside',
    'sweep',
    'derived',
    'delete',
    'output',
    'limits',
  ];
  expect(problems(HEAD + sections.map((name) => `${name}:\n`).join(''))).toEqual([]);
});

it('takes a key with any name for a key', () => {
  expect(problems(`${HEAD}__proto__: 1\ncontrols: {__proto__: 1, constructor: 2}\n`)).toEqual([
    expect.stringMatching(
      /^3:1 ExperimentSchema unknown key '__proto__' \| Known keys: experiment, /,
    ),
  ]);
});
