import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { GENERIC, HEAD, TemporarySweep, problemsOf } from '../../../testing/temporary-sweep';

const LONG_AGO = new Date('2001-01-01T00:00:00Z');
const BIN = join(__dirname, '../../../bin/nx-trainyard.js');

/** The files of `configs/` that are rewritten by an action. */
function rewritten(sweep: TemporarySweep, action: () => unknown): string[] {
  const path = (name: string): string => join(sweep.folder, 'configs', name);
  for (const name of sweep.files()) utimesSync(path(name), LONG_AGO, LONG_AGO);
  action();
  return sweep.files().filter((name) => statSync(path(name)).mtimeMs !== LONG_AGO.getTime());
}

describe('generating again', () => {
  it('touches nothing where nothing has changed', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8, 16]}\n`);
    expect(sweep.generate().changed).toBe(4);
    expect(rewritten(sweep, () => sweep.generate())).toEqual([]);
    expect(sweep.generate().changed).toBe(0);
  });

  it('rewrites what differs when one value of a variable changes', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8, 16, 32]}\n`);
    sweep.generate();
    sweep.write('experiment.yaml', sweep.read('experiment.yaml').replace('16', '24'));
    expect(rewritten(sweep, () => sweep.generate())).toEqual([
      'manifest.json',
      'run_001.yaml',
      'run_mapping.yaml',
    ]);
  });

  it('removes the runs that are gone, and no others', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8, 16, 32]}\n`);
    sweep.generate();
    sweep.write('experiment.yaml', sweep.read('experiment.yaml').replace(', 16, 32', ''));
    expect(rewritten(sweep, () => sweep.generate())).toEqual(['manifest.json', 'run_mapping.yaml']);
    expect(sweep.files()).toEqual(['manifest.json', 'run_000.yaml', 'run_mapping.yaml']);
  });

  it('removes the files of another form', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8]}\n`);
    sweep.generate();
    sweep.write('experiment.yaml', `${sweep.read('experiment.yaml')}output: {form: overrides}\n`);
    sweep.generate();
    expect(sweep.files()).toEqual([
      'base.yaml',
      'manifest.json',
      'run_mapping.yaml',
      'runs.args',
      'runs.jsonl',
    ]);
    expect(readdirSync(sweep.folder).sort()).toEqual(['configs', 'experiment.yaml']);
  });

  it('mends a file that somebody has edited', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8]}\n`);
    sweep.generate();
    const text = sweep.read('configs/run_000.yaml');
    sweep.write('configs/run_000.yaml', `${text}x: 1\n`);
    expect(sweep.generate().changed).toBe(1);
    expect(sweep.read('configs/run_000.yaml')).toBe(text);
  });
});

describe('nothing is written', () => {
  it('of a sweep in which a later run cannot be written, and the plan says so', () => {
    const text = `${GENERIC}variables: {m: [{a: 1}, {b: 2}]}\nreplace: [m]\n`;
    const sweep = new TemporarySweep(text, { 'base.yaml': 'm: {a: 0}\n' });
    sweep.generate();
    const before = sweep.texts();
    sweep.write('experiment.yaml', `${text}output: {form: overrides}\n`);
    const rejected = [
      "base.yaml:1:8 UnwritableOverride a command-line argument cannot remove 'm.a' (Write 'output: {form: configs}'; a config can express this change.)",
    ];
    expect(sweep.problems()).toEqual(rejected);
    expect(problemsOf(() => sweep.generate())).toEqual(rejected);
    expect(sweep.texts()).toEqual(before);
    expect(readdirSync(sweep.folder).sort()).toEqual(['base.yaml', 'configs', 'experiment.yaml']);
  });

  it('where a foreign file lies', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8]}\n`);
    sweep.write('configs/notes.txt', 'mine');
    expect(problemsOf(() => sweep.generate())).toEqual([
      'ForeignFile configs/ belongs to the generator, but contains notes.txt (Move it elsewhere. Programs that read configs/ would treat it as part of the sweep.)',
    ]);
    expect(sweep.files()).toEqual(['notes.txt']);
  });

  it('of more runs than are allowed, though they can be planned', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: {range: [1, 101, 1]}}
limits: {max_runs: 100}
`);
    expect(sweep.plan().total).toBe(101);
    expect(problemsOf(() => sweep.generate())).toEqual([
      "experiment.yaml:3:13 ExperimentSchema the sweep has 101 runs, but limits.max_runs is 100 (Write 'limits: {max_runs: 101}' if you want them all. 'output: {form: overrides}' keeps them in a few files.)",
    ]);
  });

  it('where warnings are errors', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8, 16]}\n`);
    expect(problemsOf(() => sweep.generate({ strict: true }))).toEqual([
      expect.stringContaining('confounded-rank'),
    ]);
    expect(() => sweep.files()).toThrow('ENOENT');
  });

  it('where the exclusions leave nothing', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8]}
sweep: {exclude: [{lora_rank: 8}]}
`);
    expect(problemsOf(() => sweep.generate())).toEqual([
      'experiment.yaml:4:19 ExperimentSchema the exclusions leave no runs (Exclude fewer rows.)',
    ]);
  });
});

it('the same experiment gives the same bytes in any folder, for any user, locale and time zone', () => {
  const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8, 16], batch_size: [1, 2]}
outside: {ort: [Köln, Zürich]}
sweep: {sample: {n: 5, seed: 3}}
`);
  const here = sweep.copy();
  here.generate();
  for (const env of [
    { LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', HOME: '/nonexistent' },
    { LC_ALL: 'C', TZ: 'America/St_Johns', USER: 'somebody' },
  ]) {
    const there = sweep.copy();
    const PATH = process.env['PATH'];
    execFileSync(process.execPath, [BIN, 'generate', join(there.folder, 'experiment.yaml')], {
      cwd: there.folder,
      env: { PATH, ...env },
      stdio: 'pipe',
    });
    expect(there.texts()).toEqual(here.texts());
  }
});

describe('the mapping', () => {
  it('has the run ids at its top level, and outside beside variables', () => {
    const sweep =
      new TemporarySweep(`${HEAD}variables: {"model.lora_rank": [8], dataset: [{source: x}]}
outside: {p: [1.0e-5]}
sweep: {repeats: {seeds: [7], seed_key: seed}}
`);
    sweep.generate();
    expect(sweep.read('configs/run_mapping.yaml')).toBe(`run_000:
  variables:
    model.lora_rank: 8
    dataset:
      source: x
    seed: 7
  outside:
    p: 1.0e-05
`);
  });

  it('of one run has no variables', () => {
    const sweep = new TemporarySweep(HEAD);
    sweep.generate();
    expect(sweep.read('configs/run_mapping.yaml')).toBe('run_000:\n  variables: {}\n');
  });
});

it('the manifest has everything else that is known about the sweep and its runs', () => {
  const sweep =
    new TemporarySweep(`experiment: {name: e, framework: torchtune, question: 'why?', tags: [a]}
framework_config: {base_config: llama3_2/1B_lora_single_device}
variables: {lora_rank: [8, 16]}
outside: {p: [0.5]}
sweep: {repeats: {seeds: [4]}}
output: {run_name: "r{lora_rank}"}
validate: {silence: [{id: confounded-rank, reason: it is meant}]}
cluster: slurm
`);
  sweep.generate();
  const { tool, runs, ...about } = JSON.parse(sweep.read('configs/manifest.json')) as {
    tool: string;
    runs: Record<string, unknown>;
  };
  expect(tool).toMatch(/^nx-trainyard \d+\.\d+\.\d+/);
  const sha256: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(about).toEqual({
    experiment: { name: 'e', question: 'why?', tags: ['a'], sha256 },
    framework: 'torchtune',
    base: { kind: 'embedded', name: 'llama3_2/1B_lora_single_device', version: '0.6.1', sha256 },
    form: 'configs',
    total: 2,
    cluster: 'slurm',
    validate: { silence: [{ id: 'confounded-rank', reason: 'it is meant' }] },
    warnings: [
      {
        id: 'recorded-only',
        message: "cluster 'slurm' is recorded only: no job scripts are made yet",
      },
    ],
  });
  expect(runs['run_001']).toEqual({
    file: 'configs/run_001.yaml',
    variables: { lora_rank: 16, seed: 4 },
    outside: { p: 0.5 },
    repeat: 0,
    label: 'r16',
    recipe: 'lora_finetune_single_device',
    command: ['tune', 'run', 'lora_finetune_single_device', '--config', 'configs/run_001.yaml'],
    output_dir: expect.stringMatching(/\/r16-[0-9a-f]{8}$/),
    fingerprint: sha256,
  });
});

describe('the form overrides', () => {
  const BASE = '# mine\nname: x\nlr: 1e-3\nopts: {a: 1}\n';
  const sweep = new TemporarySweep(
    `${GENERIC.replace('base.yaml}', 'base.yaml, command: "run \'{config}\' --now"}')}controls: {opts.a: 2}
variables:
  name: ["it's", "a b", 'say "x" $HOME \`id\` \\\\', "x=1", "two\\nlines", "None", "é"]
output: {form: overrides}
`,
    { 'base.yaml': BASE },
  );
  sweep.generate();

  /** What bash makes of a line, as an array task would read it. */
  const words = (line: number): string[] => {
    const script = `eval "set -- $(sed -n ${line}p runs.args)"; printf '%s\\0' "$@"`;
    const cwd = join(sweep.folder, 'configs');
    return execFileSync('bash', ['-c', script], { cwd, encoding: 'utf8' }).split('\0').slice(0, -1);
  };

  it('is a base config with the controls, and no file per run', () => {
    expect(sweep.files()).toEqual([
      'base.yaml',
      'manifest.json',
      'run_mapping.yaml',
      'runs.args',
      'runs.jsonl',
    ]);
    expect(sweep.read('configs/base.yaml')).toBe(BASE.replace('a: 1', 'a: 2'));
  });

  it('has a line per run that bash reads as the arguments of the run', () => {
    const lines = sweep.read('configs/runs.args').split('\n');
    expect(lines).toHaveLength(8);
    const records = sweep.read('configs/runs.jsonl').trim().split('\n');
    for (const [index, text] of records.entries()) {
      const { id, args } = JSON.parse(text) as { id: string; args: string[] };
      expect(id).toBe(`run_00${index}`);
      expect(words(index + 1)).toEqual(args);
    }
    expect(words(1)).toEqual(["name=it's"]);
    expect(words(4)).toEqual(['name="x\\x3d1"']);
    expect(words(6)).toEqual(["name='None'"]);
  });

  it('records integers that JavaScript cannot hold as texts', () => {
    const large = new TemporarySweep(
      `${GENERIC}variables: {n: [12345678901234567890]}\noutput: {form: overrides}\n`,
      { 'base.yaml': 'n: 1\n' },
    );
    large.generate();
    expect(JSON.parse(large.read('configs/runs.jsonl'))).toMatchObject({
      variables: { n: '12345678901234567890' },
      args: ['n=12345678901234567890'],
    });
  });

  it('gives commands with these arguments', () => {
    const { runs } = JSON.parse(sweep.read('configs/manifest.json')) as {
      runs: Record<string, { command: string[]; file: string }>;
    };
    expect(runs['run_001']).toMatchObject({
      file: 'configs/base.yaml',
      command: ['run', 'configs/base.yaml', '--now', 'name=a b'],
    });
  });
});

it('a run is the base’s text with the lines edited that it changes', () => {
  const base = '# head\nb: {x: 1}   # braces\nl: [\'a\', "b"]\nnum: 1_000\n\n# tail\n';
  const sweep = new TemporarySweep(
    `${GENERIC}variables: {b.x: [2]}\ncontrols: {new: {k: 1.0e-5}}\n`,
    {
      'base.yaml': base,
    },
  );
  sweep.generate();
  expect(readFileSync(join(sweep.folder, 'configs/run_000.yaml'), 'utf8')).toBe(
    base.replace('x: 1', 'x: 2').replace('1_000\n', '1_000\nnew:\n  k: 1.0e-05\n'),
  );
});
