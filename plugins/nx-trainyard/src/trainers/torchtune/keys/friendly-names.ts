/** The blocks of a torchtune config that short names lead into. */
export type Block = 'optimizer' | 'model' | 'lr_scheduler' | 'tokenizer' | 'dataset';

/** What a short name means, before the base config is looked at. */
export type Meaning =
  | { readonly kind: 'block'; readonly block: Block; readonly key: string }
  | { readonly kind: 'top-level'; readonly key: string }
  /** Lies elsewhere in each recipe, so that only the full path is clear. */
  | { readonly kind: 'no home' }
  /** torchtune does not have it. */
  | { readonly kind: 'gone'; readonly message: string; readonly hint: string };

/** Short names and the keys that they stand for; `true`: the name is the key. */
type Table = Readonly<Record<string, string | true>>;

const BLOCK_KEYS: Readonly<Record<Block, Table>> = {
  optimizer: { learning_rate: 'lr', lr: true, weight_decay: true, betas: true, fused: true },
  model: {
    lora_rank: true,
    lora_alpha: true,
    lora_dropout: true,
    lora_attn_modules: true,
    apply_lora_to_mlp: true,
    use_dora: true,
    quantize_base: true,
  },
  lr_scheduler: { warmup_steps: 'num_warmup_steps', num_warmup_steps: true },
  tokenizer: { max_seq_len: true, max_seq_length: 'max_seq_len' },
  dataset: {
    packed: true,
    train_on_input: true,
    column_map: true,
    new_system_prompt: true,
    split: true,
    source: true,
    data_files: true,
  },
};

const TOP_LEVEL: Table = {
  batch_size: true,
  epochs: true,
  seed: true,
  dtype: true,
  device: true,
  compile: true,
  clip_grad_norm: true,
  max_steps_per_epoch: true,
  gradient_accumulation_steps: true,
  output_dir: true,
  shuffle: true,
  grad_accum: 'gradient_accumulation_steps',
  gradient_accumulation: 'gradient_accumulation_steps',
  activation_checkpointing: 'enable_activation_checkpointing',
  activation_offloading: 'enable_activation_offloading',
};

const NO_HOME = ['temperature', 'top_k', 'kl_coeff', 'epsilon', 'beta', 'eps'];

const NO_TEMPLATE = {
  kind: 'gone',
  message: "torchtune's datasets have no 'template'; it was removed before 0.6.1",
  hint: 'Write dataset.column_map and dataset.new_system_prompt, or tokenizer.prompt_template.',
} as const;

const GONE: Readonly<Record<string, Meaning>> = {
  dataset_template: NO_TEMPLATE,
  'dataset.template': NO_TEMPLATE,
  config: {
    kind: 'gone',
    message: "torchtune rejects config files with a key 'config'",
    hint: 'Give it another name.',
  },
  warmup_ratio: {
    kind: 'gone',
    message: "torchtune has no 'warmup_ratio'; it counts warmup in steps",
    hint: 'Write warmup_steps, a number of optimizer steps.',
  },
};

function meanings(): Map<string, Meaning> {
  const all = new Map<string, Meaning>(Object.entries(GONE));
  for (const [block, table] of Object.entries(BLOCK_KEYS) as [Block, Table][]) {
    for (const [name, key] of Object.entries(table)) {
      all.set(name, { kind: 'block', block, key: key === true ? name : key });
    }
  }
  for (const [name, key] of Object.entries(TOP_LEVEL)) {
    all.set(name, { kind: 'top-level', key: key === true ? name : key });
  }
  for (const name of NO_HOME) all.set(name, { kind: 'no home' });
  return all;
}

/** The short names that researchers write for torchtune, and what each means. */
export const FRIENDLY_NAMES: ReadonlyMap<string, Meaning> = meanings();

/** Those that can be written, so that they may be suggested. */
export const WRITABLE_NAMES: readonly string[] = [...FRIENDLY_NAMES].flatMap(([name, { kind }]) =>
  kind === 'block' || kind === 'top-level' ? [name] : [],
);

export const BLOCKS: ReadonlySet<string> = new Set(Object.keys(BLOCK_KEYS));
