import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

/** What is found, as `line:column message | hint`. */
function found(experiment: string, base = ''): string[] {
  const sweep = new TemporarySweep(experiment, { 'base.yaml': base });
  return sweep
    .plan()
    .warnings.filter(({ id }) => id === 'removed-component')
    .map(({ message, hint }) => `${message} | ${hint}`);
}

const ADAMW = 'torch.optim.AdamW';

describe('null instead of what the recipe needs is warned of', () => {
  it('with both things that can be written, under controls', () => {
    expect(found(`${HEAD}controls: {optimizer: null}\n`)).toEqual([
      `'optimizer' is null: runs are without what the base has there (${ADAMW}) | ` +
        "If that is meant, remove it here and write 'delete: [optimizer]'. " +
        `Otherwise write the component: optimizer._component_: ${ADAMW}.`,
    ]);
  });

  it.each([
    ['controls:\n  loss:\n', "'loss' is empty, which means null: runs are without"],
    ['controls: {model: ~}\n', "'model' is null: runs are without"],
    ['replace: [model]\ncontrols: {model: null}\n', "'model' is null: runs are without"],
    ['variables: {profiler: [null]}\n', "'profiler' is null: runs are without"],
    ['variables: {lr_scheduler: [null, {num_warmup_steps: 5}]}\n', "'lr_scheduler' is null"],
    ['sweep: {runs: [{dataset: null}, {seed: null}]}\n', "'dataset' is null"],
    ['sweep: {zip: [{seed: [1, 2], loss: [null, null]}]}\n', "'loss' is null"],
    ['sweep: {when: [{if: {epochs: 1}, set: {checkpointer: null}}]}\n', "'checkpointer' is null"],
  ])('wherever it is set: %j', (text, reported) => {
    expect(new Set(found(HEAD + text))).toEqual(new Set([expect.stringContaining(reported)]));
  });

  it('also where the base has a mapping that is no component', () => {
    const file = GENERIC.replace('generic', 'torchtune');
    const base = 'output_dir: /out\nmy: {a: 1, b: 2, c: 3, d: 4}\nempty: {}\none: 1\n';
    expect(found(`${file}controls: {my: null, empty: null, one: null}\n`, base)).toEqual([
      "'my' is null: runs are without what the base has there (a, b, c, …) | If that is meant, " +
        "remove it here and write 'delete: [my]'. Otherwise write the keys that change.",
    ]);
  });

  it('and so is a block that is left without its component', () => {
    const without = "'optimizer' has no component: runs cannot make anything of it";
    for (const text of [
      'controls: {optimizer: {_component_: null}}\n',
      'variables: {optimizer._component_: [null, torch.optim.SGD]}\n',
      'replace: [optimizer]\ncontrols: {optimizer: {}}\n',
      'replace: [optimizer]\ncontrols: {optimizer: {lr: 1.0e-3}}\n',
    ]) {
      expect(found(HEAD + text)).toEqual([
        `${without} | Write the component: optimizer._component_: ${ADAMW}.`,
      ]);
    }
  });
});

describe('what the warning says to write ends it', () => {
  it('delete, also where something is deleted already', () => {
    expect(found(`${HEAD}delete: [profiler]\n`)).toEqual([]);
    expect(found(`${HEAD}delete: [seed]\ncontrols: {profiler: null}\n`)).toEqual([
      expect.stringContaining("remove it here and add profiler to 'delete'."),
    ]);
  });

  it('its silence, where only some runs are to be without', () => {
    const text = `${HEAD}variables: {profiler: [null, {enabled: true}]}\n`;
    const [warning = ''] = found(text);
    const [, entry] = /write '(validate: .*)'\. Otherwise/.exec(warning) ?? [];
    expect(entry).toBe(
      'validate: {silence: [{id: removed-component, keys: [profiler], reason: …}]}',
    );
    expect(found(`${text}${entry}\n`)).toEqual([]);
  });

  it('the component', () => {
    expect(found(`${HEAD}controls: {optimizer._component_: ${ADAMW}}\n`)).toEqual([]);
    expect(found(`${HEAD}replace: [loss]\ncontrols: {loss: {_component_: a.B}}\n`)).toEqual([]);
  });
});

it('null is not warned of where the base has a single value, or another framework reads it', () => {
  expect(found(`${HEAD}controls: {seed: null, optimizer.weight_decay: null}\n`)).toEqual([]);
  expect(found(`${GENERIC}controls: {scheduler: null}\n`, 'scheduler: {a: 1}\n')).toEqual([]);
});
