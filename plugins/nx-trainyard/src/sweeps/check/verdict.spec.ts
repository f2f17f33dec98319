import { GENERIC, HEAD, TemporarySweep, problemsOf } from '../../../testing/temporary-sweep';

const BASE = { 'base.yaml': 'epochs: 1\noutput_dir: /out\n' };

/** Warnings of every origin, each alone in its experiment. */
const ORIGINS: readonly (readonly [id: string, experiment: string])[] = [
  ['fp16', `${HEAD}controls: {dtype: fp16}\n`],
  ['unknown-key', `${HEAD}controls: {epocs: 1}\n`],
  ['yaml-dialect', `${HEAD}controls: {compile: no}\n`],
  ['flat-form', 'experiment_name: e\nbase_config: llama3_2/1B_lora_single_device\n'],
  ['same-fingerprint', `${HEAD}variables: {lora_alpha: [1, 1]}\n`],
  [
    'shared-output-dir',
    `${HEAD}variables: {epochs: [1, 2]}\noutput: {per_run_output_dir: false}\n`,
  ],
  ['no-output-dir', `${HEAD}controls: {output_dir: null}\n`],
  ['no-recipe', GENERIC.replace('generic', 'torchtune')],
  ['unused-exclusion', `${HEAD}variables: {epochs: [1]}\nsweep: {exclude: [{epochs: 2}]}\n`],
  [
    'unused-condition',
    `${HEAD}variables: {epochs: [1]}\nsweep: {when: [{if: {epochs: 2}, set: {batch_size: 2}}]}\n`,
  ],
  ['unused-replace', `${HEAD}replace: [epochs]\n`],
  ['dangling-interpolation', `${GENERIC}delete: [epochs]\ncontrols: {x: "\${epochs}"}\n`],
];

const silencing = (id: string): string => `{id: ${id}, reason: it is meant}`;

/** Only what the case is about: another finding of the same experiment is silenced. */
function sweepOf(id: string, experiment: string, validate: string): TemporarySweep {
  const others = id === 'dangling-interpolation' ? [silencing('unknown-key')] : [];
  const silence = others.length > 0 ? `, silence: [${others.join()}]` : '';
  return new TemporarySweep(`${experiment}validate: {${validate}${silence}}\n`, BASE);
}

function idsOf(problems: readonly string[]): string[] {
  return problems.map((problem) => /(?:^\S+:\d+:\d+ |^)(\S+)/.exec(problem)?.[1] ?? '');
}

describe.each(ORIGINS)('what becomes of %s', (id, experiment) => {
  it('is a warning in the mode warn, which is the default', () => {
    const sweep = sweepOf(id, experiment, 'mode: warn');
    expect(idsOf(sweep.warnings())).toEqual([id]);
    expect(sweep.generate().warnings.map((found) => found.id)).toEqual([id]);
  });

  it('is an error in the mode error, for whoever asks', () => {
    const sweep = sweepOf(id, experiment, 'mode: error');
    expect(idsOf(sweep.problems())).toEqual([id]);
    expect(problemsOf(() => sweep.generate())).toEqual(sweep.problems());
    expect(() => sweep.files()).toThrow('ENOENT');
  });

  it('is nothing in the mode off', () => {
    const sweep = sweepOf(id, experiment, 'mode: off');
    expect(sweep.warnings()).toEqual([]);
    expect(sweep.generate().warnings).toEqual([]);
  });

  it('is an error where one is strict, also in the mode off', () => {
    for (const mode of ['warn', 'off']) {
      const sweep = sweepOf(id, experiment, `mode: ${mode}`);
      expect(idsOf(sweep.problems({ strict: true }))).toEqual([id]);
      expect(problemsOf(() => sweep.generate({ strict: true }))).toEqual(
        sweep.problems({ strict: true }),
      );
    }
  });
});

describe('what is no warning', () => {
  it.each(['off', 'warn', 'error'])('stays what it is in the mode %s', (mode) => {
    const many = `${HEAD}variables: {epochs: {range: [1, 100, 1]}}\nvalidate: {mode: ${mode}}\n`;
    expect(idsOf(new TemporarySweep(many).warnings())).toEqual(['many-runs']);
    const wrong = `${HEAD}controls: {epochs: three}\nvalidate: {mode: ${mode}}\n`;
    expect(idsOf(new TemporarySweep(wrong).problems())).toEqual(['TypeMismatch']);
  });
});

it('strict and the mode error tell all warnings at once, in the order of the file', () => {
  const text = `${HEAD}controls: {epocs: 1, dtype: fp16, compile: no}\n`;
  const expected = ['unknown-key', 'fp16', 'yaml-dialect'];
  expect(idsOf(new TemporarySweep(text).problems({ strict: true }))).toEqual(expected);
  const severe = new TemporarySweep(`${text}validate: {mode: error}\n`);
  expect(idsOf(severe.problems())).toEqual(expected);
});

describe('an entry of silence with keys', () => {
  const silence = (id: string, keys: string): string =>
    `validate: {silence: [{id: ${id}, keys: [${keys}], reason: it is meant}]}\n`;

  it.each([
    ['as it is written', 'epocs'],
    ['beside others', 'epocs, modle'],
  ])('silences a finding about its key %s', (_how, keys) => {
    const sweep = new TemporarySweep(
      `${HEAD}controls: {epocs: 1, modle: 2}\n${silence('unknown-key', keys)}`,
    );
    expect(sweep.warnings()).toHaveLength(keys === 'epocs' ? 1 : 0);
  });

  it.each(['lr', 'learning_rate', 'optimizer.lr'])(
    'knows a key by its path and by every short name: %s',
    (key) => {
      const text = `${HEAD}controls: {optimizer.lr: -1.0}\n`;
      expect(idsOf(new TemporarySweep(text).warnings())).toEqual(['learning-rate-range']);
      const silenced = text + silence('learning-rate-range', key);
      expect(new TemporarySweep(silenced).warnings()).toEqual([]);
    },
  );

  it.each<[string, string, string]>([
    ['yaml-dialect', 'compile', 'controls: {compile: no}\n'],
    ['yaml-dialect', 'controls.compile', 'controls: {compile: no}\n'],
    [
      'shared-output-dir',
      'output_dir',
      'variables: {epochs: [1, 2]}\noutput: {per_run_output_dir: false}\n',
    ],
    ['unused-exclusion', 'epochs', 'variables: {epochs: [1]}\nsweep: {exclude: [{epochs: 2}]}\n'],
    ['no-output-dir', 'output_dir', 'controls: {output_dir: null}\n'],
  ])('holds for every kind of finding that has a key: %s %s', (id, key, rest) => {
    expect(new TemporarySweep(HEAD + rest + silence(id, key)).warnings()).toEqual([]);
  });

  const LINKED = 'a: &a {lr: 1}\nb: *a\nc: *a\n';
  const SHARED = 'lr: 1\nlog_dir: /l\nsave_dir: /s\n';
  const MERGED = 'x: &x {abc: 1}\ny: &y {abc: 2}\nz: {<<: [*x, *y]}\nlr: 1\n';

  it.each<[string, string, string, string]>([
    ['linked-in-base', 'a.lr', `${GENERIC}controls: {a.lr: 2}\n`, 'a: &a {lr: 1}\nb: *a\n'],
    ['linked-in-base', '"a[lr]"', `${GENERIC}controls: {a.lr: 2}\n`, 'a: &a {lr: 1}\nb: *a\n'],
    ['linked-in-base', 'b.lr', `${GENERIC}controls: {a.lr: 2}\n`, 'a: &a {lr: 1}\nb: *a\n'],
    ['pyyaml-versions', 'z.abc', GENERIC, MERGED],
    ['same-fingerprint', 'lr', `${GENERIC}variables: {lr: [2, 2]}\n`, 'lr: 1\n'],
    ['same-fingerprint', 'site', `${GENERIC}outside: {site: [x, x]}\n`, 'lr: 1\n'],
    ['same-fingerprint', 'optimizer.lr', `${HEAD}variables: {learning_rate: [1, 1]}\n`, ''],
    ['equal-values', 'learning_rate', `${HEAD}variables: {lr: [1, 1.0]}\n`, ''],
    ['unknown-key', 'optimizer.foo', `${HEAD}controls: {"optimizer[foo]": 1}\n`, ''],
    ['unused-sample', 'sweep.sample', `${HEAD}sweep: {sample: {n: 9, seed: 0}}\n`, ''],
    [
      'duplicate-label',
      'run_name',
      `${HEAD}variables: {seed: [1, 2]}\noutput: {run_name: x}\n`,
      '',
    ],
    ['recorded-only', 'cluster', `${HEAD}cluster: slurm\n`, ''],
    ['recorded-only', 'resources.cpus, mem', `${HEAD}resources: {cpus: 1, mem: 1G}\n`, ''],
    ['recorded-only', 'evaluation', `${HEAD}evaluation: {framework: inspect}\n`, ''],
    [
      'several-nodes',
      'nodes',
      `${HEAD.replace('1B_lora_single_device', '1B_lora')}resources: {gpus: 2, nodes: 2}\n`,
      '',
    ],
  ])('reaches %s by the name %s', (id, key, experiment, base) => {
    const files: Record<string, string> = base === '' ? {} : { 'base.yaml': base };
    const reported = (text: string): string[] =>
      idsOf(new TemporarySweep(text, files).warnings()).filter((one) => one !== 'confounded-rank');
    expect(reported(experiment)).toEqual([id]);
    expect(reported(experiment + silence(id, key))).toEqual([]);
  });

  it.each<[string, string, string, string, string]>([
    ['shared-output-dir', 'log_dir', 'save_dir', 'variables: {lr: [2, 3]}\n', SHARED],
    ['linked-in-base', 'b.lr', 'c.lr', 'controls: {a.lr: 2}\n', LINKED],
  ])('silences %s of several things when each is named', (id, one, other, rest, base) => {
    const reported = (keys = ''): string[] => {
      const text = GENERIC + rest + (keys === '' ? '' : silence(id, keys));
      return idsOf(new TemporarySweep(text, { 'base.yaml': base }).warnings());
    };
    expect([reported(), reported(one), reported(other)]).toEqual([[id], [id], [id]]);
    expect(reported(`${one}, ${other}`)).toEqual([]);
    expect(reported(`${one}], reason: it is}, {id: ${id}, keys: [${other}`)).toEqual([]);
  });

  it('leaves other findings of its id, and says which of its keys silence nothing', () => {
    const text = `${HEAD}controls: {epocs: 1}\n${silence('unknown-key', 'epocss')}`;
    expect(new TemporarySweep(text).warnings()).toEqual([
      expect.stringMatching(/^experiment.yaml:3:12 unknown-key 'epocs' is not a key/),
      "experiment.yaml:4:47 unused-silence 'unknown-key' is silenced for 'epocss', about which nothing of the kind is found",
    ]);
    expect(new TemporarySweep(text).problems({ strict: true })).toEqual([
      expect.stringContaining("(Did you mean 'epochs'?)"),
      expect.stringContaining("(Did you mean 'epocs'?)"),
    ]);
  });

  it('is recorded in the manifest', () => {
    const sweep = new TemporarySweep(
      `${HEAD}controls: {epocs: 1}\n${silence('unknown-key', 'epocs')}`,
    );
    sweep.generate();
    expect(JSON.parse(sweep.read('configs/manifest.json'))).toMatchObject({
      validate: { silence: [{ id: 'unknown-key', keys: ['epocs'], reason: 'it is meant' }] },
    });
  });
});
