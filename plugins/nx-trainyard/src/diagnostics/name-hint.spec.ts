import { nameHint } from './name-hint';

const NAMES = [
  'llama3/8B_lora',
  'llama3_1/8B_lora',
  'llama3_2/1B_lora',
  'llama3_2/1B_full',
  'phi/mini',
  'eval',
];

it.each<[string, string | undefined]>([
  ['llama3_2/1B_lora.yaml', "Write llama3_2/1B_lora: '.yaml' is not part of the name."],
  ['llama3_2/1B_lora.yml', "Write llama3_2/1B_lora: '.yml' is not part of the name."],
  [
    'recipes/configs/llama3_2/1B_lora',
    "Write llama3_2/1B_lora: 'recipes/configs/' is not part of the name.",
  ],
  ['./configs/phi/mini.yaml', "Write phi/mini: './configs/' and '.yaml' are not part of the name."],
  ['eval.yaml', "Write eval: '.yaml' is not part of the name."],
  ['1B_lora', "Did you mean 'llama3_2/1B_lora'?"],
  ['8B_lora', "Did you mean 'llama3/8B_lora' or 'llama3_1/8B_lora'?"],
  ['llama3.1/8B_lora', "Did you mean 'llama3_1/8B_lora' or 'llama3/8B_lora'?"],
  ['meta/1B_lora.yaml', "Did you mean 'llama3_2/1B_lora'?"],
  ['1B_ful', "Did you mean 'llama3_2/1B_full'?"],
  [
    'llama3_2/1B_lorra',
    "Did you mean 'llama3_2/1B_lora' or 'llama3_1/8B_lora' or 'llama3/8B_lora'?",
  ],
  ['zzzzzzzz', undefined],
])('%s: %s', (written, hint) => {
  expect(nameHint(written, NAMES)).toBe(hint);
});
