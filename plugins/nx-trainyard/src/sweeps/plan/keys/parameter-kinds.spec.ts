import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

const IDS = ['wrong-kind', 'empty-mapping'];

function found(experiment: string, base = ''): string[] {
  const sweep = new TemporarySweep(experiment, { 'base.yaml': base });
  return sweep
    .plan()
    .warnings.filter(({ id }) => IDS.includes(id))
    .map(({ message, hint }) => `${message} | ${hint}`);
}

describe('where the base says null or nothing, a value of a kind that torchtune does not take', () => {
  it.each([
    [
      'seed: {}',
      "'seed' gets a mapping, and takes a whole number | Write a number, such as 1, or null.",
    ],
    ['seed: {a: 1}', "'seed' gets a mapping, and takes a whole number"],
    ['seed: []', "'seed' gets a list, and takes a whole number"],
    ['seed: true', "'seed' gets true or false, and takes a whole number"],
    ['max_steps_per_epoch: ten', "'max_steps_per_epoch' gets a text, and takes a whole number"],
    ['max_steps_per_epoch: "5"', 'takes a whole number | Remove the quotes: 5.'],
    [
      'tokenizer: {max_seq_len: []}',
      "'tokenizer.max_seq_len' gets a list, and takes a whole number",
    ],
    ['clip_grad_norm: {}', "'clip_grad_norm' gets a mapping, and takes a number"],
    ['optimizer.betas: 0.9', "'optimizer.betas' gets a number, and takes a list | Write a list."],
    ['dataset.column_map: x', "'dataset.column_map' gets a text, and takes a mapping"],
  ])('is warned of: %s', (control, reported) => {
    expect(found(`${HEAD}controls: {${control}}\n`)).toEqual([expect.stringContaining(reported)]);
  });

  it('is warned of wherever it is set, and each value', () => {
    const values = 'variables: {seed: [{}, 1, null, []]}\n';
    expect(found(HEAD + values)).toHaveLength(2);
    expect(found(`${HEAD}sweep: {runs: [{seed: {}}]}\n`)).toHaveLength(1);
    const when = 'sweep: {when: [{if: {epochs: 1}, set: {seed: []}}]}\n';
    expect(found(HEAD + when)).toHaveLength(1);
  });

  it.each([
    'seed: null',
    'seed: 3',
    'seed: "${batch_size}"',
    'max_steps_per_epoch: 5',
    'clip_grad_norm: 1',
    'optimizer.betas: [0.9, 0.99]',
    'dataset.column_map: {input: a}',
    'dataset.data_files: [a, b]',
    'tokenizer.prompt_template: {user: [a, b]}',
  ])('but not %s', (control) => {
    expect(found(`${HEAD}controls: {${control}}\n`)).toEqual([]);
  });

  it('nor what replaces it on purpose, or a framework of which nothing is known', () => {
    expect(found(`${HEAD}controls: {seed: {a: 1}}\nreplace: [seed]\n`)).toEqual([]);
    expect(found(`${GENERIC}controls: {seed: {}}\n`, 'seed: null\n')).toEqual([]);
  });
});

describe('an empty mapping for a mapping of the base', () => {
  it('is warned of, since nothing changes', () => {
    const reported = ["'m' is {}, which changes nothing: mappings merge"];
    const base = 'm: {x: 1, y: {}}\nz: null\n';
    const hint = "Remove it. To have nothing in it, write 'replace: [m]', too.";
    expect(found(`${GENERIC}controls: {m: {}}\n`, base)).toEqual([`${reported[0]} | ${hint}`]);
    expect(found(`${GENERIC}controls: {m: {}}\nreplace: [m]\n`, base)).toEqual([]);
    expect(found(`${GENERIC}controls: {m.y: {}, z: {}}\n`, base)).toEqual([]);
    expect(found(`${HEAD}controls: {tokenizer: {}}\n`)).toHaveLength(1);
  });
});
