import { readYaml } from '../../../yaml/reader/read';
import type { YamlMap } from '../../../yaml/value/value';
import { valueAt } from '../../../yaml/value/value-path';
import type { KeyContext } from './key-context';
import { resolveKey } from './resolve-key';
import { openSource } from '../catalog/source';

const source = openSource('embedded', { root: '/', env: {} });

const LORA = 'llama3_2/1B_lora_single_device';
const FULL = 'llama3_2/1B_full_single_device';
const VISION = 'llama3_2_vision/11B_lora_single_device';
const DPO = 'llama3_1/8B_lora_dpo';
const PPO = 'mistral/7B_full_ppo_low_memory';
const KD = 'llama3_2/8B_to_1B_KD_lora_single_device';
const MULTI = 'dev/11B_lora_multi_dataset';
const EVAL = 'eleuther_evaluation';

function on(name: string): KeyContext {
  const loaded = source.load(name);
  if (loaded.kind !== 'found') throw new Error(loaded.diagnostic.message);
  const base = readYaml(loaded.config.source) as YamlMap;
  return { base, recipe: loaded.config.recipe, baseName: name, catalog: source.catalog };
}

/** A config of asynchronous GRPO, which torchtune 0.6.1 does not have. */
const ASYNC_GRPO: KeyContext = {
  base: readYaml({
    path: 'grpo.yaml',
    text: [
      'inference: {batch_size: 1}',
      'orchestration: {num_steps: 100}',
      'training: {batch_size: 4, seed: null, optimizer: {_component_: torch.optim.AdamW, lr: 1e-5}}',
    ].join('\n'),
  }) as YamlMap,
  recipe: 'dev/async_grpo_full_finetune_distributed',
  baseName: undefined,
  catalog: source.catalog,
};

/** The path that a name leads to. */
function path(name: string, context: KeyContext): string {
  const resolution = resolveKey(name, context);
  if (resolution.kind === 'rejected') throw new Error(resolution.message);
  expect(resolution.how).toBe('friendly');
  return resolution.path.join('.');
}

/** What a person reads when a name is refused. */
function refusal(name: string, context: KeyContext): string {
  const resolution = resolveKey(name, context);
  if (resolution.kind !== 'rejected')
    throw new Error(`${name} leads to ${resolution.path.join('.')}`);
  return `[${resolution.id}] ${resolution.message}\n${resolution.hint}`;
}

const NOT_TRAINABLE = (name: string, base: string, recipe: string) =>
  `[TorchtuneValidation] '${name}' cannot be set: '${base}' is not trainable: recipe ${recipe} has no optimizer\n` +
  'Use the base config of a training recipe, such as llama3_2/1B_lora_single_device.';

describe('learning_rate and lr', () => {
  it('mean optimizer.lr', () => {
    expect(path('learning_rate', on(LORA))).toBe('optimizer.lr');
    expect(path('lr', on(PPO))).toBe('optimizer.lr');
  });

  it('are refused where nothing is trained', () => {
    expect(refusal('learning_rate', on(EVAL))).toBe(
      NOT_TRAINABLE('learning_rate', EVAL, 'eleuther_eval'),
    );
    expect(refusal('lr', on('generation'))).toBe(NOT_TRAINABLE('lr', 'generation', 'generate'));
    const mine = { ...on(EVAL), recipe: undefined, baseName: undefined };
    expect(refusal('lr', mine)).toContain('the base config is not trainable: it has no optimizer');
    expect(refusal('lr', on('quantization'))).toBe(NOT_TRAINABLE('lr', 'quantization', 'quantize'));
  });

  it('name the path of asynchronous GRPO', () => {
    expect(refusal('learning_rate', ASYNC_GRPO)).toBe(
      "[UnknownPath] 'learning_rate' usually means a key of 'optimizer', and the base config has no such block\n" +
        'Write training.optimizer.lr.',
    );
  });
});

describe('LoRA names', () => {
  it.each([
    ...['lora_rank', 'lora_alpha', 'lora_dropout', 'lora_attn_modules'],
    ...['apply_lora_to_mlp', 'use_dora', 'quantize_base'],
  ])('%s means a key of model', (name) => {
    expect(path(name, on(LORA))).toBe(`model.${name}`);
  });

  it.each(['lora_rank', 'lora_alpha', 'lora_attn_modules', 'lora_dropout', 'use_dora'])(
    '%s is refused for a full finetune, with the LoRA config beside it',
    (name) => {
      expect(refusal(name, on(FULL))).toBe(
        `[TorchtuneValidation] '${name}' cannot be set: '${FULL}' builds torchtune.models.llama3_2.llama3_2_1b, without LoRA\n` +
          `Write base_config: ${LORA}`,
      );
    },
  );

  it('are refused without a name where there is no LoRA config beside it', () => {
    expect(refusal('lora_rank', on(PPO))).toBe(
      `[TorchtuneValidation] 'lora_rank' cannot be set: '${PPO}' has no block 'model'\n` +
        'Use the base config of a LoRA recipe.',
    );
  });

  it('are added when the builder takes them', () => {
    expect(valueAt(on('llama3/8B_dora').base, ['model', 'lora_dropout'])).toBeUndefined();
    expect(path('lora_dropout', on('llama3/8B_dora'))).toBe('model.lora_dropout');
  });

  it('are refused when the builder does not take them', () => {
    expect(refusal('use_dora', on('llama3_1/405B_qlora'))).toBe(
      "[TorchtuneValidation] 'use_dora' cannot be set: torchtune.models.llama3_1.qlora_llama3_1_405b has no parameter 'use_dora'\n" +
        "Remove 'use_dora', or set model._component_ too.",
    );
  });

  it('mean the student of a distillation', () => {
    expect(path('lora_rank', on(KD))).toBe('model.lora_rank');
    expect(resolveKey('teacher_model.lora_rank', on(KD))).toMatchObject({ how: 'unknown' });
  });

  it('are accepted when the experiment writes a LoRA builder itself', () => {
    const components = new Map([['model', ['torchtune.models.llama3_2.lora_llama3_2_1b']]]);
    expect(path('lora_rank', { ...on(FULL), components })).toBe('model.lora_rank');
  });

  it('are refused where nothing is trained', () => {
    expect(refusal('lora_rank', on(EVAL))).toBe(NOT_TRAINABLE('lora_rank', EVAL, 'eleuther_eval'));
  });
});

describe('weight_decay, betas and fused', () => {
  it('mean keys of optimizer, also where the base lacks them', () => {
    expect(path('weight_decay', on(LORA))).toBe('optimizer.weight_decay');
    expect(path('weight_decay', on(FULL))).toBe('optimizer.weight_decay');
    expect(path('betas', on(LORA))).toBe('optimizer.betas');
    expect(path('fused', on(LORA))).toBe('optimizer.fused');
  });

  it('fused is refused for an optimizer of bitsandbytes', () => {
    expect(refusal('fused', on(FULL))).toBe(
      "[TorchtuneValidation] 'fused' cannot be set: bitsandbytes.optim.PagedAdamW8bit has no parameter 'fused'\n" +
        "Remove 'fused', or set optimizer._component_ too.",
    );
  });

  it('fused is refused when the experiment takes an optimizer of bitsandbytes', () => {
    const components = new Map([['optimizer', ['bitsandbytes.optim.PagedAdamW8bit']]]);
    const context = on('llama3_2/1B_lora_single_device');
    expect(resolveKey('fused', { ...context, components })).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining("PagedAdamW8bit has no parameter 'fused'"),
    });
    expect(resolveKey('lr', { ...context, components })).toMatchObject({ how: 'friendly' });
  });

  it('fused is accepted when the experiment takes another optimizer', () => {
    const components = new Map([['optimizer', ['torch.optim.AdamW']]]);
    expect(path('fused', { ...on(FULL), components })).toBe('optimizer.fused');
  });

  it('eps has no short form', () => {
    expect(refusal('eps', on(LORA))).toBe(
      "[UnknownPath] 'eps' has no short form: each recipe keeps it elsewhere\nWrite optimizer.eps.",
    );
  });
});

describe('warmup', () => {
  it('means lr_scheduler.num_warmup_steps', () => {
    expect(path('warmup_steps', on(LORA))).toBe('lr_scheduler.num_warmup_steps');
    expect(path('num_warmup_steps', on(LORA))).toBe('lr_scheduler.num_warmup_steps');
  });

  it.each(['warmup_steps', 'num_warmup_steps', 'lr_scheduler.num_warmup_steps'])(
    'written as %s prints the scheduler to paste where the base has none',
    (name) => {
      expect(refusal(name, on(FULL))).toBe(
        `[TorchtuneValidation] '${name}' cannot be set: '${FULL}' has no learning rate scheduler\n` +
          'Add one under controls:\n' +
          '  lr_scheduler:\n' +
          '    _component_: torchtune.training.lr_schedulers.get_cosine_schedule_with_warmup',
      );
    },
  );

  it('is accepted once that scheduler is pasted', () => {
    const scheduler = 'torchtune.training.lr_schedulers.get_cosine_schedule_with_warmup';
    const context = { ...on(FULL), components: new Map([['lr_scheduler', [scheduler]]]) };
    expect(path('warmup_steps', context)).toBe('lr_scheduler.num_warmup_steps');
  });

  it('is refused for a recipe that has no scheduler', () => {
    expect(refusal('warmup_steps', on(PPO))).toBe(
      "[TorchtuneValidation] 'warmup_steps' cannot be set: recipe ppo_full_finetune_single_device has no learning rate scheduler\n" +
        "Remove 'warmup_steps'.",
    );
  });

  it('as a ratio does not exist', () => {
    expect(refusal('warmup_ratio', on(LORA))).toBe(
      "[UnknownPath] torchtune has no 'warmup_ratio'; it counts warmup in steps\n" +
        'Write warmup_steps, a number of optimizer steps.',
    );
  });
});

it('config is no key of a config', () => {
  expect(refusal('config', on(LORA))).toBe(
    "[UnknownPath] torchtune rejects config files with a key 'config'\nGive it another name.",
  );
});

describe('max_seq_len and max_seq_length', () => {
  it('mean tokenizer.max_seq_len', () => {
    expect(path('max_seq_len', on(LORA))).toBe('tokenizer.max_seq_len');
    expect(path('max_seq_length', on(LORA))).toBe('tokenizer.max_seq_len');
  });

  it('mean the top-level max_seq_length of an evaluation', () => {
    expect(path('max_seq_len', on(EVAL))).toBe('max_seq_length');
    expect(resolveKey('max_seq_length', on(EVAL))).toMatchObject({ path: ['max_seq_length'] });
  });

  it('never mean the length that the model is built with', () => {
    expect(path('max_seq_len', on(PPO))).toBe('tokenizer.max_seq_len');
  });

  it('are refused where there is no tokenizer', () => {
    expect(refusal('max_seq_len', on('quantization'))).toBe(
      "[UnknownPath] 'max_seq_len' usually means a key of 'tokenizer', and 'quantization' has no such block\n" +
        "Remove 'max_seq_len', or write its full path.",
    );
  });
});

describe('names of the data set', () => {
  it.each(['packed', 'train_on_input', 'column_map', 'split', 'source', 'data_files'])(
    '%s means a key of dataset',
    (name) => {
      expect(path(name, on(LORA))).toBe(`dataset.${name}`);
    },
  );

  it("are refused when they are not the builder's own parameters", () => {
    expect(refusal('new_system_prompt', on(LORA))).toBe(
      "[TorchtuneValidation] 'new_system_prompt' cannot be set: torchtune.datasets.alpaca_cleaned_dataset has no parameter 'new_system_prompt'\n" +
        "Remove 'new_system_prompt', or set dataset._component_ too.",
    );
    expect(path('new_system_prompt', on(VISION))).toBe('dataset.new_system_prompt');
  });

  it.each([
    [DPO, 'recipe lora_dpo_distributed does not pack its dataset'],
    [PPO, 'recipe ppo_full_finetune_single_device does not pack its dataset'],
    [VISION, 'torchtune does not pack datasets with images'],
  ])('packed is refused on %s', (base, reason) => {
    expect(refusal('packed', on(base))).toBe(
      `[TorchtuneValidation] 'packed' cannot be set: ${reason}\nRemove 'packed'.`,
    );
  });

  it('may be mappings, written key by key', () => {
    const context = on('llama3_2/1B_lora_single_device');
    expect(resolveKey('column_map.input', context)).toMatchObject({
      path: ['dataset', 'column_map', 'input'],
      how: 'friendly',
    });
    expect(resolveKey('data_files.train', context)).toMatchObject({
      path: ['dataset', 'data_files', 'train'],
    });
    expect(resolveKey('dataset', on('quantization'))).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('is not trainable'),
    });
  });

  it('name the paths of several joined data sets', () => {
    expect(refusal('packed', on(MULTI))).toBe(
      `[UnknownPath] 'packed' usually means a key of 'dataset', and '${MULTI}' has no such block\n` +
        'Write dataloader.packed.',
    );
    expect(refusal('split', on(MULTI))).toContain(
      'Write datasets.0.split, datasets.1.split, datasets.2.split or datasets.3.split.',
    );
  });

  it.each(['dataset_template', 'dataset.template'])('%s left torchtune', (name) => {
    expect(refusal(name, on(LORA))).toBe(
      "[UnknownPath] torchtune's datasets have no 'template'; it was removed before 0.6.1\n" +
        'Write dataset.column_map and dataset.new_system_prompt, or tokenizer.prompt_template.',
    );
  });

  it('are refused where nothing is trained', () => {
    expect(refusal('packed', on(EVAL))).toBe(NOT_TRAINABLE('packed', EVAL, 'eleuther_eval'));
  });
});

describe('top-level names', () => {
  it('have short forms', () => {
    expect(path('grad_accum', on(LORA))).toBe('gradient_accumulation_steps');
    expect(path('gradient_accumulation', on(LORA))).toBe('gradient_accumulation_steps');
    expect(path('activation_checkpointing', on(LORA))).toBe('enable_activation_checkpointing');
    expect(path('activation_offloading', on(LORA))).toBe('enable_activation_offloading');
  });

  it('are added where the recipe reads them', () => {
    expect(path('clip_grad_norm', on('phi4/14B_lora'))).toBe('clip_grad_norm');
    expect(path('activation_offloading', on('llama3_2_vision/11B_full'))).toBe(
      'enable_activation_offloading',
    );
  });

  it('are refused where the recipe does not read them', () => {
    expect(refusal('clip_grad_norm', on(DPO))).toBe(
      "[TorchtuneValidation] 'clip_grad_norm' cannot be set: recipe lora_dpo_distributed does not read 'clip_grad_norm'\n" +
        "Remove 'clip_grad_norm', or use a base config of another recipe.",
    );
    expect(refusal('activation_offloading', on(PPO))).toContain(
      "does not read 'enable_activation_offloading'",
    );
  });

  it('epochs is num_steps for PPO', () => {
    expect(refusal('epochs', on(PPO))).toBe(
      "[TorchtuneValidation] 'epochs' cannot be set: recipe ppo_full_finetune_single_device does not read 'epochs'\n" +
        'Write num_steps; this recipe counts steps.',
    );
  });

  it('batch_size is two keys for asynchronous GRPO', () => {
    expect(refusal('batch_size', ASYNC_GRPO)).toBe(
      "[UnknownPath] 'batch_size' is no top-level key of the base config, but exists at 2 deeper paths\n" +
        'Write inference.batch_size or training.batch_size.',
    );
  });

  it('shuffle is a key of the loader of several data sets', () => {
    expect(refusal('shuffle', on(MULTI))).toContain('Write dataloader.shuffle.');
  });

  it('are refused where nothing is trained', () => {
    expect(refusal('epochs', on(EVAL))).toBe(NOT_TRAINABLE('epochs', EVAL, 'eleuther_eval'));
  });
});

describe('names whose home differs from recipe to recipe', () => {
  it.each([
    ['epsilon', PPO, 'loss.epsilon'],
    ['beta', DPO, 'loss.beta'],
  ])('%s is refused, with the path that this base has', (name, base, written) => {
    expect(refusal(name, on(base))).toBe(
      `[UnknownPath] '${name}' has no short form: each recipe keeps it elsewhere\nWrite ${written}.`,
    );
  });

  it.each(['temperature', 'top_k', 'kl_coeff', 'epsilon', 'beta'])(
    '%s is refused where no block has it',
    (name) => {
      expect(refusal(name, on(LORA))).toBe(
        `[UnknownPath] '${name}' has no short form: each recipe keeps it elsewhere\n` +
          `No block of '${LORA}' has it. Write the full path to add it.`,
      );
    },
  );

  it('mean the top-level key where there is one', () => {
    expect(resolveKey('temperature', on('generation'))).toEqual({
      kind: 'path',
      path: ['temperature'],
      how: 'top-level',
    });
    expect(resolveKey('kl_coeff', on(PPO))).toMatchObject({ how: 'top-level' });
  });
});
