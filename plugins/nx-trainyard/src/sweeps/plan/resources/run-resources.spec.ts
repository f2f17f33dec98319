import { TemporarySweep, problemsOf } from '../../../../testing/temporary-sweep';

const LORA = 'llama3_2/1B_lora';
const head = (base: string): string =>
  `experiment: {name: e, framework: torchtune}\nframework_config: {base_config: ${base}}\n`;
const generic = (command: string, rest: string): TemporarySweep =>
  new TemporarySweep(
    `experiment: {name: e, framework: generic}\nframework_config: {base_config_file: base.yaml, command: "${command}"}\n${rest}`,
    { 'base.yaml': 'lr: 1\nmodel: {size: 4}\nbatch: 6\n' },
  );

interface Manifest {
  readonly cluster?: string;
  readonly runs: Record<string, { readonly command?: readonly string[] }>;
  readonly warnings: readonly { readonly id: string; readonly message: string }[];
}

function manifestOf(sweep: TemporarySweep, options = {}): Manifest {
  sweep.generate(options);
  return JSON.parse(sweep.read('configs/manifest.json')) as Manifest;
}

/** The commands of the runs, without the config's name. */
function commands(sweep: TemporarySweep): string[] {
  return Object.values(manifestOf(sweep).runs).map(({ command = [] }) =>
    command.filter((word) => !word.includes('configs/')).join(' '),
  );
}

const inExperiment = (text: string): string => text.replace(/^experiment\.yaml:/, '');

/** What planning and generating refuse: the same. */
function rejected(sweep: TemporarySweep): string[] {
  const planned = sweep.problems();
  expect(problemsOf(() => sweep.generate())).toEqual(planned);
  return planned.map(inExperiment);
}

describe('gpus and nodes of a torchtune run', () => {
  const options = (resources: string, rest = ''): string[] =>
    commands(new TemporarySweep(`${head(LORA)}resources: ${resources}\n${rest}`)).map((command) =>
      command.replace('tune run ', '').replace(' lora_finetune_distributed --config', ''),
    );

  it('reach its command', () => {
    expect(options('{gpus: 8}')).toEqual(['--nnodes 1 --nproc_per_node 8']);
    expect(options('{gpus: 4, nodes: 2}')).toEqual(['--nnodes 2 --nproc_per_node 4']);
    expect(options('{cpus: 4}')).toEqual(['--nnodes 1 --nproc_per_node 1']);
  });

  it.each([
    ['a variable', '{gpus: lora_rank // 4}', 'variables: {lora_rank: [8, 16]}', [2, 4]],
    ['a quotient that is whole', '{gpus: lora_rank / 4}', 'variables: {lora_rank: [8]}', [2]],
    ['a control', '{gpus: 2 * batch_size}', 'controls: {batch_size: 3}', [6]],
    ['an outside key', '{gpus: width}', 'outside: {width: [1, 2]}', [1, 2]],
    ['a key of the base', '{gpus: batch_size}', '', [4]],
    ['a dotted key of the base', '{gpus: model.lora_rank // 32}', '', [2]],
    ['another resource', '{gpus: 2 * nodes, nodes: 3}', '', [6]],
    ['what is derived', '{gpus: batch_size}', 'derived: {batch_size: 1 + 4}', [5]],
    [
      'what a condition sets',
      '{gpus: batch_size}',
      'variables: {lora_rank: [8, 16]}\nsweep: {when: [{if: {lora_rank: 16}, set: {batch_size: 7}}]}',
      [4, 7],
    ],
    ['the seed', '{gpus: seed + 1}', 'sweep: {repeats: {n: 2}}', [1, 2]],
  ])('are computed from %s', (_, resources, rest, gpus) => {
    const found = options(resources, rest).map((text) => Number(text.split(' ').at(-1)));
    expect(found).toEqual(gpus);
  });

  it.each([
    ['a variable', '{gpus: {8: 1, 16: 2}}', 'variables: {lora_rank: [16, 8]}', [2, 1]],
    ['texts', '{gpus: {a: 1, b: 8}}', 'outside: {size: [a, b]}', [1, 8]],
    ['truths', '{gpus: {true: 1, false: 2}}', 'variables: {dataset.packed: [false, true]}', [2, 1]],
    ['an equal number', '{gpus: {1e-4: 3}}', 'variables: {learning_rate: [0.0001]}', [3]],
    ['a control that is left', '{gpus: {8: 3, 16: 1}}', 'controls: {lora_rank: 8}', [3]],
    [
      'the variable that has all keys, of two that have some',
      '{gpus: {1: 1, 2: 2}}',
      'variables: {batch_size: [1, 2], epochs: [1, 3]}',
      [1, 1, 2, 2],
    ],
    [
      'rows of their own',
      '{gpus: {4: 1, 5: lora_rank}}',
      'sweep: {runs: [{lora_rank: 4}, {lora_rank: 5}]}',
      [1, 5],
    ],
  ])('are looked up by the value of %s', (_, resources, rest, gpus) => {
    const found = options(resources, rest).map((text) => Number(text.split(' ').at(-1)));
    // Without variables, the base is a run of its own.
    expect(found.slice(-gpus.length)).toEqual(gpus);
  });

  it('change neither the fingerprint of a run nor its folder', () => {
    const of = (resources: string) =>
      new TemporarySweep(`${head(LORA)}variables: {lora_rank: [8]}\n${resources}`).runs();
    const [plain] = of('');
    for (const resources of ['resources: {gpus: 8}', 'resources: {nodes: 2}', 'cluster: slurm']) {
      const [run] = of(resources);
      expect([run?.fingerprint, run?.outputDir]).toEqual([plain?.fingerprint, plain?.outputDir]);
    }
  });

  it('are part of the command of each run in the form overrides, too', () => {
    const sweep = new TemporarySweep(
      `${head(LORA)}variables: {batch_size: [1, 2]}\nresources: {gpus: batch_size}\noutput: {form: overrides}\n`,
    );
    expect(commands(sweep).map((text) => /--nproc_per_node (\d)/.exec(text)?.[1])).toEqual([
      '1',
      '2',
    ]);
  });
});

describe('a recipe for one GPU that is given several', () => {
  const ASKED = 'recipe lora_finetune_single_device runs on one GPU, but 8 GPUs are requested';

  it('is refused, with the base config of its distributed twin', () => {
    const sweep = new TemporarySweep(
      `${head('llama3_2/1B_lora_single_device')}resources: {gpus: 8}\n`,
    );
    expect(rejected(sweep)).toEqual([
      `3:19 TorchtuneValidation ${ASKED} (Write base_config: llama3_2/1B_lora (recipe lora_finetune_distributed), or gpus: 1.)`,
    ]);
    const mended = new TemporarySweep(`${head(LORA)}resources: {gpus: 8}\n`);
    expect(mended.problems()).toEqual([]);
  });

  it('is refused for a file of one’s own, with the recipe to write', () => {
    const config = (recipe: string): TemporarySweep =>
      new TemporarySweep(
        `experiment: {name: e, framework: torchtune}\nframework_config: {base_config_file: base.yaml, recipe: ${recipe}}\nresources: {gpus: 8}\n`,
        { 'base.yaml': 'batch_size: 2\noutput_dir: /o\n' },
      );
    expect(rejected(config('lora_finetune_single_device'))).toEqual([
      `3:19 TorchtuneValidation ${ASKED} (Write recipe: lora_finetune_distributed, or gpus: 1.)`,
    ]);
    expect(config('lora_finetune_distributed').problems()).toEqual([]);
  });

  it('is refused where only some runs ask for several, at the amount', () => {
    const sweep = new TemporarySweep(
      `${head('llama3_2/1B_lora_single_device')}variables: {lora_rank: [8, 16]}\nresources: {gpus: {8: 1, 16: 2}}\n`,
    );
    expect(rejected(sweep)).toEqual([
      expect.stringMatching(/^4:19 TorchtuneValidation .* 2 GPUs are requested/),
    ]);
  });

  it('is refused for several nodes', () => {
    const sweep = new TemporarySweep(
      `${head('llama3_2/1B_lora_single_device')}resources: {gpus: 1, nodes: 2}\n`,
    );
    expect(rejected(sweep)).toEqual([
      expect.stringMatching(/^3:29 TorchtuneValidation .* 2 nodes are requested .*nodes: 1/),
    ]);
  });
});

describe('resources that a run cannot have', () => {
  it.each([
    [
      '{gpus: lora_rank / 3}',
      "3:19 'resources.gpus' of run_000 is 2.6666666666666665 (lora_rank / 3), which is not a whole number",
    ],
    [
      '{gpus: 8 - lora_rank}',
      "3:19 'resources.gpus' of run_000 is 0 (8 - lora_rank), which is less than 1",
    ],
    [
      '{nodes: lora_rank - 9}',
      "3:20 'resources.nodes' of run_000 is -1 (lora_rank - 9), which is less than 1",
    ],
    [
      '{cpus: lora_rank / 3}',
      "3:19 'resources.cpus' of run_000 is 2.6666666666666665 (lora_rank / 3), which is not a whole number",
    ],
    ['{mem: 8 - lora_rank}', "3:18 'resources.mem' of run_000 is 0, which is not above 0"],
    [
      '{gpus: lora_rnak}',
      "3:19 'lora_rnak' is not a variable, control, outside key, or key of the base config",
    ],
    [
      '{gpus: cpus, cpus: 2}',
      "3:19 'cpus' is not a variable, control, outside key, or key of the base config",
    ],
    [
      '{gpus: 8 // (lora_rank - 8)}',
      "3:21 '8 // (lora_rank - 8)' cannot be computed: division by zero",
    ],
    [
      '{gpus: {8: 1}}',
      "3:19 run_001 has lora_rank 16, but 'resources.gpus' has no entry for it (only 8)",
    ],
    [
      '{time: {8: "1:00:00"}}',
      "3:19 run_001 has lora_rank 16, but 'resources.time' has no entry for it (only 8)",
    ],
    [
      '{gpus: {8B: 1, 70B: 2}}',
      "3:19 the keys of 'resources.gpus' are not values of any variable: 8B, 70B",
    ],
    ['{gpus: {"8": 1}}', `3:19 the keys of 'resources.gpus' are not values of any variable: '8'`],
  ])('%s: an error at its place', (resources, expected) => {
    const sweep = new TemporarySweep(
      `${head(LORA)}resources: ${resources}\nvariables: {lora_rank: [8, 16]}\n`,
    );
    const found = rejected(sweep).map((text) =>
      text.replace(/ \w+ /, ' ').replace(/ \([A-Z'].*$/, ''),
    );
    expect(found).toEqual([expected]);
  });

  it('are refused when two variables have the values that are keys', () => {
    const sweep = new TemporarySweep(
      `${head(LORA)}resources: {gpus: {1: 1, 2: 2}}\nvariables: {batch_size: [1, 2], epochs: [1, 2]}\n`,
    );
    expect(rejected(sweep)).toEqual([
      expect.stringContaining("match the values of both 'batch_size' and 'epochs'"),
    ]);
  });
});

describe('a command of one’s own', () => {
  it('gets {gpus} and {nodes}', () => {
    const command = 'torchrun --nproc_per_node={gpus} --nnodes {nodes} t.py {config}';
    const sweep = generic(command, 'variables: {batch: [2, 4]}\nresources: {gpus: batch // 2}\n');
    expect(commands(sweep)).toEqual([
      'torchrun --nproc_per_node=1 --nnodes 1 t.py',
      'torchrun --nproc_per_node=2 --nnodes 1 t.py',
    ]);
    expect(sweep.warnings().map(inExperiment)).toEqual([]);
    const resources = 'resources: {gpus: 8, nodes: {2: 3, 4: 5}}\n';
    expect(commands(generic(command, `variables: {batch: [2, 4]}\n${resources}`))).toEqual([
      'torchrun --nproc_per_node=8 --nnodes 3 t.py',
      'torchrun --nproc_per_node=8 --nnodes 5 t.py',
    ]);
  });

  it('that has {gpus} is refused when nobody says how many', () => {
    expect(rejected(generic('run {gpus} {config}', ''))).toEqual([
      "2:58 ExperimentSchema 'command' uses '{gpus}', but the experiment requests no GPUs (Write 'resources: {gpus: 1}', or another number.)",
    ]);
  });

  it('with another name in braces is refused', () => {
    expect(rejected(generic('run {cpus} {config}', 'resources: {cpus: 2}\n'))).toEqual([
      expect.stringContaining(
        "Remove it: only {config}, the run's file, and {gpus} and {nodes} are filled in.",
      ),
    ]);
  });

  it('tells runs apart by its text, and not by what fills it', () => {
    const of = (gpus: number) => generic('run {gpus} {config}', `resources: {gpus: ${gpus}}\n`);
    expect(of(1).runs()[0]?.fingerprint).toBe(of(8).runs()[0]?.fingerprint);
    const other = generic('run {config}', 'resources: {gpus: 1}\n');
    expect(other.runs()[0]?.fingerprint).not.toBe(of(1).runs()[0]?.fingerprint);
  });
});

describe('what has no effect yet', () => {
  it('is noted once each, and refuses nothing, however strict one is', () => {
    const sweep = new TemporarySweep(
      `${head(LORA)}resources: {gpus: 2, cpus: 4, mem: 32G, time: "1:00:00"}\ncluster: slurm\nevaluation: {framework: inspect}\n`,
    );
    expect(
      sweep
        .generate({ strict: true })
        .warnings.map(({ severity, id, message }) => [severity, id, message]),
    ).toEqual([
      ['note', 'recorded-only', "cluster 'slurm' is recorded only: no job scripts are made yet"],
      [
        'note',
        'recorded-only',
        'resources.cpus, resources.mem, resources.time are recorded only: no job scripts are made yet',
      ],
      ['note', 'recorded-only', 'evaluation is recorded only: nothing is evaluated yet'],
    ]);
  });

  it('is noted for gpus that a command does not take', () => {
    const sweep = generic('run {config}', 'resources: {gpus: 2}\n');
    expect(sweep.warnings().map(inExperiment)).toEqual([
      '3:13 recorded-only resources.gpus is recorded only: no job scripts are made yet',
    ]);
  });

  it('several nodes are noted: nothing starts the command on each of them', () => {
    const sweep = new TemporarySweep(`${head(LORA)}resources: {gpus: 2, nodes: 2}\n`);
    expect(sweep.warnings().map(inExperiment)).toEqual([
      expect.stringMatching(/^3:29 several-nodes /),
    ]);
  });
});

describe('a cluster', () => {
  it.each([
    ['big', "there is no cluster 'big'"],
    ['Slurm', "there is no cluster 'Slurm'"],
    ['default', "there is no cluster 'default'"],
  ])('that does not exist is refused: %s', (name, message) => {
    expect(rejected(new TemporarySweep(`${head(LORA)}cluster: ${name}\n`))).toEqual([
      expect.stringMatching(
        new RegExp(`^3:10 ExperimentSchema ${message} \\(.*The only cluster is 'slurm'`),
      ),
    ]);
  });

  it('of the plugin’s options is the one of experiments that name none', () => {
    const sweep = new TemporarySweep(head(LORA));
    const manifest = manifestOf(sweep, { defaultCluster: 'slurm' });
    expect(manifest.cluster).toBe('slurm');
    expect(manifest.warnings.map(({ message }) => message)).toEqual([
      "cluster 'slurm' of the option defaultCluster is recorded only: no job scripts are made yet",
    ]);
    expect(manifestOf(sweep).cluster).toBeUndefined();
  });

  it('of the plugin’s options that does not exist is refused where it is used', () => {
    expect(new TemporarySweep(head(LORA)).problems({ defaultCluster: 'big' })).toEqual([
      expect.stringContaining("there is no cluster 'big' of the option defaultCluster"),
    ]);
    const own = new TemporarySweep(`${head(LORA)}cluster: slurm\n`);
    expect(own.problems({ defaultCluster: 'big' })).toEqual([]);
  });
});
