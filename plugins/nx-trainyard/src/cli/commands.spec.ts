import { spawnSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { HEAD, TemporarySweep } from '../../testing/temporary-sweep';
import { runCli } from './commands';

const BIN = join(__dirname, '../../bin/nx-trainyard.js');

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(...args: string[]): Ran {
  let [out, err] = ['', ''];
  const code = runCli(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    color: false,
  });
  return { code, out, err };
}

/** A command about the experiment in a folder. */
function about(sweep: TemporarySweep, command: string, ...options: string[]): Ran {
  return run(command, join(sweep.folder, 'experiment.yaml'), '--root', sweep.folder, ...options);
}

const GOOD = `${HEAD}variables: {lora_rank: [8, 16]}\ncontrols: {dtype: fp16}\nderived: {lora_alpha: "2 * lora_rank"}\n`;
const WRONG = `${HEAD}variables: {lora_rank: ["8"]}\ncontrols: {lr: x}\n`;

describe('generate', () => {
  it('prints what there is now on standard output, and warnings on standard error', () => {
    const sweep = new TemporarySweep(GOOD);
    const { code, out, err } = about(sweep, 'generate');
    expect(code).toBe(0);
    expect(out.replaceAll(/\S+\/configs/g, 'configs'))
      .toBe(`base config: llama3_2/1B_lora_single_device (torchtune 0.6.1, embedded, run by lora_finetune_single_device)
2 configs in configs, 4 files changed
mapping: configs/run_mapping.yaml
1 warning
`);
    expect(err).toMatch(/^experiment.yaml:4:12: warning \[fp16\] /);
    expect(about(sweep, 'generate').out).toContain('2 configs in');
    expect(about(sweep, 'generate').out).toContain(', all up to date\n');
  });

  it('prints JSON and nothing else with --json', () => {
    const { code, out, err } = about(new TemporarySweep(GOOD), 'generate', '--json');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      folder: expect.stringMatching(/configs$/),
      total: 2,
      changed: 4,
      base: { kind: 'embedded', name: 'llama3_2/1B_lora_single_device', version: '0.6.1' },
      recipe: 'lora_finetune_single_device',
      warnings: [{ id: 'fp16', severity: 'warning', file: 'experiment.yaml', line: 4, column: 12 }],
    });
  });

  it('draws problems on standard error and ends with 1', () => {
    const { code, out, err } = about(new TemporarySweep(WRONG), 'generate');
    expect([code, out]).toEqual([1, '']);
    expect(err)
      .toBe(`experiment.yaml:3:25: error [TypeMismatch] Cannot override int with str at key 'model.lora_rank'
  |
3 | variables: {lora_rank: ["8"]}
  |                         ^^^
hint: Remove the quotes: 8.

experiment.yaml:4:16: error [TypeMismatch] Cannot override float with str at key 'optimizer.lr'
  |
4 | controls: {lr: x}
  |                ^
hint: Write a number in place of x, which is str; if x is meant, write 'replace: [optimizer.lr]'.
`);
  });

  it('prints problems as JSON with --json, and ends with 1', () => {
    const { code, out, err } = about(new TemporarySweep(WRONG), 'generate', '--json');
    expect([code, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [
        { id: 'TypeMismatch', severity: 'error', file: 'experiment.yaml', line: 3, column: 25 },
        { id: 'TypeMismatch', line: 4, hint: expect.stringContaining('replace') as string },
      ],
    });
  });

  it('refuses warnings with --strict', () => {
    const sweep = new TemporarySweep(GOOD);
    const { code, err } = about(sweep, 'generate', '--strict');
    expect(code).toBe(1);
    expect(err).toContain('error [fp16]');
    expect(() => sweep.files()).toThrow('ENOENT');
  });

  it('takes a folder for the experiment in it', () => {
    const sweep = new TemporarySweep(GOOD);
    expect(run('generate', sweep.folder).code).toBe(0);
    expect(sweep.files()).toContain('run_000.yaml');
    const empty = join(sweep.folder, 'configs');
    expect(run('plan', empty, '--root', sweep.folder).err).toContain(
      'error [ExperimentNotFound] there is no experiment file configs/experiment.yaml\n',
    );
  });

  it('says which file is not there', () => {
    expect(run('generate', '/nowhere/x.yaml', '--root', '/proc/self').err).toMatch(
      /^error \[ExperimentNotFound\] there is no experiment file \/nowhere\/x.yaml\nhint: /,
    );
  });

  it.each([
    ['a mistyped name', 'a/experimnt.yaml', "Did you mean 'a/experiment.yaml'"],
    ['a mistyped folder', 'aa/experiment.yaml', "Did you mean 'a/experiment.yaml'"],
    [
      'a folder whose experiment is named .yml',
      'b',
      'There is b/experiment.yml: rename it to experiment.yaml',
    ],
    ['a folder of experiments', '.', "'a/experiment.yaml' or 'b/experiment.yml'"],
  ])('names the experiments that lie near: %s', (_what, path, hint) => {
    const sweep = new TemporarySweep(GOOD, { 'a/experiment.yaml': GOOD, 'b/experiment.yml': GOOD });
    rmSync(join(sweep.folder, 'experiment.yaml'));
    for (const command of ['plan', 'generate']) {
      const { code, err } = run(command, join(sweep.folder, path), '--root', sweep.folder);
      expect(code).toBe(1);
      expect(err).toContain('error [ExperimentNotFound] there is no experiment file ');
      expect(err).toContain(hint);
    }
  });
});

describe('plan', () => {
  it('prints the runs, the base config, where keys went and the number of warnings', () => {
    const sweep = new TemporarySweep(`${GOOD}output: {run_name: "r{lora_rank}"}\n`);
    const { code, out, err } = about(sweep, 'plan');
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.replaceAll(/\s*│\s*/g, '|'));
    expect(lines.slice(0, 2)).toEqual([
      'e: 2 runs',
      'base config: llama3_2/1B_lora_single_device (torchtune 0.6.1, embedded, run by lora_finetune_single_device)',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        '|lora_rank|model.lora_rank|friendly|',
        '|dtype|dtype|top-level|',
        '|run|lora_rank|label|',
        '|run_001|16|r16|',
        '1 warning',
      ]),
    );
    expect(err).toContain('warning [fp16]');
    expect(() => sweep.files()).toThrow('ENOENT');
  });

  it('prints JSON and nothing else with --json', () => {
    const { out, err } = about(new TemporarySweep(GOOD), 'plan', '--json');
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      experiment: 'e',
      total: 2,
      base: { name: 'llama3_2/1B_lora_single_device', version: '0.6.1' },
      recipe: 'lora_finetune_single_device',
      keys: { lora_rank: { path: 'model.lora_rank', how: 'friendly' } },
      runs: [{ id: 'run_000', variables: { lora_rank: 8 } }, { id: 'run_001' }],
      warnings: [{ id: 'fp16' }],
    });
  });

  it('refuses warnings with --strict', () => {
    const { code, err } = about(new TemporarySweep(GOOD), 'plan', '--strict');
    expect(code).toBe(1);
    expect(err).toContain('error [fp16]');
  });

  it('of very many runs shows the first ones and the last one', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_alpha: {range: [1, 30, 1]}}\n`);
    const { out } = about(sweep, 'plan');
    expect(out).toContain('run_019');
    expect(out).not.toContain('run_020');
    expect(out).toContain('…');
    expect(out).toContain('run_029');
  });

  // How long it takes is a row of the benchmark: here it would depend on what else the machine does.
  it('of a million runs takes no more memory than a few', () => {
    const sweep = new TemporarySweep(`${HEAD}variables:
  lora_rank: {range: [1, 100, 1]}
  learning_rate: {linspace: [0.00001, 0.001, 100]}
  batch_size: {range: [1, 100, 1]}
derived: {lora_alpha: "2 * lora_rank"}
`);
    const program = `process.argv.splice(1, 0, 'node'); require(${JSON.stringify(BIN)})`;
    // The rows alone would need more; how much a process takes beyond its heap, Node decides.
    const args = ['--max-old-space-size=128', '-e', program, 'plan', 'experiment.yaml', '--json'];
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: sweep.folder,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { total: number }).total).toBe(1_000_000);
  }, 120_000);
});

describe('what the operating system refuses', () => {
  function looped(path: string): TemporarySweep {
    const sweep = new TemporarySweep(GOOD);
    rmSync(join(sweep.folder, path), { force: true });
    symlinkSync(path, join(sweep.folder, path));
    return sweep;
  }

  it.each([
    ['the experiment', 'experiment.yaml'],
    ['configs', 'configs'],
  ])('is a problem like others: %s', (_what, path) => {
    const { code, out, err } = about(looped(path), 'generate');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      `error [FileSystem] cannot access ${path}: too many symbolic links encountered (ELOOP)\n` +
        'hint: Symbolic links form a loop. Replace the link with the file itself.\n',
    );
  });

  it('is JSON with --json', () => {
    const { code, out } = about(looped('experiment.yaml'), 'generate', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ id: 'FileSystem' }] });
  });

  it('is not a bug, whose stack is shown', () => {
    const bug = new TypeError('a bug');
    const broken = () => {
      throw bug;
    };
    expect(() => runCli(['--list', 'base'], { out: broken, err: broken, color: false })).toThrow(
      bug,
    );
  });
});

describe('a wrong call', () => {
  it.each([
    [[], 'nx-trainyard generate FILE'],
    [['generat'], "unknown command 'generat'. Did you mean 'generate'?"],
    [['toString'], "unknown command 'toString'"],
    [['generate'], "'generate' expects exactly one file"],
    [['plan', 'a', 'b'], "'plan' expects exactly one file"],
    [['plan', 'a', '--nope'], "unknown option '--nope'"],
    [['plan', 'a', '--stric'], "unknown option '--stric'. Did you mean 'strict'?"],
    [
      ['base', 'a', '--strict'],
      "'base' does not support --strict; only generate and plan can use it",
    ],
    [['plan', 'a', '--resolve'], "'plan' does not support --resolve; only compose can use it"],
    [['compose', 'a', '--list'], "'compose' does not support --list; only base can use it"],
  ])('prints how to call it on standard error and ends with 2: %j', (args, message) => {
    const { code, out, err } = run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('is not --help', () => {
    expect(run('--help')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('--json') as string,
    });
  });
});

describe('base', () => {
  it('prints a base config, which is what the runs edit', () => {
    const { out } = run('base', 'llama3_2/1B_lora_single_device');
    expect(out).toBe(new TemporarySweep(HEAD).plan().base.text.text);
  });

  it.each([
    ['llama3_3/1B', "hint: Did you mean 'llama3_3/'"],
    ['lama3_2/', "hint: Did you mean 'llama3_2/'"],
    ['x', "hint: Run 'base --list' without"],
    ['nope', "hint: Run 'base --list' without a prefix to list all names.\n"],
  ])('lists nothing for the prefix %s, and says which are near', (prefix, hint) => {
    const { code, out, err } = run('base', '--list', prefix);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`no base config name starts with '${prefix}'\n`);
    expect(err).toContain(hint);
  });

  it('lists names with their recipes, in the order of tune ls', () => {
    const { out } = run('base', '--list', 'llama3_2/1B_lora');
    expect(out.split(/\s+/)).toEqual([
      'llama3_2/1B_lora_single_device',
      'lora_finetune_single_device',
      'llama3_2/1B_lora',
      'lora_finetune_distributed',
      '',
    ]);
  });
});
