import { GENERIC, HEAD, experiment, problems } from '../../../testing/experiment-text';
import { formatValue } from '../../yaml/writer/format-value';

/** Keys and values as short texts, with the position of the key. */
function listed(
  entries: readonly {
    key: { name: string; location: { start: number } };
    value: Parameters<typeof formatValue>[0];
  }[],
): string[] {
  return entries.map(({ key, value }) => `${key.name}=${formatValue(value)}`);
}

const EXAMPLES = {
  A: `experiment:
  name: lora_rank_study
  framework: torchtune
  question: "How does LoRA rank affect performance?"

framework_config:
  base_config: llama3_2/1B_lora_single_device  # Run 'tune ls' to see available configs

variables:
  lora_rank: [8, 16, 32, 64]  # 4 values = 4 configs

controls:
  learning_rate: 3e-4
  epochs: 3
  dataset:
    data_files: /path/to/data.json
`,
  B: `experiment:
  name: lora_rank_study
  framework: torchtune
  question: "How does LoRA rank affect downstream task performance?"
  researcher: "Alice"
framework_config:
  base_config: llama3_2/1B_lora_single_device
variables:
  lora_rank: [8, 16, 32, 64]
controls:
  learning_rate: 3e-4
  lora_alpha: 16
  epochs: 3
  batch_size: 4
  dataset:
    data_files: /scratch/data/my_data.json
    packed: true
  output_dir: /scratch/results/lora_study
  metric_logger:
    _component_: torchtune.training.metric_logging.WandBLogger
    project: lora_rank_study
    mode: offline
`,
  C: `experiment: {name: my_experiment, framework: torchtune}
framework_config: {base_config: llama3_2/1B_lora_single_device}
variables: {lora_rank: [8, 16, 32]}
controls: {learning_rate: 3e-4, batch_size: 4}
`,
  D: `experiment: {name: own_base, framework: torchtune}
framework_config: {base_config_file: base.yaml}
variables:
  lora_rank: [8, 16, 32]
  learning_rate: [1e-4, 3e-4, 1e-3]
`,
  E: `experiment: {name: logs, framework: torchtune}
framework_config: {base_config: llama3_2/1B_lora_single_device}
variables: {lora_rank: [8]}
controls: {log_dir: "\${output_dir}/logs"}
`,
};

describe('an experiment as people write it', () => {
  it.each(Object.entries(EXAMPLES))('is read without a word: %s', (_, text) => {
    expect(problems(text)).toEqual([]);
  });

  it('keeps what it says about itself, its base and its keys', () => {
    const { name, framework, about, frameworkConfig, variables, controls } = experiment(EXAMPLES.B);
    expect({ name, framework, about: formatValue(about) }).toEqual({
      name: 'lora_rank_study',
      framework: 'torchtune',
      about:
        '{question: How does LoRA rank affect downstream task performance?, researcher: Alice}',
    });
    expect(frameworkConfig.base).toMatchObject({
      kind: 'name',
      name: 'llama3_2/1B_lora_single_device',
    });
    expect(variables.map(({ key, values }) => [key.name, values.map(formatValue)])).toEqual([
      ['lora_rank', ['8', '16', '32', '64']],
    ]);
    expect(listed(controls)).toEqual([
      'learning_rate=0.0003',
      'lora_alpha=16',
      'epochs=3',
      'batch_size=4',
      'dataset.data_files=/scratch/data/my_data.json',
      'dataset.packed=true',
      'output_dir=/scratch/results/lora_study',
      'metric_logger._component_=torchtune.training.metric_logging.WandBLogger',
      'metric_logger.project=lora_rank_study',
      'metric_logger.mode=offline',
    ]);
  });

  it('may read numbers that only OmegaConf takes for numbers', () => {
    const [control] = experiment(EXAMPLES.A).controls;
    expect(control?.value).toMatchObject({ kind: 'float', value: 0.0003 });
  });

  it('has the defaults of what it leaves out', () => {
    const { output, maxRuns, sample, repeats, validationMode } = experiment(HEAD);
    expect({ output, maxRuns, sample, repeats, validationMode }).toEqual({
      output: { runName: undefined, perRunOutputDir: true, perRunName: true, form: 'configs' },
      maxRuns: 10_000,
      sample: undefined,
      repeats: undefined,
      validationMode: undefined,
    });
  });
});

describe('controls', () => {
  it('are one per leaf, each at the place of its own key', () => {
    const { controls, source } = experiment(`${HEAD}controls:\n  dataset:\n    packed: true\n`);
    const [only] = controls;
    expect(only?.key.name).toBe('dataset.packed');
    expect(source.text.slice(only?.key.location.start)).toBe('packed: true\n');
  });

  it('may be dotted within a mapping', () => {
    expect(
      listed(experiment(`${HEAD}controls: {model: {a.b: 1}, c.d: {e: 2}}\n`).controls),
    ).toEqual(['model.a.b=1', 'c.d.e=2']);
  });

  it('keep a mapping whole that is empty, that is to be replaced, or that has numbers as keys', () => {
    const text = `${HEAD}replace: [model]\ncontrols: {a: {}, model: {b: {c: 1}}, id2label: {0: no way, 1: pos}, l: [{x: 1}]}\n`;
    expect(listed(experiment(text).controls)).toEqual([
      'a={}',
      'model={b: {c: 1}}',
      'id2label={0: no way, 1: pos}',
      'l=[{x: 1}]',
    ]);
  });

  it('have keys that are texts, and paths without gaps', () => {
    expect(problems(`${HEAD}controls: {8: 1, a..b: 2, .c: 3, '': 4}\n`)).toEqual([
      '3:12 ExperimentSchema the key 8 is read as int, but must be a string | Put it in quotes.',
      "3:18 ExperimentSchema 'a..b' is not a valid path: a part of it is empty | Write a.b, with one dot between keys.",
      "3:27 ExperimentSchema '.c' is not a valid path: a part of it is empty | Write c, with one dot between keys.",
      "3:34 ExperimentSchema '' is not a valid path: a part of it is empty | Write one dot between keys, as in 'optimizer.lr'.",
    ]);
  });
});

describe('the rest of an experiment', () => {
  it('is read in full', () => {
    const read = experiment(`${HEAD}variables: {lr: [1, 2], cfg: [{a: 1}, {a: 2}]}
outside: {node: [x]}
sweep:
  zip: [{r: [8, 16], alpha: {range: [16, 32, 16]}}]
  exclude: [{lr: 1, r: [8, 16]}]
  sample: {n: 5, seed: -1}
  runs: [{cfg: {a: 3}, optimizer: {lr: 4}}]
  repeats: {n: 2}
  when: [{if: {dataset: {packed: true}}, set: {model: {x: 1}}}]
derived: {alpha2: 2 * r}
delete: [profiler]
replace: [a.b]
output: {run_name: "r{r}", per_run_output_dir: false, form: overrides}
validate: {mode: "off", silence: [{id: fp16, reason: V100}]}
limits: {max_runs: 7}
cluster: big
resources: {gpus: 1}
`);
    expect(
      read.zip.map((group) => group.map(({ key, values }) => [key.name, values.map(formatValue)])),
    ).toEqual([
      [
        ['r', ['8', '16']],
        ['alpha', ['16', '32']],
      ],
    ]);
    expect(
      read.exclude[0]?.match.map(({ key, anyOf }) => [key.name, anyOf.map(formatValue)]),
    ).toEqual([
      ['lr', ['1']],
      ['r', ['8', '16']],
    ]);
    expect(read.sample).toMatchObject({ n: 5, seed: -1n });
    // A map is a value where its key varies, and a nest of keys elsewhere.
    expect(read.extraRows.map(listed)).toEqual([['cfg={a: 3}', 'optimizer.lr=4']]);
    expect(read.repeats?.seedKey.name).toBe('seed');
    expect(read.repeats?.seeds.map(({ value }) => value)).toEqual([0n, 1n]);
    expect(read.when[0]?.if.map(({ key }) => key.name)).toEqual(['dataset.packed']);
    expect(listed(read.when[0]?.set ?? [])).toEqual(['model.x=1']);
    expect(read.derived).toMatchObject([{ key: { name: 'alpha2' }, expression: '2 * r' }]);
    expect([read.delete, read.replace].map(([path]) => path?.name)).toEqual(['profiler', 'a.b']);
    expect(read.output).toMatchObject({
      runName: { name: 'r{r}' },
      perRunOutputDir: false,
      form: 'overrides',
    });
    expect([read.maxRuns, read.cluster?.name, read.validationMode]).toEqual([7, 'big', 'off']);
    expect(read.silenced).toMatchObject([{ id: 'fp16', reason: 'V100', keys: undefined }]);
  });

  it('takes a mode of off for off, though YAML 1.1 reads it as false', () => {
    const text = `${HEAD}validate: {mode: off}\n`;
    expect(experiment(text).validationMode).toBe('off');
    expect(problems(text)).toEqual([]);
  });

  it('repeats with the seeds that are written', () => {
    const { repeats } = experiment(
      `${GENERIC}sweep: {repeats: {seeds: [42, 7], seed_key: a.seed}}\n`,
    );
    expect(repeats?.seeds.map(({ value }) => value)).toEqual([42n, 7n]);
    expect(repeats?.seedKey.name).toBe('a.seed');
  });
});

it('tells all errors of a file at once, in the order of its lines', () => {
  const text = `experiment: {name: a b, framework: torchtune}
framework_config: {base_config: x, command: run}
variables: {lr: 3, m: {range: [1, 2, 0]}}
sweep: {zip: [{x: [1], y: [1, 2]}]}
derived: {z: "2 *"}
`;
  expect(problems(text).map((problem) => problem.split(' ')[0])).toEqual([
    '1:20',
    '2:36',
    '3:17',
    '3:31',
    '4:24',
    '5:18',
  ]);
});

it('refuses what is no YAML where it goes wrong', () => {
  expect(problems('experiment: {name: a\n')[0]).toMatch(/^\d+:\d+ YamlSyntax /);
  expect(problems(`${HEAD}experiment: {}\n`)[0]).toMatch(/^3:1 DuplicateKey /);
});
