import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError, renderDiagnostics } from '../src/diagnostics';
import type { Composition } from '../src/hydra/composition';
import { composeWith } from '../src/hydra/compose';
import { ConfigFiles } from '../src/hydra/config-files/config-repository';
import { memoryFiles } from '../src/files/file-tree';
import { findPython } from './python';

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly overrides: readonly string[];
}

/** Null where Hydra composes it, else its exception and the first lines of the message. */
interface Recorded extends Case {
  readonly answer: readonly [id: string, ...message: string[]] | null;
}

const RECORD = join(__dirname, 'hydra-node.json');
const recorded = JSON.parse(readFileSync(RECORD, 'utf8')) as readonly Recorded[];

function compose({ files, overrides }: Case): Composition {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/w/${path}`, text]));
  const context = { files: new ConfigFiles(memoryFiles(texts)), env: {}, cwd: '/w' };
  return composeWith({ configDir: '/w', configName: 'config', overrides }, context);
}

/** What a user is told; nothing where it composes. */
function reported(config: string, ...overrides: string[]): string | undefined {
  try {
    compose({ files: { 'config.yaml': config }, overrides });
    return undefined;
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return renderDiagnostics(cause.diagnostics);
  }
}

/** Our answer, shortened to what Hydra's says. */
function answerTo(one: Recorded): unknown {
  try {
    compose(one);
    return null;
  } catch (cause) {
    const [problem] = cause instanceof DiagnosticError ? cause.diagnostics : [];
    if (!problem) throw cause;
    const lines = [problem.id, ...problem.message.split('\n')];
    return lines.slice(0, one.answer?.length ?? lines.length);
  }
}

describe("Hydra's own node and groups", () => {
  it.each(
    recorded.map((one) => [JSON.stringify(one.files), one.overrides.join(' '), one] as const),
  )('are taken and refused as by Hydra: %s %s', (_files, _overrides, one) =>
    expect(answerTo(one)).toEqual(one.answer),
  );

  const python = findPython(join(__dirname, '../../..'), process.env);
  (('command' in python ? test : test.skip) as typeof test)(
    'are recorded as Hydra is',
    () => {
      const script = join(__dirname, 'record_hydra_node.py');
      const command = 'command' in python ? python.command : '';
      const { stdout } = spawnSync(command, [script], { input: JSON.stringify(recorded) });
      expect(JSON.parse(stdout.toString())).toEqual(recorded);
    },
    120_000,
  );
});

describe('a mistake in it', () => {
  it.each([
    ['hydra:\n  run:\n    dri: x\n', 'config.yaml:3:5', "Did you mean 'dir'?"],
    [
      'hydra:\n  job:\n    config:\n      override_dirname:\n        kvsep: x\n',
      'config.yaml:5:9',
      "Did you mean 'kv_sep'?",
    ],
    ['hydra:\n  job:\n    num: x\n', 'config.yaml:3:10', 'Write a whole number.'],
    ['hydra:\n  mode: run\n', 'config.yaml:2:9', 'Write RUN or MULTIRUN.'],
    ['hydra:\n  run: x\n', 'config.yaml:2:8', 'Write a mapping of dir.'],
    ['hydra:\n  callbacks: {1: x}\n', 'config.yaml:2:15', "Put the key in quotes: '1'."],
    [
      'defaults:\n- _self_\n- override hydra/job_logging: stdot\n',
      'config.yaml:3:3',
      "Did you mean 'stdout'?",
    ],
    [
      'defaults:\n- _self_\n- override hydra/job_loging: stdout\n',
      'config.yaml:3:3',
      "Did you mean 'override hydra/job_logging: stdout'?",
    ],
  ])('is underlined where it is written, with what to write: %s', (config, location, hint) => {
    expect(reported(config)).toContain(location);
    expect(reported(config)).toContain(`hint: ${hint}`);
  });

  it.each([
    ['hydra/job_logging=stdot', "Did you mean 'stdout'?"],
    ['hydra.run.dri=x', "Did you mean 'hydra.run.dir'"],
    ['hydra.job.num=x', 'Write a whole number.'],
    ['hydra/job_loging=stdout', "Did you mean 'hydra/job_logging=stdout'"],
  ])('is told on the command line too: %s', (override, hint) => {
    expect(reported('x: 1\n', override)).toContain(`hint: ${hint}`);
    expect(reported('x: 1\n', override)).toMatch(/override:1:\d+: error/);
  });
});

describe("an option of a plugin of Hydra's", () => {
  it('is taken with a warning, for what it accepts is not known', () => {
    const config =
      'defaults: [_self_, {override hydra/launcher: submitit_slurm}]\nhydra: {launcher: {partition: a}}\n';
    const { warnings } = compose({ files: { 'config.yaml': config }, overrides: [] });
    expect(warnings.map(({ id, message }) => `${id} ${message}`)).toEqual([
      expect.stringMatching(
        /^hydra-plugin 'hydra\/launcher: submitit_slurm' comes from hydra-submitit-launcher/,
      ),
    ]);
  });
});

describe('what is composed', () => {
  it("has no part of Hydra's, and lists only files on disk", () => {
    const files = {
      'config.yaml':
        'defaults: [_self_, {override hydra/job_logging: mine}]\nx: 1\nhydra: {verbose: true}\n',
      'hydra/job_logging/mine.yaml': 'defaults: [stdout]\nversion: 1\n',
    };
    const composition = compose({ files, overrides: [] });
    expect(composition.toYaml()).toBe('x: 1\n');
    expect(composition.files).toEqual(['/w/config.yaml', '/w/hydra/job_logging/mine.yaml']);
    expect(composition.warnings).toEqual([]);
  });
});
