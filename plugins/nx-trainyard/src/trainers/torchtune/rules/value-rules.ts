import { yamlFloat } from '../../../yaml/writer/float-text';
import type { ValueRule } from './lint';

/** Keys that torchtune counts with, so that a float there fails or is cut. (torchtune 0.6) */
export const COUNTS: ReadonlySet<string> = new Set([
  ...['epochs', 'batch_size', 'batch_size_val', 'gradient_accumulation_steps', 'seed'],
  ...['max_steps_per_epoch', 'log_every_n_steps', 'num_steps', 'ppo_epochs', 'ppo_batch_size'],
  ...['forward_batch_size', 'max_generated_tokens', 'max_seq_length', 'model.lora_rank'],
  ...['lr_scheduler.num_warmup_steps', 'tokenizer.max_seq_len'],
]);

const fractionalCount: ValueRule = (path, value) => {
  if (value.kind !== 'float' || !COUNTS.has(path.join('.'))) return undefined;
  const whole = Math.ceil(value.value);
  return {
    id: 'fractional-count',
    message: `${path.join('.')} must be an integer, and ${yamlFloat(value.value)} is a float`,
    path,
    ...(Number.isSafeInteger(whole) && { hint: `Write an integer, such as ${whole}.` }),
    strictInSubmit: true,
  };
};

const rankNotPositive: ValueRule = (path, value) => {
  if (value.kind !== 'int' && value.kind !== 'float') return undefined;
  if (value.value > 0 || path.join('.') !== 'model.lora_rank') return undefined;
  return {
    id: 'rank-not-positive',
    message: `model.lora_rank is ${value.value}: a rank is at least 1`,
    path,
    hint: 'For a run without LoRA, use the base config of a full finetuning recipe.',
    strictInSubmit: true,
  };
};

const learningRateRange: ValueRule = (path, value) => {
  if (value.kind !== 'int' && value.kind !== 'float') return undefined;
  if ((value.value > 0 && value.value <= 1) || path.join('.') !== 'optimizer.lr') return undefined;
  return {
    id: 'learning-rate-range',
    message: `optimizer.lr is ${value.value}: a learning rate is above 0 and at most 1`,
    path,
    hint: 'Write a value such as 3e-4.',
    strictInSubmit: false,
  };
};

const PLACEHOLDER = /(^|[^\w.-])\/path\/to(\/|$)/;

const placeholderPath: ValueRule = (path, value) => {
  if (value.kind !== 'str' || !value.value.includes('/path/to')) return undefined;
  if (!PLACEHOLDER.test(value.value)) return undefined;
  return {
    id: 'placeholder-path',
    message: `${path.join('.')} is a placeholder: ${value.value}`,
    path,
    hint: 'Write the real path.',
    strictInSubmit: true,
  };
};

export const VALUE_RULES: readonly ValueRule[] = [
  placeholderPath,
  fractionalCount,
  rankNotPositive,
  learningRateRange,
];
