import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TemporarySweep } from '../../testing/temporary-sweep';
import { planSweep } from './sweep';

const REPOSITORY = join(__dirname, '../../../..');
const EXPERIMENTS = join(REPOSITORY, 'experiments');

/** An example of the repository, copied to where it can be generated. */
function example(name: string, ...files: readonly string[]): TemporarySweep {
  const read = (file: string): string => readFileSync(join(EXPERIMENTS, name, file), 'utf8');
  return new TemporarySweep(
    read('experiment.yaml'),
    Object.fromEntries(files.map((file) => [file, read(file)])),
  );
}

/** The lines of a base config that a run has in another form, and those that it adds. */
function changes(base: string, run: string): string[] {
  const old = new Set(base.split('\n'));
  return run.split('\n').filter((line) => !old.has(line));
}

const BASE = new TemporarySweep(
  `experiment: {name: base, framework: torchtune}
framework_config: {base_config: llama3_2/1B_lora_single_device}
`,
);
const baseText = BASE.plan().base.text.text;

const RANKS = `run_000:
  variables:
    lora_rank: 8
run_001:
  variables:
    lora_rank: 16
run_002:
  variables:
    lora_rank: 32
run_003:
  variables:
    lora_rank: 64
`;

describe('the first example of the README', () => {
  const sweep = example('lora_rank_study');
  const result = sweep.generate();

  it('makes four configs, their mapping and the manifest', () => {
    expect(result.total).toBe(4);
    expect(sweep.files()).toEqual([
      'manifest.json',
      'run_000.yaml',
      'run_001.yaml',
      'run_002.yaml',
      'run_003.yaml',
      'run_mapping.yaml',
    ]);
    expect(sweep.read('configs/run_mapping.yaml')).toBe(RANKS);
  });

  it('writes complete torchtune configs that differ from the base in what the experiment sets', () => {
    expect(changes(baseText, sweep.read('configs/run_001.yaml'))).toEqual([
      'output_dir: /tmp/torchtune/llama3_2_1B/lora_single_device/lora_rank_16-528243df',
      '  lora_rank: 16',
      '  data_files: /path/to/data.json',
      'epochs: 3',
    ]);
  });

  it('says how each run is started', () => {
    const manifest = JSON.parse(sweep.read('configs/manifest.json')) as {
      runs: Record<string, { command: string[] }>;
    };
    expect(manifest.runs['run_003']?.command.join(' ')).toBe(
      'tune run lora_finetune_single_device --config configs/run_003.yaml',
    );
  });
});

it('a metric logger of another kind is merged into the old one, and the keys of the base stay', () => {
  const sweep = example('lora_rank_wandb');
  sweep.generate();
  expect(sweep.read('configs/run_mapping.yaml')).toBe(RANKS);
  const text = sweep.read('configs/run_000.yaml');
  expect(text).toContain(`metric_logger:
  _component_: torchtune.training.metric_logging.WandBLogger
  log_dir: \${output_dir}/logs
  project: lora_rank_study
  mode: offline
`);
  expect(text).toMatch(/^output_dir: \/scratch\/results\/lora_study\/lora_rank_8-[0-9a-f]{8}$/m);
  expect(changes(baseText, text)).toHaveLength(9);
});

it('the shortest file makes three runs', () => {
  const sweep = example('lora_rank_small');
  expect(sweep.generate().total).toBe(3);
  expect(sweep.read('configs/run_mapping.yaml')).toBe(RANKS.slice(0, RANKS.indexOf('run_003')));
});

it('two variables of three values over a file of one’s own make nine runs', () => {
  const sweep = example('base_file_grid', 'base.yaml');
  expect(sweep.generate().total).toBe(9);
  const settings = sweep.runs().map(({ row }) => row.variables.map(({ value }) => value));
  const numbers = settings.map((values) =>
    values.map((value) => 'value' in value && Number(value.value)),
  );
  expect(numbers).toEqual([
    ...[20, 50, 200].map((steps) => [1e-4, steps]),
    ...[20, 50, 200].map((steps) => [3e-4, steps]),
    ...[20, 50, 200].map((steps) => [1e-3, steps]),
  ]);
});

it('a file of one’s own keeps its comments, order, quotes and spelling in every run', () => {
  const sweep = example('base_file_grid', 'base.yaml');
  sweep.generate();
  expect(changes(sweep.read('base.yaml'), sweep.read('configs/run_008.yaml'))).toEqual([
    expect.stringMatching(
      /^output_dir: \/scratch\/results\/llama3_2_3B\/learning_rate_0.001_warmup_steps_200-[0-9a-f]{8}$/,
    ),
    '  lr: 0.001            # swept',
    '  num_warmup_steps: 200',
  ]);
});

it('interpolations reach the configs as they are written', () => {
  const sweep = example('verbatim_interpolations');
  sweep.generate();
  const text = sweep.read('configs/run_001.yaml');
  expect(text).toContain('  log_dir: ${output_dir}/logs\n');
  expect(text).toContain('  output_dir: ${output_dir}/profile\n');
  expect(text).toMatch(/^output_dir: \/scratch\/results\/verbatim\/batch_size_4-[0-9a-f]{8}$/m);
});

const all = readdirSync(EXPERIMENTS, { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);

it.each(all.map(({ name }) => name))(
  'the experiment %s of this repository has runs, none of them twice',
  (name) => {
    const plan = planSweep({ file: `experiments/${name}/experiment.yaml`, root: REPOSITORY });
    expect(plan.total).toBeGreaterThan(0);
    expect(plan.warnings.map(({ id }) => id)).not.toContain('same-fingerprint');
  },
);
