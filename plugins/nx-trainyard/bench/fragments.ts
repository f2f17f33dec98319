/** The ways to train, each with a folder of fragments and a launcher template. */
export const METHODS = [
  { category: 'fine-tuning', method: 'sft' },
  { category: 'fine-tuning', method: 'dpo' },
  { category: 'fine-tuning', method: 'grpo' },
  { category: 'fine-tuning', method: 'reward' },
  { category: 'training', method: 'pretrain' },
  { category: 'training', method: 'continue' },
  { category: 'training', method: 'distill' },
] as const;

const FAMILIES = ['llama', 'qwen', 'mistral', 'gemma', 'olmo', 'deepseek'];
export const MODEL_SIZES = ['1b', '4b', '8b', '32b', '70b'] as const;

/** The fragments that all recipes share. Paths from the recipes folder. */
export function fragments(): Map<string, string> {
  const files = new Map<string, string>();
  for (const category of new Set(METHODS.map((entry) => entry.category))) {
    const add = (folder: string, texts: Readonly<Record<string, string>>): void => {
      for (const [name, text] of Object.entries(texts)) {
        files.set(`${category}/hydra_config/${folder}/${name}.yaml`, text);
      }
    };
    add('common', COMMON);
    for (const family of FAMILIES) add(`model/${family}`, modelFragments(family));
    for (const entry of METHODS) {
      if (entry.category !== category) continue;
      add(entry.method, { default: methodFragment(entry.method) });
      add(`${entry.method}/optim`, OPTIM);
      add(`${entry.method}/sharding`, SHARDING);
      add(`${entry.method}/data`, DATA);
    }
  }
  return files;
}

const COMMON = {
  default: `# What every job has.
defaults:
  - run@run
  - hardware@trainer
  - storage@storage
  - observability@observability
  - _self_
`,
  run: `name: ???
model_type: null
results_dir: \${oc.select:recipes.storage.results_dir,/results}/\${.name}
time_limit: "2-00:00:00"
retries: 1
`,
  hardware: `devices: 8
num_nodes: 1
precision: bf16
world_size: \${.devices}
network: {interface: efa, timeout_seconds: 1800}
`,
  storage: `results_dir: /fsx/results
checkpoint_dir: \${.results_dir}/checkpoints
keep_last: 3
upload: {enabled: false, bucket: null}
`,
  observability: `logger: [console, mlflow]
log_every_n_steps: 10
profiler:
  enabled: false
  wait: 5
  warmup: 2
  active: 3
alerts: {nan_loss: true, stalled_minutes: 30}
`,
};

function methodFragment(method: string): string {
  return `# @package recipes
# One way to train: ${method}.
defaults:
  - /hydra_config/common/default
  - optim@training_config.optim: adamw
  - sharding@training_config.sharding: fsdp
  - data@training_config.data: chat
  - _self_

run:
  model_type: ${method}

training_config:
  method: ${method}
  num_train_epochs: 2
  micro_batch_size: 2
  max_grad_norm: 1.0
  gradient_checkpointing: true
  save_steps: &every 100
  eval_steps: *every         # always evaluate what is saved
  dataloader_workers: \${oc.decode:\${oc.env:DATALOADER_WORKERS,8}}
  output_dir: \${...run.results_dir}/trainer
  resume_from: \${.output_dir}/latest
  callbacks: []
`;
}

const OPTIM = {
  adamw: `lr: 2e-5
betas: [0.9, 0.999]
eps: 1e-8
weight_decay: 0.01
warmup_ratio: 0.03
schedule: cosine
`,
  adamw_fused: `defaults:
  - adamw
  - _self_

fused: true
foreach: null
schedule: constant
`,
};

const SHARDING = {
  fsdp: `strategy: full_shard
cpu_offload: false
wrap_policy: transformer_layer
mixed_precision: {param_dtype: bfloat16, reduce_dtype: float32}
`,
  hybrid: `defaults:
  - fsdp
  - _self_

strategy: hybrid_shard
replicate: \${oc.select:recipes.trainer.num_nodes,1}
`,
};

const DATA = {
  chat: `defaults:
  - loader
  - _self_

dataset: chat
template: chatml
max_length: 4096
truncation: right
`,
  loader: `shuffle: true
seed: 42
train_batch_size: 64
num_proc: 16
columns:
  prompt: messages
  answer: null
`,
};

function modelFragments(family: string): Record<string, string> {
  const base = `attn_implementation: flash_attention_2
chat_template: ${family}
context_length: 131072
rope_theta: 500000.0
tokenizer:
  padding_side: right
  add_bos_token: true
generation: {temperature: 0.6, top_p: 0.9, max_new_tokens: 1024}
`;
  const sizes = MODEL_SIZES.map((size, index) => {
    const text = `# @package recipes.training_config.model_config
defaults:
  - base
  - _self_

model_name_or_path: models/${family}-${size}
parameters: ${(index + 1) ** 3}_000_000_000
num_hidden_layers: ${16 * (index + 1)}
hidden_size: ${2048 * (index + 1)}
`;
    return [size, text] as const;
  });
  return { base, ...Object.fromEntries(sizes) };
}
