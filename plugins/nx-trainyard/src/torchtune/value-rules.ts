import { yamlFloat } from '../yaml/python-number';
import { numberAt, valueAt } from '../yaml/value-path';
import type { Finding, Rule } from './finding';

/** Keys that torchtune counts with, so that a float there fails or is cut. (torchtune 0.6) */
const COUNTS = [
  ...['epochs', 'batch_size', 'batch_size_val', 'gradient_accumulation_steps', 'seed'],
  ...['max_steps_per_epoch', 'log_every_n_steps', 'num_steps', 'ppo_epochs', 'ppo_batch_size'],
  ...['forward_batch_size', 'max_generated_tokens', 'max_seq_length', 'model.lora_rank'],
  ...['lr_scheduler.num_warmup_steps', 'tokenizer.max_seq_len'],
].map((path) => path.split('.'));

const fractionalCount: Rule = (config) => {
  const found: Finding[] = [];
  for (const path of COUNTS) {
    const value = valueAt(config, path);
    if (value?.kind !== 'float') continue;
    const whole = Math.ceil(value.value);
    found.push({
      id: 'fractional-count',
      message: `${path.join('.')} counts something, and ${yamlFloat(value.value)} is a float`,
      path,
      ...(Number.isSafeInteger(whole) && { hint: `Write an integer, such as ${whole}.` }),
      strictInSubmit: true,
    });
  }
  return found;
};

const rankNotPositive: Rule = (config) => {
  const rank = numberAt(config, 'model.lora_rank');
  if (rank === undefined || rank > 0) return [];
  return [
    {
      id: 'rank-not-positive',
      message: `model.lora_rank is ${rank}: a rank is at least 1`,
      path: ['model', 'lora_rank'],
      hint: 'For a run without LoRA take the base config of a full finetune recipe.',
      strictInSubmit: true,
    },
  ];
};

const learningRateRange: Rule = (config) => {
  const rate = numberAt(config, 'optimizer.lr');
  if (rate === undefined || (rate > 0 && rate <= 1)) return [];
  return [
    {
      id: 'learning-rate-range',
      message: `optimizer.lr is ${rate}: a learning rate is above 0 and at most 1`,
      path: ['optimizer', 'lr'],
      hint: 'Write a value such as 3e-4.',
      strictInSubmit: false,
    },
  ];
};

/** Rules about one value each. */
export const VALUE_RULES: readonly Rule[] = [fractionalCount, rankNotPositive, learningRateRange];
