import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

function problems(rest: string): string[] {
  return new TemporarySweep(HEAD + rest).problems();
}

const BASE = `lr: 0.1
optim: {name: adam, lr: 0.1}
sweep: 3
recipe: {steps: 1}
--flag: 1
a/b: 1
limits: {time: 1}
`;

function generic(rest: string): string[] {
  return new TemporarySweep(GENERIC + rest, { 'base.yaml': BASE }).problems();
}

/** Keys of other tools, whose syntax they are, and what is written here. */
const FOREIGN: [written: string, of: string, hint: string][] = [
  ['+lora_rank', 'Hydra', 'Write lora_rank.'],
  ['++lora_rank', 'Hydra', 'Write lora_rank.'],
  ['++optimizer.lr', 'Hydra', 'Write optimizer.lr.'],
  ['~optimizer.fused', 'Hydra', 'Write delete: [optimizer.fused].'],
  ['--lr', 'a command line', 'Write lr.'],
  ['--learning-rate', 'a command line', 'Write learning_rate.'],
  ['--optimizer.lr', 'a command line', 'Write optimizer.lr.'],
  ['-lr', 'a command line', 'Write lr.'],
  ['lr=1e-3', 'a command line', 'Write lr: 1e-3.'],
  ['optimizer.lr=0.1', 'a command line', 'Write optimizer.lr: 0.1.'],
  ['--lr=0.1', 'a command line', 'Write lr: 0.1.'],
  ['+lr=0.1', 'a command line', 'Write lr: 0.1.'],
  ['lr := 3', 'a command line', 'Write lr: 3.'],
  ['lora_rank=[8,16]', 'a command line', 'Write lora_rank: [8,16].'],
  ['${optimizer.lr}', 'an interpolation', 'Write optimizer.lr.'],
  ['{lora_rank}', 'an interpolation', 'Write lora_rank.'],
  ["optimizer['lr']", 'Python', 'Write optimizer.lr.'],
  ['optimizer/lr', "Hydra's config groups", 'Write optimizer.lr.'],
];

describe("a key in another tool's syntax is refused, and what to write is shown:", () => {
  it.each(FOREIGN)('%s', (written, of, hint) => {
    const key = `"${written}"`;
    const said = `UnknownPath '${written.replace("['lr']", ".'lr'")}' is not a key, but the syntax of ${of} (${hint})`;
    const found = [
      ...problems(`variables: {${key}: [8, 16]}\n`),
      ...problems(`controls: {${key}: 8}\n`),
      ...problems(`sweep: {zip: [{${key}: [8, 16]}]}\n`),
      ...problems(`sweep: {runs: [{${key}: 8}]}\n`),
      ...problems(
        `variables: {epochs: [1]}\nsweep: {when: [{if: {epochs: 1}, set: {${key}: 8}}]}\n`,
      ),
      ...problems(`variables: {epochs: [1]}\nsweep: {when: [{if: {${key}: 8}, set: {seed: 8}}]}\n`),
      ...problems(`variables: {epochs: [1]}\nsweep: {exclude: [{${key}: 8}]}\n`),
    ].filter((problem) => problem.endsWith(said));
    expect(found).toHaveLength(7);
  });
});

it.each([['db@backup'], ['optimizer@optim'], ['model/llama'], ['/model'], ['a/b@c']])(
  "a group of Hydra's is not chosen in a sweep: %s",
  (written) => {
    expect(problems(`variables: {${written}: [a, b]}\n`)).toEqual([
      `experiment.yaml:3:13 UnknownPath '${written}' is not a key, but the syntax of Hydra's config groups (Choose groups in the base itself. Here, write the keys that differ between the options, as dotted paths.)`,
    ]);
  },
);

describe('a part of the experiment file is no key of a config:', () => {
  it.each([
    ['base_config: a/b', 'base_config', 'under framework_config: an experiment has one base'],
    ['base_recipe: a/b', 'base_recipe', 'under framework_config: an experiment has one base'],
    ['recipe: x', 'recipe', 'under framework_config'],
    ['command: x', 'command', 'under framework_config'],
    ['output_dir_key: x', 'output_dir_key', 'under framework_config'],
    ['sweep: {sample: {n: 1, seed: 0}}', 'sweep', 'at the top level of the experiment'],
    ['derived: {lora_alpha: 2 * lora_rank}', 'derived', 'at the top level of the experiment'],
    ['resources: {gpus: 8}', 'resources', 'at the top level of the experiment'],
    ['variables: {lr: [1, 2]}', 'variables', 'at the top level of the experiment'],
    ['per_run_output_dir: false', 'per_run_output_dir', 'under output'],
    ['max_runs: 3', 'max_runs', 'under limits'],
  ])('%s', (written, name, home) => {
    expect(problems(`controls: {${written}}\n`)).toEqual([
      expect.stringContaining(
        `UnknownPath '${name}' belongs to the experiment file; it is not a key of the base config (Write ${name} ${home}.)`,
      ) as string,
    ]);
  });

  it('among variables too', () => {
    expect(problems('variables: {base_config: [a, b]}\n')).toEqual([
      "experiment.yaml:3:13 UnknownPath 'base_config' belongs to the experiment file; it is not a key of the base config (Write base_config under framework_config: an experiment has one base.)",
    ]);
  });
});

it.each(['{data: {x=y: 1}}', '{data: {a/b: 1}}', '{data: {a@b: 1}}', '{data: {"": 1}}'])(
  'a new key of a control may have such marks in it, and is told as any other: %s',
  (controls) => {
    expect(generic(`controls: ${controls}\n`)).toEqual([]);
  },
);

it.each(['limits.memory: 2', 'sweep_id: 2', 'recipe.epochs: 2', 'command.name: x'])(
  "a new key beside the base's own, or below the name of a single value, is told as any other: %s",
  (written) => {
    expect(generic(`controls: {${written}}\n`)).toEqual([]);
    const key = written.replace(/:.*/, '');
    const [problem, ...others] = generic(`variables: {${key}: [1, 2]}\n`);
    expect(others).toEqual([]);
    expect(problem).toContain(`3:13 unknown-key `);
  },
);

it('what the base has may be called anything', () => {
  const keys = '{sweep: 4, recipe.steps: 2, --flag: 2, a/b: 2, optim.lr: 0.2}';
  expect(generic(`controls: ${keys}\n`)).toEqual([]);
});
