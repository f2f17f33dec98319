import { Dict } from '../yaml/dict';
import { readYaml } from '../yaml/read';
import type { YamlMap, YamlValue } from '../yaml/value';
import type { Finding } from './lint';
import { lintConfig } from './lint';
import { TORCHTUNE_RULES } from './rules';
import { openSource } from './source';

const source = openSource('embedded', { root: '/', env: {} });

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
  return lintConfig(TORCHTUNE_RULES, merged(LORA, change), { varied: new Set(varied) });
}

it('no shipped config has a finding', () => {
  for (const name of source.catalog.configNames()) {
    if (source.catalog.config(name)?.text === null) continue;
    expect([name, lintConfig(TORCHTUNE_RULES, config(name), { varied: new Set() })]).toEqual([
      name,
      [],
    ]);
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
        hint: 'Let it follow the rank: derived: {lora_alpha: "2 * lora_rank"}',
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
    expect(lintConfig(TORCHTUNE_RULES, evaluation, { varied: new Set() })).toEqual([]);
  });
});

describe('a count', () => {
  it.each([
    ['epochs: 2.5', 'epochs counts something, and 2.5 is a float', 'Write an integer, such as 3.'],
    ['epochs: 2.0', 'epochs counts something, and 2.0 is a float', 'Write an integer, such as 2.'],
    [
      'batch_size: 1e3',
      'batch_size counts something, and 1000.0 is a float',
      'Write an integer, such as 1000.',
    ],
    [
      'model: {lora_rank: 8.5}',
      'model.lora_rank counts something, and 8.5 is a float',
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
        hint: 'For a run without LoRA take the base config of a full finetune recipe.',
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
