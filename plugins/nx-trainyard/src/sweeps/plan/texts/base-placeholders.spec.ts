import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';
import { valueAt } from '../../../yaml/value/value-path';
import { formatValue } from '../../../yaml/writer/format-value';

const BASE = `batch_size: 2
lr: 3e-4
name: base
model: {rank: 8, path: "\${root}/m", up: "\${..name}"}
layers: [1, 2]
root: /r
log: /log
nothing: ???
out: /out
`;

function sweep(rest: string): TemporarySweep {
  return new TemporarySweep(GENERIC + rest, { 'base.yaml': BASE });
}

/** What each run has at `log`. */
function logs(rest: string, path = 'log'): (string | undefined)[] {
  return sweep(rest)
    .runs()
    .map(({ config }) => {
      const value = valueAt(config, path.split('.'));
      return value && formatValue(value);
    });
}

const RUNS = 'variables: {batch_size: [4, 8]}\n';

describe('a key of the base in braces stands for the run’s value of it', () => {
  it.each<[string, string, string, string[]]>([
    ['of the base', RUNS, '/x/{lr}', ['/x/0.0003', '/x/0.0003']],
    ['with a path', RUNS, '/x/{model.rank}', ['/x/8', '/x/8']],
    ['of a row', 'variables: {lr: [1, 2]}\n', '{batch_size}-{lr}', ['2-1', '2-2']],
    [
      'of a mapping that varies',
      'variables: {model: [{rank: 1}, {rank: 8}]}\n',
      '{model.rank}',
      ['1', '8'],
    ],
    [
      'of an explicit row',
      'sweep: {runs: [{batch_size: 5}, {lr: 1}]}\n',
      '{batch_size}',
      ['5', '2'],
    ],
    [
      'of a condition',
      'variables: {lr: [1, 2]}\nsweep: {when: [{if: {lr: 2}, set: {batch_size: 9}}]}\n',
      '{batch_size}',
      ['2', '9'],
    ],
    [
      'that is derived',
      'variables: {lr: [1, 2]}\nderived: {batch_size: "2 * lr"}\n',
      'b{batch_size}',
      ['b2', 'b4'],
    ],
    ['that is an interpolation', RUNS, '/x/{model.path}', ['/x/${root}/m', '/x/${root}/m']],
    ['of a run in braces that are doubled', RUNS, '{{lr}} {lr}', ['{lr} 0.0003', '{lr} 0.0003']],
  ])('%s', (_what, rest, text, expected) => {
    expect(logs(`${rest}controls: {log: ${JSON.stringify(text)}}\n`)).toEqual(expected);
    expect(sweep(`${rest}controls: {log: ${JSON.stringify(text)}}\n`).warnings()).toEqual([]);
  });

  it('of another control, which may have placeholders of its own', () => {
    const rest = `${RUNS}controls: {log: "/x/{name}/{root}", name: "n-{batch_size}", root: /c}\n`;
    expect(logs(rest)).toEqual(['/x/n-4//c', '/x/n-8//c']);
  });

  it('and the number of a run is no part of what it is, however it gets there', () => {
    const rest = 'controls: {log: "/x/{name}", name: "n-{run_id}"}\n';
    const [only] = sweep(`variables: {batch_size: [8]}\n${rest}`).runs();
    const [, second] = sweep(`${RUNS}${rest}`).runs();
    expect(logs(`${RUNS}${rest}`)).toEqual(['/x/n-run_000', '/x/n-run_001']);
    expect(second?.fingerprint).toBe(only?.fingerprint);
  });

  it('in lists and mappings', () => {
    const rest = `${RUNS}controls: {t: {u: ["x{lr}", {v: "{batch_size}"}]}}\n`;
    expect(logs(rest, 't')).toEqual(['{u: [x0.0003, {v: 4}]}', '{u: [x0.0003, {v: 8}]}']);
    expect(logs(rest, 't.u.1.v')).toEqual(['4', '8']);
  });

  it('under a short name of torchtune', () => {
    const text = `${HEAD}variables: {optimizer.lr: [1e-3, 2e-3]}\ncontrols: {device: "{learning_rate}-{optimizer.lr}-{lora_rank}"}\n`;
    const runs = new TemporarySweep(text).runs();
    const devices = runs.map(({ config }) => valueAt(config, ['device']));
    expect(devices).toMatchObject([{ value: '0.001-0.001-64' }, { value: '0.002-0.002-64' }]);
  });

  it('in the files that are written, so that OmegaConf reads a text', () => {
    const made = sweep(`${RUNS}controls: {log: "/x/{lr}"}\n`);
    made.generate();
    expect(made.read('configs/run_001.yaml')).toContain('log: /x/0.0003');
  });
});

describe('a misspelt name in braces is refused with the nearest', () => {
  it.each([
    ['{batchsize}', '{batch_size}'],
    ['{btach_size}', '{batch_size}'],
    ['{Batch_Size}', '{batch_size}'],
    ['{BATCH_SIZE}', '{batch_size}'],
    ['{nam}', '{name}'],
    ['{runid}', '{run_id}'],
    ['{experiment_name}', '{experiment.name}'],
    ['{lables}', '{label}'],
    ['{model.rnak}', '{model.rank}'],
    ['{node_rnk}', '{node_rank}'],
  ])('%s', (written, near) => {
    const rest = `${RUNS}outside: {node_rank: [1]}\ncontrols: {log: "/x/${written}"}\n`;
    const problems = sweep(rest).problems();
    expect(problems).toEqual([
      expect.stringMatching(
        /^experiment.yaml:5:\d+ unclear-placeholder '\{.*\}' is not a variable/,
      ),
    ]);
    expect(problems[0]).toContain(`Did you mean '${near}'`);
  });

  it('also deep in lists and mappings', () => {
    const value = '[{dir: ["/x/{batchsize}"]}, "{lrr}"]';
    expect(sweep(`controls: {layers: ${value}}\n`).problems()).toEqual([
      expect.stringContaining("Did you mean '{batch_size}'"),
      expect.stringContaining("Did you mean '{lr}'"),
    ]);
  });

  it('is underlined itself', () => {
    expect(sweep('controls: {log: "/x/{batchsize}"}\n').problems()).toEqual([
      expect.stringMatching(/^experiment.yaml:3:21 /),
    ]);
  });

  it('unless the experiment says that the text is meant, as the hint says', () => {
    const rest = 'controls: {log: "/x/{batchsize}"}\n';
    const [problem = ''] = sweep(rest).problems();
    const allow = /write '(validate: .*)'\.\)$/.exec(problem)?.[1] ?? '';
    expect(logs(`${rest}${allow}\n`)).toEqual(['/x/{batchsize}']);
    expect(sweep(`${rest}${allow}\n`).warnings()).toEqual([]);
  });
});

describe('what stays as it is written', () => {
  it.each([
    '{x}',
    '{instruction}\n{response}',
    '{"batch_size": {n}}',
    '{ batch_size }',
    '{{ lr }}',
    '{{batchsize}}',
    '{% for m in model %}{{m}}{% endfor %}',
    '${lr}',
    'the {rank} of prose',
    '{b1}',
    '{naem} of four letters, and two that differ',
    '{lgo}',
  ])('%j', (text) => {
    const rest = `${RUNS}controls: {log: ${JSON.stringify(text)}}\n`;
    expect(logs(rest)).toEqual([text, text]);
    expect(sweep(rest).warnings()).toEqual([]);
  });

  it.each([
    ['{model}', 'model is a mapping'],
    ['{layers}', 'layers is a list'],
    ['/x/{rank}', 'it is no top-level key of the base config'],
  ])('with a warning: %s', (text, why) => {
    const rest = `${RUNS}controls: {log: "${text}"}\n`;
    expect(logs(rest)).toEqual([text, text]);
    expect(sweep(rest).warnings()).toEqual([expect.stringContaining(why)]);
  });
});

describe('what has no value to be put there is refused', () => {
  it.each([
    ['its own text', 'controls: {log: "{log}/x"}\n', "the text of 'log' needs its own value"],
    [
      'texts that need each other',
      'controls: {log: "{root}/x", root: "{log}/y"}\n',
      "the text of 'log' needs 'root', which in turn needs 'log'",
    ],
    ['a value that comes back', 'controls: {root: "/x{model.path}"}\n', 'needs root in turn'],
    ['a deleted key', 'controls: {log: "{lr}"}\ndelete: [lr]\n', 'lr, which is deleted'],
    ['a missing value', 'controls: {log: "{nothing}"}\n', 'whose value ??? is missing'],
    ['a relative value', 'controls: {log: "{model.up}"}\n', 'is relative to its own location'],
    [
      'a value that some run does not have',
      'variables: {model: [{rank: 1}, {path: x}]}\nreplace: [model]\ncontrols: {log: "{model.rank}"}\n',
      'model.rank, which has no value in run_001',
    ],
  ])('%s', (_what, rest, message) => {
    const problems = sweep(rest).problems();
    expect(problems[0]).toContain(message);
    expect(() => sweep(rest).generate()).toThrow(message);
  });

  it('the run’s own folder, which the program can read itself', () => {
    const head = GENERIC.replace('base.yaml}', 'base.yaml, output_dir_key: out}');
    const of = (text: string): TemporarySweep =>
      new TemporarySweep(`${head}${RUNS}controls: {log: "${text}"}\n`, { 'base.yaml': BASE });
    const [problem = ''] = of('{out}/logs').problems();
    expect(problem).toContain("each run gets its own out later (Write '${out}',");
    expect(of('${out}/logs').problems()).toEqual([]);
  });
});
