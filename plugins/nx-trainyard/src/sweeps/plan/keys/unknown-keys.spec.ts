import type { DiagnosticError } from '../../../diagnostics';
import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

const BASE = 'lr: 1\nseed: 0\nmodel: {rank: 8, alpha: 16}\nout: /out\n';

function sweep(text: string): TemporarySweep {
  return new TemporarySweep(text, { 'base.yaml': BASE });
}

/** What each error of a plan says to write. */
function hintsOf(rejected: TemporarySweep): string[] {
  try {
    rejected.plan();
  } catch (cause) {
    return (cause as DiagnosticError).diagnostics.map(({ hint }) => hint ?? '');
  }
  return [];
}

/** Every way in which a key varies, with a misspelt one. */
const VARIED: readonly (readonly [where: string, rest: string, name: string])[] = [
  ['a variable', 'variables: {lora_rnak: [8, 16]}\n', 'lora_rnak'],
  ['a variable of one value', 'variables: {lora_rnak: [8]}\n', 'lora_rnak'],
  ['a variable with a path', 'variables: {model.lora_rnak: [8, 16]}\n', 'model.lora_rnak'],
  ['zip', 'sweep: {zip: [{epochs: [1, 2], bacth_size: [1, 2]}]}\n', 'bacth_size'],
  ['an explicit row', 'sweep: {runs: [{epocs: 2}]}\n', 'epocs'],
  ['a nested key of a row', 'sweep: {runs: [{model: {lora_rnak: 2}}]}\n', 'model.lora_rnak'],
  [
    'a condition',
    'variables: {epochs: [1, 2]}\nsweep: {when: [{if: {epochs: 1}, set: {bacth_size: 4}}]}\n',
    'bacth_size',
  ],
  [
    'a derived key',
    'variables: {epochs: [1, 2]}\nderived: {bacth_size: "2 * epochs"}\n',
    'bacth_size',
  ],
  ['the key of the seed', 'sweep: {repeats: {n: 2, seed_key: sed}}\n', 'sed'],
  [
    'a key in a mapping',
    'variables: {model: [{lora_rank: 8, lora_rnak: 1}, {lora_rank: 16}]}\n',
    'model.lora_rnak',
  ],
];

describe('a key that nothing knows, where it varies', () => {
  it.each([
    ['below a single value', 'lr.inner'],
    ['beyond the end of a list', 'items.7'],
    ['below an interpolation', 'linked.rnak'],
  ])('is not to be allowed where the base has no room for it: %s', (_where, name) => {
    const base = `${BASE}items: [1, 2]\nlinked: \${model}\n`;
    const text = `${GENERIC}variables: {${name}: [1, 2]}\n`;
    const hints = hintsOf(new TemporarySweep(text, { 'base.yaml': base }));
    expect(hints).toHaveLength(2);
    expect(hints.join()).not.toContain('silence');
    const possible = text.replace(name, 'model.rnak');
    expect(hintsOf(new TemporarySweep(possible, { 'base.yaml': base })).join()).toContain(
      'silence',
    );
  });

  it.each(VARIED)('is refused: %s', (_where, rest, name) => {
    const problems = sweep(HEAD + rest).problems();
    expect(problems).toEqual([expect.stringContaining(`unknown-key '${name}' is not `)]);
    expect(problems[0]).toContain('Did you mean');
    expect(() => sweep(HEAD + rest).generate()).toThrow(`'${name}' is not`);
  });

  it.each(VARIED)('is refused in every mode: %s', (_where, rest) => {
    for (const mode of ['off', 'warn', 'error']) {
      expect(sweep(`${HEAD}${rest}validate: {mode: ${mode}}\n`).problems()).toHaveLength(1);
    }
  });

  it.each([
    ['a variable', 'variables: {lrr: [1, 2]}\n'],
    ['a new key below a mapping', 'variables: {model.rnak: [1, 2]}\n'],
    ['a key in a mapping', 'variables: {model: [{rank: 1, alhpa: 2}]}\n'],
    ['a row', 'sweep: {runs: [{lrr: 2}]}\n'],
    ['a derived key', 'derived: {lrr: "lr * 2"}\n'],
    ['the seed', 'sweep: {repeats: {n: 2, seed_key: sed}}\n'],
  ])('is refused for a config of one’s own: %s', (_where, rest) => {
    expect(sweep(GENERIC + rest).problems()).toEqual([
      expect.stringMatching(/ unknown-key '\S+' is not a key of the base config \(Did you mean /),
    ]);
  });

  it('that no seed key is written for says where to write one', () => {
    const text = `${GENERIC}sweep: {repeats: {n: 2}}\n`;
    expect(new TemporarySweep(text, { 'base.yaml': 'lr: 1\n' }).problems()).toEqual([
      expect.stringContaining('(Set sweep.repeats.seed_key to the key that takes the seed.'),
    ]);
  });

  it('is told at each of its places', () => {
    const problems = sweep(`${HEAD}sweep: {runs: [{epocs: 1}, {epocs: 2}]}\n`).problems();
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'experiment.yaml:3:17',
      'experiment.yaml:3:29',
    ]);
  });

  it('is told beside what else is wrong, also with the schema', () => {
    const rest = 'variables: {lora_rnak: [8]}\ncontrols: {epochs: three}\n';
    expect(sweep(HEAD + rest).problems()).toHaveLength(2);
    expect(sweep(`${HEAD}${rest}notes: x\n`).problems()).toHaveLength(3);
    const allowed = 'validate: {silence: [{id: unknown-key, reason: x}]}\n';
    expect(sweep(`${HEAD}${rest}${allowed}notes: x\n`).problems()).toHaveLength(2);
  });
});

it.each(['controls: {lora_rnak: 8}\n', 'controls: {model: {lora_rnak: 8}}\n'])(
  'a key that nothing knows is a warning among controls: %s',
  (rest) => {
    expect(sweep(HEAD + rest).warnings()).toEqual([expect.stringContaining('unknown-key')]);
  },
);

it('what a component of one’s own takes, or replaces what the base has, is not unknown', () => {
  const own = 'variables: {model: [{_component_: my.Model, width: 1}, {_component_: my.Other}]}\n';
  expect(sweep(HEAD + own).problems()).toEqual([]);
  const replaced = 'variables: {model: [{width: 1}, {width: 2}]}\nreplace: [model]\n';
  expect(sweep(GENERIC + replaced).problems()).toEqual([]);
});

/** What a hint says to write for a key that is meant, done to the text of the experiment. */
function followed(text: string, hint: string): string {
  const whole = /write '(validate: .*)'\.$/.exec(hint);
  if (whole) return `${text}${whole[1]}\n`;
  const list = /write '(silence: .*)' under validate\.$/.exec(hint);
  if (list)
    return text.replace(/^validate:.*$/m, (line) => `validate:\n  ${list[1]}\n${inBlock(line)}`);
  const entry = /add (\{id: .*\}) to the list validate\.silence\.$/.exec(hint);
  if (!entry) throw new Error(`not to be followed: ${hint}`);
  return text.replace(/(silence: \[)/, `$1${entry[1]}, `);
}

function inBlock(line: string): string {
  return line.replace(/^validate: \{(.*)\}$/, '  $1');
}

describe('the hint of an unknown key, followed literally, ends in success', () => {
  const before = [
    '',
    'validate: {mode: error}\n',
    'validate: {silence: [{id: fp16, reason: x}]}\n',
  ];
  it.each(VARIED)('%s', (_where, rest) => {
    for (const validate of before) {
      let text = HEAD + rest + validate;
      const [problem = ''] = sweep(text).problems();
      text = followed(text, problem.slice(problem.indexOf('(') + 1, -1));
      const silenced = validate.includes('fp16') ? [expect.stringContaining('unused-silence')] : [];
      expect(
        sweep(text)
          .warnings()
          .filter((reported) => !reported.includes('confounded-rank')),
      ).toEqual(silenced);
    }
  });

  it.each(['a key', 'on', '1a', 'a,b', "it's"])('also where the key is %j', (key) => {
    const text = `${GENERIC}variables: {${JSON.stringify(key)}: [1, 2]}\n`;
    const [problem = ''] = sweep(text).problems();
    const hint = problem.slice(problem.indexOf('(') + 1, -1);
    expect(sweep(followed(text, hint)).problems()).toEqual([]);
  });
});
