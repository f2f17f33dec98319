import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

const BASE = 'lr: 0.1\nname: adam\nnothing: null\nexpression: range(3)\nspan: {min: 0, max: 1}\n';
const TOLD = 'are in the syntax of another tool, which is not supported here';

function generic(rest: string): string[] {
  return new TemporarySweep(GENERIC + rest, { 'base.yaml': BASE }).problems();
}

describe("another tool's way to say several values is refused, and shown as it is written here:", () => {
  it.each<[written: string, name: string, hint: string]>([
    ['variables: {lr: {values: [1, 2]}}', 'lr', 'Write lr: [1, 2].'],
    ['variables: {lr: {value: 1}}', 'lr', 'Write lr: [1].'],
    ['variables: {lr: {min: 0.1, max: 0.2}}', 'lr', 'Write lr: {linspace: [0.1, 0.2, 5]}.'],
    ['variables: {lr: [{values: [1, 2]}]}', 'lr', 'Write lr: [1, 2].'],
    ['variables: {name: ["choice(a, b)"]}', 'name', 'Write name: [a, b].'],
    ['variables:\n  lr: choice(1, 2)', 'lr', 'Write lr: [1, 2].'],
    ['variables:\n  lr: range(1, 4)', 'lr', 'Write lr: {range: [1, 3, 1]}.'],
    ['sweep: {zip: [{lr: {values: [1, 2]}}]}', 'lr', 'Write lr: [1, 2].'],
    ['controls: {lr: {values: [1, 2]}}', 'lr', "Write 'variables: {lr: [1, 2]}'."],
    ['controls: {lr: {value: 1}}', 'lr', 'Write lr: 1.'],
    ['controls:\n  name: choice(a, b)', 'name', "Write 'variables: {name: [a, b]}'."],
    ['controls: {lr.values: [1, 2]}', 'lr', "Write 'variables: {lr: [1, 2]}'."],
    ['controls: {new: {grid_search: [1, 2]}}', 'new', "Write 'variables: {new: [1, 2]}'."],
    ['sweep: {runs: [{lr: {values: [1, 2]}}]}', 'lr', "Write 'variables: {lr: [1, 2]}'."],
  ])('%s', (written, name, hint) => {
    const [problem, ...others] = generic(`${written}\n`);
    expect(others).toEqual([]);
    expect(problem).toContain(`ExperimentSchema the values of '${name}' ${TOLD} (${hint})`);
  });

  it('of short names too', () => {
    const sweep = new TemporarySweep(`${HEAD}controls: {lora_dropout: {values: [0.0, 0.1]}}\n`);
    expect(sweep.problems()).toEqual([
      `experiment.yaml:3:27 ExperimentSchema the values of 'lora_dropout' ${TOLD} (Write 'variables: {lora_dropout: [0.0, 0.1]}'.)`,
    ]);
  });
});

it.each([
  'controls: {expression: range(4)}',
  'controls: {span: {min: 1}}',
  'controls: {nothing: {min: 1}}',
  'controls: {nothing: {min: 1, max: 2}}',
  'controls: {nothing: {value: 1}}',
])('what the base has, or may have, is a value as any other: %s', (rest) => {
  expect(generic(`${rest}\n`)).toEqual([]);
});
