import { HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

function hints(rest: string): string[] {
  return new TemporarySweep(HEAD + rest).problems().map((problem) => {
    return problem.slice(problem.indexOf('(') + 1, -1);
  });
}

describe('a value that does not fit is told what it was meant as:', () => {
  it.each<[string, string[]]>([
    ['variables: {lora_rank: [8 16]}', ['A comma is missing: write 8, 16.']],
    ['variables: {lora_rank: [8 16 32, 64]}', ['A comma is missing: write 8, 16, 32.']],
    ['variables: {lr: [1e-4 3e-4]}', ['A comma is missing: write 1e-4, 3e-4.']],
    ['variables: {lora_rank: ["8, 16"]}', ['It is one text: write 8, 16.']],
    ['variables: {lora_rank: ["[8, 16]"]}', ['It is one text: write 8, 16.']],
    ['variables: {lora_rank: [8;16]}', ['It is one text: write 8, 16.']],
    [
      'variables: {lora_rank: [true, 2]}',
      [
        "Write a number in place of true, which is bool; if true is meant, write 'replace: [model.lora_rank]'.",
      ],
    ],
    [
      'variables: {lora_rank: [2, x, 4]}',
      [
        "Write a number in place of x, which is str; if x is meant, write 'replace: [model.lora_rank]'.",
      ],
    ],
    [
      'variables: {lora_rank: [[8, 16]]}',
      ['A list in a list is one value: write 8, 16 without brackets.'],
    ],
    ['controls: {lora_rank: 8 16}', ["To vary it, write 'variables: {model.lora_rank: [8, 16]}'."]],
    [
      'controls: {lora_rank: [8, 16]}',
      ["To vary it, write 'variables: {model.lora_rank: [8, 16]}'."],
    ],
    ['controls: {lora_attn_modules: q_proj}', ['Write a list: [q_proj].']],
    ['controls: {lora_attn_modules: "[q_proj, v_proj]"}', ['Remove the quotes: [q_proj, v_proj].']],
    ['controls: {lora_attn_modules: q_proj, seed: 1}', ['Write a list: [q_proj].']],
    ['variables: {lora_attn_modules: [q_proj]}', ['Write a list: [q_proj].']],
    ['controls: {output_dir: 017}', ["Put the value in quotes: '017'."]],
    ['controls: {optimizer: adamw}', ['Write optimizer._component_: torch.optim.AdamW']],
    [
      'variables: {metric_logger: [wandb]}',
      ['Write metric_logger._component_: torchtune.training.metric_logging.WandBLogger'],
    ],
    ['controls: {optimizer: my.Optimizer}', ['Write optimizer._component_: my.Optimizer']],
    ['controls: {model: 3}', ["If 3 is meant, write 'replace: [model]'."]],
  ])('%s', (rest, expected) => {
    expect(hints(`${rest}\n`)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['lora_rank: 8 16', '[8, 16]'],
    ['lora_rank: 8, 16', '[8, 16]'],
    ['lora_rank: "8, 16"', '[8, 16]'],
    ['lora_rank: "[8, 16]"', '[8, 16]'],
    ['optimizer._component_: torch.optim.AdamW', '[torch.optim.AdamW]'],
  ])('variables without a list: %s', (written, list) => {
    expect(hints(`variables:\n  ${written}\n`)).toEqual([
      `Put it under controls, or write ${list}.`,
    ]);
  });
});
