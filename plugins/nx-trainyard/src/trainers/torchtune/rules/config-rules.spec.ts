import { Dict } from '../../../yaml/value/dict';
import { readYaml } from '../../../yaml/reader/read';
import type { YamlMap, YamlValue } from '../../../yaml/value/value';
import type { Finding } from './lint';
import { lintConfig } from './lint';
import { torchtuneRules } from './config-rules';
import { openSource } from '../catalog/source';

const source = openSource('embedded', { root: '/', env: {} });
const RULES = torchtuneRules(source.catalog);

function config(name: string): YamlMap {
  const loaded = source.load(name);
  if (loaded.kind !== 'found') throw new Error(loaded.diagnostic.message);
  return readYaml(loaded.config.source) as YamlMap;
}

const LORA = config('llama3_2/1B_lora_single_device');

/** A config with some values changed, as a run's config is. */
function merged(base: YamlMap, text: string): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const [key, value] of base.entries) entries.set(key, value);
  const change = readYaml({ path: 'change.yaml', text }) as YamlMap;
  for (const [key, value] of change.entries) {
    const old = entries.get(key);
    const both = value.kind === 'map' && old?.kind === 'map';
    entries.set(key, both ? mergedMaps(old, value) : value);
  }
  return { kind: 'map', entries };
}

function mergedMaps(old: YamlMap, change: YamlMap): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const [key, value] of [...old.entries, ...change.entries]) entries.set(key, value);
  return { kind: 'map', entries };
}

/** The findings of a LoRA run with some values changed. */
function lint(change: string, ...varied: string[]): Finding[] {
  return lintConfig(RULES, merged(LORA, change), { varied: new Set(varied) });
}

it('no shipped config has a finding', () => {
  for (const name of source.catalog.configNames()) {
    if (source.catalog.config(name)?.text === null) continue;
    expect([name, lintConfig(RULES, config(name), { varied: new Set() })]).toEqual([name, []]);
  }
});

describe('a swept rank', () => {
  it('with a fixed alpha is confounded with the scale', () => {
    expect(lint('model: {lora_rank: 8}', 'model.lora_rank')).toEqual([
      {
        id: 'confounded-rank',
        message:
          'lora_rank varies while lora_alpha stays 128: the scale alpha / rank varies too, and its effect cannot be told from the effect of the rank',
        path: ['model', 'lora_alpha'],
        hint: 'Derive it from the rank: derived: {lora_alpha: "2 * lora_rank"}',
        strictInSubmit: false,
      },
    ]);
  });

  it('is not, when alpha varies too or follows by interpolation', () => {
    expect(lint('model: {lora_rank: 8}', 'model.lora_rank', 'model.lora_alpha')).toEqual([]);
    expect(lint('model: {lora_alpha: "${model.lora_rank}"}', 'model.lora_rank')).toEqual([]);
  });
});

describe('data files', () => {
  it('need a source', () => {
    expect(lint('dataset: {data_files: train.json}')).toEqual([
      {
        id: 'data-files-without-source',
        message:
          "dataset.data_files is set without a source: the files are looked for in the builder's own data set",
        path: ['dataset', 'data_files'],
        hint: 'Write dataset.source: json, csv, parquet or text.',
        strictInSubmit: true,
      },
    ]);
    expect(lint('dataset: {data_files: train.json, source: json}')).toEqual([]);
  });

  it('need one in each of several joined data sets', () => {
    const findings = lint('dataset: [{data_files: a.json, source: json}, {data_files: b.json}]');
    expect(findings.map((finding) => finding.path.join('.'))).toEqual(['dataset.1.data_files']);
  });
});

describe('packing', () => {
  it('needs a length', () => {
    expect(lint('dataset: {packed: true}')).toEqual([
      {
        id: 'packed-without-max-seq-len',
        message:
          'dataset.packed is true and tokenizer.max_seq_len is not set: the run stops after the model is loaded',
        path: ['dataset', 'packed'],
        hint: 'Write max_seq_len, for example 4096.',
        strictInSubmit: true,
      },
    ]);
    expect(lint('dataset: {packed: true}\ntokenizer: {max_seq_len: 4096}')).toEqual([]);
  });
});

describe('placeholder paths', () => {
  it('are found anywhere', () => {
    expect(lint('checkpointer: {checkpoint_files: [/path/to/model.safetensors]}')).toEqual([
      {
        id: 'placeholder-path',
        message: 'checkpointer.checkpoint_files.0 is a placeholder: /path/to/model.safetensors',
        path: ['checkpointer', 'checkpoint_files', '0'],
        hint: 'Write the real path.',
        strictInSubmit: true,
      },
    ]);
  });

  it.each(['/scratch/path/to/x', 'path/to/x', '/path/tools/x'])('are not %s', (path) => {
    expect(lint(`output_dir: ${path}`)).toEqual([]);
  });
});

describe('optimizer_in_bwd', () => {
  it('works neither with clipping nor with accumulation', () => {
    expect(lint('{optimizer_in_bwd: true, clip_grad_norm: 1.0}')).toEqual([
      {
        id: 'optimizer-in-backward',
        message:
          'optimizer_in_bwd is true, and clip_grad_norm does not work with it: the run stops at its start',
        path: ['clip_grad_norm'],
        hint: 'Write optimizer_in_bwd: false, or clip_grad_norm: null.',
        strictInSubmit: true,
      },
      {
        id: 'optimizer-in-backward',
        message:
          'optimizer_in_bwd is true, and gradient_accumulation_steps does not work with it: the run stops at its start',
        path: ['gradient_accumulation_steps'],
        hint: 'Write optimizer_in_bwd: false, or gradient_accumulation_steps: 1.',
        strictInSubmit: true,
      },
    ]);
  });

  it('works without both', () => {
    expect(lint('{optimizer_in_bwd: true, gradient_accumulation_steps: 1}')).toEqual([]);
    expect(lint('{optimizer_in_bwd: false, clip_grad_norm: 1.0}')).toEqual([]);
  });
});

describe('activation offloading', () => {
  it('needs activation checkpointing', () => {
    expect(lint('enable_activation_offloading: true')).toEqual([
      {
        id: 'offloading-without-checkpointing',
        message: 'enable_activation_offloading is true without enable_activation_checkpointing',
        path: ['enable_activation_offloading'],
        hint: 'Write enable_activation_checkpointing: true.',
        strictInSubmit: true,
      },
    ]);
    expect(
      lint('{enable_activation_offloading: true, enable_activation_checkpointing: true}'),
    ).toEqual([]);
  });
});

describe('fp16', () => {
  it('is refused in training', () => {
    expect(lint('dtype: fp16')).toEqual([
      {
        id: 'fp16',
        message: 'dtype is fp16: torchtune does not train in it',
        path: ['dtype'],
        hint: 'Write dtype: bf16 or dtype: fp32.',
        strictInSubmit: true,
      },
    ]);
  });

  it('is allowed in evaluation', () => {
    const evaluation = merged(config('eleuther_evaluation'), 'dtype: fp16');
    expect(lintConfig(RULES, evaluation, { varied: new Set() })).toEqual([]);
  });
});

describe('a count', () => {
  it.each([
    [
      'epochs: 2.5',
      'epochs must be an integer, and 2.5 is a float',
      'Write an integer, such as 3.',
    ],
    [
      'epochs: 2.0',
      'epochs must be an integer, and 2.0 is a float',
      'Write an integer, such as 2.',
    ],
    [
      'batch_size: 1e3',
      'batch_size must be an integer, and 1000.0 is a float',
      'Write an integer, such as 1000.',
    ],
    [
      'model: {lora_rank: 8.5}',
      'model.lora_rank must be an integer, and 8.5 is a float',
      'Write an integer, such as 9.',
    ],
  ])('is an integer: %s', (change, message, hint) => {
    expect(lint(change)).toEqual([
      expect.objectContaining({ id: 'fractional-count', message, hint, strictInSubmit: true }),
    ]);
  });

  it('may be null where torchtune allows it', () => {
    expect(lint('max_steps_per_epoch: null')).toEqual([]);
  });
});

describe('a rank', () => {
  it.each(['0', '-8'])('of %s is refused', (rank) => {
    expect(lint(`model: {lora_rank: ${rank}}`)).toEqual([
      {
        id: 'rank-not-positive',
        message: `model.lora_rank is ${rank}: a rank is at least 1`,
        path: ['model', 'lora_rank'],
        hint: 'For a run without LoRA, use the base config of a full finetuning recipe.',
        strictInSubmit: true,
      },
    ]);
  });
});

describe('a learning rate', () => {
  it.each(['0', '0.0', '-0.1', '3', '1.5'])('of %s is probably not meant', (rate) => {
    expect(lint(`optimizer: {lr: ${rate}}`)).toEqual([
      {
        id: 'learning-rate-range',
        message: `optimizer.lr is ${rate === '0.0' ? '0' : rate}: a learning rate is above 0 and at most 1`,
        path: ['optimizer', 'lr'],
        hint: 'Write a value such as 3e-4.',
        strictInSubmit: false,
      },
    ]);
  });

  it.each(['1', '1e-7', '0.5'])('may be %s', (rate) => {
    expect(lint(`optimizer: {lr: ${rate}}`)).toEqual([]);
  });
});

describe('a component that leads to nothing is told with its full name:', () => {
  it.each<[string, string]>([
    ['optimizer: {_component_: adamw}', 'Write torch.optim.AdamW.'],
    ['optimizer: {_component_: AdamW}', 'Write torch.optim.AdamW.'],
    ['optimizer: {_component_: sgd}', 'Write torch.optim.SGD.'],
    ['optimizer: {_component_: adamw_torch}', 'Write torch.optim.AdamW.'],
    ['optimizer: {_component_: paged_adamw_8bit}', 'Write bitsandbytes.optim.PagedAdamW8bit.'],
    ['optimizer: {_component_: PagedAdamW8bit}', 'Write bitsandbytes.optim.PagedAdamW8bit.'],
    ['optimizer: {_component_: torch.optim.adamw}', 'Write torch.optim.AdamW.'],
    ['metric_logger: {_component_: wandb}', 'Write torchtune.training.metric_logging.WandBLogger.'],
    [
      'metric_logger: {_component_: WandbLogger}',
      'Write torchtune.training.metric_logging.WandBLogger.',
    ],
    [
      'metric_logger: {_component_: torchtune.utils.metric_logging.WandBLogger}',
      'Write torchtune.training.metric_logging.WandBLogger.',
    ],
    [
      'metric_logger: {_component_: tensorboard}',
      'Write torchtune.training.metric_logging.TensorBoardLogger.',
    ],
    [
      'lr_scheduler: {_component_: torchtune.modules.get_cosine_schedule_with_warmup}',
      'Write torchtune.training.get_cosine_schedule_with_warmup.',
    ],
    [
      'lr_scheduler: {_component_: cosine}',
      'Write torchtune.training.get_cosine_schedule_with_warmup.',
    ],
    ['dataset: {_component_: alpaca_dataset}', 'Write torchtune.datasets.alpaca_dataset.'],
    [
      'dataset: {_component_: torchtune.datasets.alpaca_datset}',
      'Write torchtune.datasets.alpaca_dataset.',
    ],
    ['dataset_val: {_component_: alpaca_dataset}', 'Write torchtune.datasets.alpaca_dataset.'],
    ['dataset: [{_component_: alpaca_dataset}]', 'Write torchtune.datasets.alpaca_dataset.'],
    ['teacher_model: {_component_: llama3_8b}', 'Write torchtune.models.llama3.llama3_8b.'],
    ['loss: {_component_: torch.nn.crossentropyloss}', 'Write torch.nn.CrossEntropyLoss.'],
    [
      'model: {_component_: torchtune.models.llama3_2.lora_lama3_2_1b}',
      'Write torchtune.models.llama3_2.lora_llama3_2_1b',
    ],
  ])('%s', (change, hint) => {
    const [finding, ...others] = lint(change);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ id: 'unknown-component', strictInSubmit: true });
    expect(finding?.hint).toContain(hint.replace(/\.$/, ''));
  });

  it.each([
    'optimizer: {_component_: my_package.MyOptimizer}',
    'optimizer: {_component_: torch.optim.Adagrad}',
    'optimizer: {_component_: "${mine}"}',
    'dataset: {_component_: torchtune.datasets._alpaca.alpaca_dataset}',
  ])('and no other is judged: %s', (change) => {
    expect(lint(change)).toEqual([]);
  });
});

describe('a value with which a run is certain to fail, or to do nothing:', () => {
  it.each<[string, string, string]>([
    ['batch_size: 0', 'batch_size is 0, and must be at least 1', 'Write 1 or more.'],
    ['batch_size: -4', 'batch_size is -4, and must be at least 1', 'Write 1 or more.'],
    ['epochs: 0', 'epochs is 0, and must be at least 1', 'Write 1 or more.'],
    ['epochs: -1', 'epochs is -1, and must be at least 1', 'Write 1 or more.'],
    [
      'gradient_accumulation_steps: 0',
      'gradient_accumulation_steps is 0, and must be at least 1',
      'Write 1 or more.',
    ],
    ['log_every_n_steps: 0', 'log_every_n_steps is 0, and must be at least 1', 'Write 1 or more.'],
    [
      'max_steps_per_epoch: 0',
      'max_steps_per_epoch is 0, and must be at least 1',
      'Write 1 or more, or null for no limit.',
    ],
    [
      'max_steps_per_epoch: -1',
      'max_steps_per_epoch is -1, and must be at least 1',
      'Write 1 or more, or null for no limit.',
    ],
    ['top_k: 0', 'top_k is 0, and must be at least 1', 'Write 1 or more, or null for no limit.'],
    [
      'tokenizer: {max_seq_len: 0}',
      'tokenizer.max_seq_len is 0, and must be at least 1',
      'Write 1 or more.',
    ],
    [
      'lr_scheduler: {num_warmup_steps: -5}',
      'lr_scheduler.num_warmup_steps is -5, and must be at least 0',
      'Write 0 or more.',
    ],
    [
      'optimizer: {weight_decay: -0.1}',
      'optimizer.weight_decay is -0.1, and must be at least 0',
      'Write 0 or more.',
    ],
    [
      'optimizer: {betas: [0.9, 1.0]}',
      'optimizer.betas.1 is 1, and must be at least 0 and below 1',
      'Write a value such as 0.9.',
    ],
    [
      'model: {lora_dropout: 1.5}',
      'model.lora_dropout is 1.5, and must be at least 0 and below 1',
      'Write a value such as 0.05.',
    ],
    [
      'model: {lora_dropout: 1}',
      'model.lora_dropout is 1, and must be at least 0 and below 1',
      'Write a value such as 0.05.',
    ],
    [
      'model: {lora_dropout: -0.1}',
      'model.lora_dropout is -0.1, and must be at least 0 and below 1',
      'Write a value such as 0.05.',
    ],
    [
      'model: {lora_alpha: 0}',
      'model.lora_alpha is 0, and must be not 0, or LoRA has no effect',
      'Write a value such as 16.',
    ],
    [
      'clip_grad_norm: 0',
      'clip_grad_norm is 0, and must be above 0',
      'Write a value such as 1.0, or null to disable clipping.',
    ],
    [
      'clip_grad_norm: -1.0',
      'clip_grad_norm is -1, and must be above 0',
      'Write a value such as 1.0, or null to disable clipping.',
    ],
    [
      'seed: -1',
      'seed is -1, and must be at least 0 and at most 4294967295',
      'Write a value such as 0, or null for a new seed in each run.',
    ],
    [
      'seed: 4294967296',
      'seed is 4294967296, and must be at least 0 and at most 4294967295',
      'Write a value such as 0, or null for a new seed in each run.',
    ],
    ['device: gpu', "device is 'gpu', which is no device of torch", 'Write cuda.'],
    ['device: CUDA', "device is 'CUDA', which is no device of torch", 'Write cuda.'],
    ['device: cudaa', "device is 'cudaa', which is no device of torch", 'Write cuda.'],
    ['dtype: bfloat16', "dtype is 'bfloat16', which is no precision of torchtune", 'Write bf16.'],
    [
      'dtype: float16x',
      "dtype is 'float16x', which is no precision of torchtune",
      'Write one of bf16, fp32, fp16, fp64.',
    ],
    ['dtype: BF16', "dtype is 'BF16', which is no precision of torchtune", 'Write bf16.'],
    [
      'model: {lora_attn_modules: [q_proj, o_proj]}',
      "model.lora_attn_modules.1 is 'o_proj', which is no module that LoRA is put on, and has no effect",
      'Write output_proj.',
    ],
    [
      'model: {lora_attn_modules: [q_proj v_proj]}',
      "model.lora_attn_modules.0 is 'q_proj v_proj', which is no module that LoRA is put on, and has no effect",
      'Write one of q_proj, k_proj, v_proj, output_proj.',
    ],
  ])('%s', (change, message, hint) => {
    expect(lint(change)).toEqual([
      expect.objectContaining({ message, hint, strictInSubmit: true }),
    ]);
  });

  it.each([
    ...['batch_size_val', 'num_steps', 'ppo_epochs', 'ppo_batch_size', 'forward_batch_size'],
    ...['max_seq_length', 'run_val_every_n_steps'],
  ])('%s: 0', (key) => {
    expect(lint(`${key}: 0`).map(({ message }) => message)).toEqual([
      `${key} is 0, and must be at least 1`,
    ]);
    expect(lint(`${key}: 1`)).toEqual([]);
  });

  it.each(['eps', 'momentum'])('optimizer.%s: -1', (key) => {
    expect(lint(`optimizer: {${key}: -1}`).map(({ message }) => message)).toEqual([
      `optimizer.${key} is -1, and must be at least 0`,
    ]);
    expect(lint(`optimizer: {${key}: 0}`)).toEqual([]);
  });

  it.each([
    ['device', 'gpus', 'cuda'],
    ['device', 'auto', 'cuda'],
    ['device', 'nvidia', 'cuda'],
    ['device', 'Metal', 'mps'],
    ['dtype', 'torch.bfloat16', 'bf16'],
    ['dtype', 'float32', 'fp32'],
    ['dtype', 'torch.float32', 'fp32'],
    ['dtype', 'float', 'fp32'],
    ['dtype', 'float16', 'fp16'],
    ['dtype', 'torch.float16', 'fp16'],
    ['dtype', 'half', 'fp16'],
    ['dtype', 'float64', 'fp64'],
    ['dtype', 'double', 'fp64'],
    ['dtype', 'auto', 'bf16'],
    ...['wq', 'wk', 'wv', 'wo', 'out_proj'].map((name) => [
      'model.lora_attn_modules.0',
      name,
      { wq: 'q_proj', wk: 'k_proj', wv: 'v_proj' }[name] ?? 'output_proj',
    ]),
  ])('%s: %s, as another library calls %s', (path, written, name) => {
    const change = path.startsWith('model')
      ? `model: {lora_attn_modules: [${written}]}`
      : `${path}: ${written}`;
    const [finding] = lint(change).filter(({ id }) => id.startsWith('unknown-'));
    expect(finding).toMatchObject({ hint: `Write ${name}.` });
    expect(finding?.message).toContain(`${path} is '${written}'`);
  });

  it.each([
    'clip_grad_norm: inf',
    'max_steps_per_epoch: null',
    'device: cuda:1',
    'device: mps',
    'seed: 4294967295',
    'seed: null',
    'lr_scheduler: {num_warmup_steps: 0}',
    'model: {lora_dropout: 0.0}',
    'dtype: fp32',
    'batch_size: "${n}"',
    'device: "${where}"',
  ])('and none of them: %s', (change) => {
    expect(lint(change)).toEqual([]);
  });
});
