import { nearest } from '../../../diagnostics';
import type { ValueRule } from './lint';

/** What a number has to be, for the run to do what it is asked to. */
interface Range {
  readonly fits: (value: number) => boolean;
  /** How the range is told, after "is". */
  readonly words: string;
  readonly hint: string;
}

const POSITIVE: Range = { fits: (n) => n >= 1, words: 'at least 1', hint: 'Write 1 or more.' };
const POSITIVE_OR_NULL: Range = { ...POSITIVE, hint: 'Write 1 or more, or null for no limit.' };
const NOT_NEGATIVE: Range = { fits: (n) => n >= 0, words: 'at least 0', hint: 'Write 0 or more.' };
const PART: Range = {
  fits: (n) => n >= 0 && n < 1,
  words: 'at least 0 and below 1',
  hint: 'Write a value such as 0.05.',
};
const BETA: Range = { ...PART, hint: 'Write a value such as 0.9.' };
const LARGEST_SEED = 2 ** 32 - 1;

/** By dotted path. (torchtune 0.6.1's recipes, and what torch checks itself) */
const RANGES: ReadonlyMap<string, Range> = new Map([
  ...[
    ...['epochs', 'batch_size', 'batch_size_val', 'gradient_accumulation_steps', 'num_steps'],
    ...[
      'log_every_n_steps',
      'ppo_epochs',
      'ppo_batch_size',
      'forward_batch_size',
      'max_seq_length',
    ],
    ...['tokenizer.max_seq_len'],
  ].map((path) => [path, POSITIVE] as const),
  ...['max_steps_per_epoch', 'run_val_every_n_steps', 'top_k'].map(
    (path) => [path, POSITIVE_OR_NULL] as const,
  ),
  ...[
    'lr_scheduler.num_warmup_steps',
    'optimizer.weight_decay',
    'optimizer.eps',
    'optimizer.momentum',
  ].map((path) => [path, NOT_NEGATIVE] as const),
  ['model.lora_dropout', PART],
  [
    'model.lora_alpha',
    {
      fits: (n) => n !== 0,
      words: 'not 0, or LoRA has no effect',
      hint: 'Write a value such as 16.',
    },
  ],
  [
    'clip_grad_norm',
    {
      fits: (n) => n > 0,
      words: 'above 0',
      hint: 'Write a value such as 1.0, or null to disable clipping.',
    },
  ],
  [
    'seed',
    {
      fits: (n) => n >= 0 && n <= LARGEST_SEED,
      words: `at least 0 and at most ${LARGEST_SEED}`,
      hint: 'Write a value such as 0, or null for a new seed in each run.',
    },
  ],
]);

/** The keys that hold one number. */
export const RANGED: readonly string[] = [...RANGES.keys()];

const outOfRange: ValueRule = (path, value) => {
  if (value.kind !== 'int' && value.kind !== 'float') return undefined;
  const name = path.join('.');
  const range = /^optimizer\.betas\.\d+$/.test(name) ? BETA : RANGES.get(name);
  if (!range || range.fits(Number(value.value))) return undefined;
  const { words, hint } = range;
  const message = `${name} is ${value.value}, and must be ${words}`;
  return { id: 'out-of-range', message, path, hint, strictInSubmit: true };
};

/** Texts of which only some mean anything, and other spellings of them. */
interface Words {
  readonly known: readonly string[];
  readonly pattern: RegExp;
  readonly others: Readonly<Record<string, string>>;
  readonly id: 'unknown-device' | 'unknown-dtype' | 'unknown-lora-module';
  readonly what: string;
}

const DEVICES = ['cuda', 'cpu', 'mps', 'xpu', 'npu', 'hpu'];
const DTYPES = ['bf16', 'fp32', 'fp16', 'fp64'];
const MODULES = ['q_proj', 'k_proj', 'v_proj', 'output_proj'];

const WORDS: readonly (readonly [path: RegExp, words: Words])[] = [
  [
    /^device$/,
    {
      known: DEVICES,
      // What torch itself knows; the others are of other hardware, or of tests.
      pattern: /^(cuda|cpu|mps|xpu|npu|hpu|xla|meta|mtia|maia|ipu|hip|ve|privateuseone)(:\d+)?$/,
      others: { gpu: 'cuda', gpus: 'cuda', auto: 'cuda', nvidia: 'cuda', metal: 'mps' },
      id: 'unknown-device',
      what: 'no device of torch',
    },
  ],
  [
    /^dtype$/,
    {
      known: DTYPES,
      pattern: /^(bf16|fp32|fp16|fp64)$/,
      others: {
        bfloat16: 'bf16',
        'torch.bfloat16': 'bf16',
        float32: 'fp32',
        'torch.float32': 'fp32',
        float: 'fp32',
        float16: 'fp16',
        'torch.float16': 'fp16',
        half: 'fp16',
        float64: 'fp64',
        double: 'fp64',
        auto: 'bf16',
      },
      id: 'unknown-dtype',
      what: 'no precision of torchtune',
    },
  ],
  [
    /^(\w+_)?model\.lora_attn_modules\.\d+$/,
    {
      known: MODULES,
      pattern: /^(q_proj|k_proj|v_proj|output_proj)$/,
      others: {
        o_proj: 'output_proj',
        out_proj: 'output_proj',
        wq: 'q_proj',
        wk: 'k_proj',
        wv: 'v_proj',
        wo: 'output_proj',
      },
      id: 'unknown-lora-module',
      what: 'no module that LoRA is put on, and has no effect',
    },
  ],
];

const unknownWord: ValueRule = (path, value) => {
  const name = path.join('.');
  const [, words] = WORDS.find(([pattern]) => pattern.test(name)) ?? [];
  if (!words || value.kind !== 'str' || value.value.includes('${')) return undefined;
  if (words.pattern.test(value.value)) return undefined;
  const lower = value.value.toLowerCase();
  const near = words.others[lower] ?? nearest(lower, words.known)[0];
  const hint = near === undefined ? `Write one of ${words.known.join(', ')}.` : `Write ${near}.`;
  const message = `${name} is '${value.value}', which is ${words.what}`;
  return { id: words.id, message, path, hint, strictInSubmit: true };
};

/** Values with which a run is certain to fail, or to do nothing. Null and interpolations are not judged. */
export const RANGE_RULES: readonly ValueRule[] = [outOfRange, unknownWord];
