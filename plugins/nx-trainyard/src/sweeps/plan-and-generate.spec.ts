import { Draw } from '../../oracle/draw';
import { randomExperiment } from '../../oracle/random-experiment';
import { GENERIC, HEAD, TemporarySweep } from '../../testing/temporary-sweep';
import { DiagnosticError } from '../diagnostics';
import { diagnosticAsJson } from '../diagnostics/as-json';
import { openSource } from '../trainers/torchtune';
import { readYaml } from '../yaml/reader/read';
import type { YamlMap } from '../yaml/value/value';
import type { SweepRequest } from './sweep';

/** What one learns of a sweep: its warnings, or why it is refused. */
function learned(ask: () => SweepAnswer): { rejected: boolean; reported: object[] } {
  try {
    return { rejected: false, reported: ask().warnings.map(diagnosticAsJson) };
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return { rejected: true, reported: cause.diagnostics.map(diagnosticAsJson) };
  }
}

type SweepAnswer = ReturnType<TemporarySweep['plan']> | ReturnType<TemporarySweep['generate']>;

const NAMES = ['llama3_2/1B_lora_single_device', 'qwen2_5/0.5B_full_single_device'];
const CASES = 25;

/** Now and then a mode, a key that nobody has allowed, or what readers read differently. */
function withValidation(text: string, draw: Draw): string {
  const mode = draw.pick(['', '', 'mode: warn', 'mode: error', 'mode: off']);
  const allowed = draw.chance(60);
  const silenced = allowed ? /silence: .*/.exec(text)?.[0] : undefined;
  const lines = [mode, silenced].flatMap((line) => (line ? [`  ${line}`] : []));
  const [before] = text.split(/^validate:/m);
  return [before, ...(lines.length > 0 ? ['validate:', ...lines] : []), ''].join('\n');
}

it(`planning tells of ${CASES} random experiments what generating tells, and refuses the same`, () => {
  const counted = { rejected: 0, warned: 0 };
  for (let seed = 0; seed < CASES; seed++) {
    const draw = new Draw(1_000_000 + seed);
    const name = draw.pick(NAMES);
    const loaded = openSource('embedded', { root: __dirname, env: {} }).load(name);
    if (loaded.kind !== 'found') throw new Error(`no config ${name}`);
    const base = readYaml(loaded.config.source) as YamlMap;
    const { text } = randomExperiment(draw, {
      framework: 'torchtune',
      config: [`base_config: ${name}`],
      base,
      shortNames: {},
      forms: ['configs', 'overrides'],
      oddKeys: false,
    });
    const sweep = new TemporarySweep(withValidation(text, draw));
    const options: Partial<SweepRequest> = { strict: draw.chance(25) };
    const planned = learned(() => sweep.plan(options));
    expect({ seed, ...planned }).toEqual({ seed, ...learned(() => sweep.generate(options)) });
    if (planned.rejected) counted.rejected += 1;
    else if (planned.reported.length > 0) counted.warned += 1;
  }
  expect(counted.rejected).toBeGreaterThan(CASES / 10);
  expect(counted.warned).toBeGreaterThan(CASES / 10);
});

describe('from a program', () => {
  it('a strict plan throws what a strict generation throws', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8, 16]}\n`);
    expect(() => sweep.plan({ strict: true })).toThrow('lora_rank varies');
    expect(() => sweep.generate({ strict: true })).toThrow('lora_rank varies');
  });

  it('a plan has the warnings that generating has, and so has its plan', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8, 16], dtype: [fp16]}
controls: {epocs: 2}
`);
    const generated = sweep.generate();
    expect(generated.warnings.map(({ id }) => id)).toEqual([
      'unknown-key',
      'confounded-rank',
      'fp16',
    ]);
    expect(sweep.plan().warnings).toEqual(generated.warnings);
    expect(generated.plan.warnings).toEqual(generated.warnings);
  });
});

describe('a sweep of more runs than may be generated', () => {
  it('is planned with a note that has the words of the refusal', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {seed: {range: [1, 30, 1]}}
limits: {max_runs: 20}
`);
    expect(sweep.warnings()).toEqual([
      'experiment.yaml:3:13 too-many-runs generating refuses: the sweep has 30 runs, but limits.max_runs is 20',
    ]);
    expect(() => sweep.generate()).toThrow('the sweep has 30 runs, but limits.max_runs is 20');
    expect(sweep.problems({ strict: true })).toEqual([]);
  });

  it('is looked at in part, and what is counted says of how many runs', () => {
    const sweep = new TemporarySweep(
      `${GENERIC}variables: {a: {range: [1, 3, 1]}, b: {range: [1, 7000, 1]}}
controls: {c: 1}
framework_config: {base_config_file: base.yaml, output_dir_key: out}
`.replace('framework_config: {base_config_file: base.yaml}\n', ''),
      { 'base.yaml': 'a: 0\nb: 0\nc: 0\nout: ""\n' },
    );
    expect(sweep.warnings()).toEqual([
      expect.stringContaining('very-many-runs this sweep has 21000 runs'),
      expect.stringMatching(
        / too-many-runs generating refuses: the sweep has 21000 runs, .*; only the first 10000 were looked at$/,
      ),
      expect.stringMatching(/ \(10000 of the first 10000 runs\)$/),
    ]);
  });

  it('is not said to need no silence for what only its later runs may have', () => {
    const silenced = (runs: number): string[] =>
      new TemporarySweep(`${HEAD}variables: {lr: [0.1, 2.0], seed: {range: [1, ${runs / 2}, 1]}}
validate: {silence: [{id: learning-rate-range, reason: it is meant}]}
limits: {max_runs: 100}
`).warnings();
    expect(silenced(24_000).join('\n')).toContain('only the first 10000 were looked at');
    for (const runs of [24_000, 120, 90]) {
      expect(silenced(runs).join('\n')).not.toContain('unused-silence');
    }
  });

  it('that may be generated is looked at in full', () => {
    const sweep = new TemporarySweep(
      `${GENERIC}variables: {a: {range: [1, 12000, 1]}}
limits: {max_runs: 12000}
output: {form: overrides, per_run_output_dir: false}
sweep: {when: [{if: {a: 11999}, set: {b: 5}}, {if: {a: 12000}, set: {a2: 11999}}]}
`,
      { 'base.yaml': 'a: 0\na2: 0\nb: 0\n' },
    );
    expect(sweep.plan().warnings).toEqual(sweep.generate().warnings);
  });
});
