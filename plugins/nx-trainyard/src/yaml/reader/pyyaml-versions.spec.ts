import { GENERIC, HEAD, TemporarySweep } from '../../../testing/temporary-sweep';
import { formatLocation } from '../../diagnostics';
import { pyyamlVersionWarnings } from './pyyaml-versions';

function warned(text: string): string[] {
  return pyyamlVersionWarnings({ path: 'x.yaml', text }).map(
    ({ location, message }) => `${location ? formatLocation(location) : ''} ${message}`,
  );
}

const says = (location: string, key: string, here: string, there: string, also = '') =>
  `x.yaml:${location} '${key}' is ${here} here, as PyYAML 6.0.3 reads it, but ${there} for PyYAML 6.0.4, which merges in another order${also}`;

// What the two versions make of each was recorded from them.
describe('a mapping that PyYAML 6.0.4 reads otherwise is warned of', () => {
  it.each([
    ['a list of mappings with a key in common', '<<: [{lr: 1}, {lr: 2}]', ['1:1', 'lr', '1', '2']],
    [
      'a chain with a short key, which the mapping in the middle sets anew',
      'x: &x {a: 1}\ny: &y {<<: *x, a: 2}\nz: {<<: *y}\n',
      ['3:5', 'a', '2', '1'],
    ],
    [
      'a mapping that is merged twice, before and after another',
      'x: &x {lr: 1}\ny: {<<: *x, <<: {lr: 2}, <<: *x}\n',
      ['2:5', 'lr', '1', '2'],
    ],
    ['two merges of a short key', '<<: {a: 1}\n<<: {a: 2}\n', ['1:1', 'a', '2', '1']],
    ['a short key that is a number in one', '<<: [{1: x}, {"1": x}]', ['1:1', '1', 'x', 'nothing']],
    [
      'several keys, of which few are named',
      '<<: [{a1: 1, b1: 1, c1: 1, d1: 1, e1: 1}, {a1: {}, b1: 2, c1: 2, d1: 2, e1: 2}]',
      ['1:1', 'a1', '1', 'a mapping', " (and so with 'b1', 'c1', 2 more)"],
    ],
    ['a tag in place of <<', '!!merge m: [{lr: 1}, {lr: [2]}]', ['1:9', 'lr', '1', 'a list']],
  ] as const)('%s', (_, text, [location, key, here, there, also]) => {
    expect(warned(text)).toEqual([says(location, key, here, there, also)]);
  });

  it('and each that merges it', () => {
    const text = '- &m {<<: [{lr: 1}, {lr: 2}]}\n- *m\n- {n: {<<: *m}}\n';
    expect(warned(text)).toEqual([says('1:7', 'lr', '1', '2'), says('3:8', 'lr', '1', '2')]);
  });
});

describe('nothing is said of', () => {
  it.each([
    ['a mapping without <<', '{a: 1, b: {a: 2}}'],
    ['one mapping', '<<: {a: 1, lr: 2}\nb: 3'],
    ['mappings without a key in common, which come in another order', '<<: [{a: 1}, {b: 2}]'],
    ['the same value twice', '<<: [{lr: 1}, {lr: 1}]'],
    ['a short key in a list, of which the first wins in both', '<<: [{a: 1}, {a: 2}]'],
    ['a key of its own, which wins in both', '<<: [{lr: 1}, {lr: 2}]\nlr: 3'],
    ['a chain with a longer key', 'x: &x {lr: 1}\ny: &y {<<: *x, lr: 2}\nz: {<<: *y}'],
    ['a mapping that is only merged, and there hidden', '<<: {<<: [{lr: 1}, {lr: 2}]}\nlr: 3'],
    ["'<<' in quotes", '"<<": [{lr: 1}, {lr: 2}]'],
    ['nothing', ''],
  ])('%s', (_, text) => expect(warned(text)).toEqual([]));
});

describe('the warning is given', () => {
  const MERGED = '<<: [{lr: 1}, {lr: 2}]\n';

  it('with a hint that ends the difference', () => {
    const [warning] = pyyamlVersionWarnings({ path: 'x.yaml', text: MERGED });
    expect(warning?.hint).toBe(
      "Write 'lr' in this mapping itself, beside '<<': that wins in both.",
    );
    expect(warned(`${MERGED}lr: 1\n`)).toEqual([]);
  });

  it.each(['generic', 'torchtune'])('for the base of a sweep (%s)', (framework) => {
    const head = GENERIC.replace('generic', framework);
    const sweep = new TemporarySweep(`${head}variables: {x: [2]}\n`, {
      'base.yaml': `x: 1\ny: {<<: [{lr: 1}, {lr: 2}]}\noutput_dir: /o\n`,
    });
    expect(sweep.warnings()).toContainEqual(
      expect.stringMatching(/^base.yaml:2:5 pyyaml-versions /),
    );
  });

  it('for an experiment', () => {
    const sweep = new TemporarySweep(`${HEAD}controls: {<<: [{lora_rank: 8}, {lora_rank: 16}]}\n`);
    expect(sweep.warnings()).toContainEqual(
      expect.stringMatching(/^experiment.yaml:3:12 pyyaml-versions /),
    );
  });

  it('for the recipe that a sweep is over, and its fragments', () => {
    const sweep = new TemporarySweep(
      'experiment: {name: e, framework: hyperpod}\nframework_config: {base_recipe: t/r}\nvariables: {x: [2]}\n',
      {
        'recipes_collection/launcher_scripts_config.yaml':
          'settings: {recipes_dir: r}\ntemplates: {t: "own {overrides}"}\ndefault_template: t\n',
        'r/t/r.yaml': 'defaults: [/f@f, _self_]\nx: 1\n',
        'r/t/f.yaml': MERGED,
      },
    );
    expect(sweep.warnings()).toContainEqual(
      expect.stringMatching(/^r\/t\/f.yaml:1:1 pyyaml-versions /),
    );
  });
});
