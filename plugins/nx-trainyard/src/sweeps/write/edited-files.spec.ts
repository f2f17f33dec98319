import { execFileSync } from 'node:child_process';
import { cpSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { GENERIC, TemporarySweep } from '../../../testing/temporary-sweep';
import { describeReplaced } from '../../files/git/keep';
import { editedFiles } from '../../files/owned-folder/edited-files';
import { SWEEP_FILES } from './file-names';

const BASE = { 'base.yaml': 'lr: 0\n' };
const ofRuns = (...runs: number[]): string => `${GENERIC}variables: {lr: [${runs.join(', ')}]}\n`;

function sweepIn(git: 'git' | 'no repository'): TemporarySweep {
  const sweep = new TemporarySweep(ofRuns(1, 2, 3), BASE);
  if (git === 'git') execFileSync('git', ['init', '--quiet'], { cwd: sweep.folder });
  sweep.generate();
  // The times of files go by ticks of some milliseconds, which no person is as fast as.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
  return sweep;
}

const edited = (sweep: TemporarySweep) => editedFiles(join(sweep.folder, 'configs'), SWEEP_FILES);

/** Generates, and does what the message says when something was replaced. */
function generateAndFollow(sweep: TemporarySweep): string | undefined {
  const line = describeReplaced(sweep.folder, sweep.generate().kept);
  const command = line?.split(/To restore \w+, run: /)[1];
  if (command !== undefined) execFileSync('sh', ['-c', command], { cwd: process.cwd() });
  return line;
}

describe('a file of a sweep that a person has written', () => {
  test.each<[string, (sweep: TemporarySweep) => void, string[]]>([
    ['edited', (sweep) => sweep.write('configs/run_001.yaml', 'mine\n'), ['run_001.yaml']],
    ['added', (sweep) => sweep.write('configs/run_007.yaml', 'mine\n'), ['run_007.yaml']],
    [
      'copied here from long ago',
      (sweep) => {
        sweep.write('old', 'mine\n');
        utimesSync(join(sweep.folder, 'old'), 1, 1);
        cpSync(join(sweep.folder, 'old'), join(sweep.folder, 'configs/run_007.yaml'), {
          preserveTimestamps: true,
        });
      },
      ['run_007.yaml'],
    ],
    [
      'moved here',
      (sweep) =>
        renameSync(
          join(sweep.folder, 'configs/run_000.yaml'),
          join(sweep.folder, 'configs/run_009.yaml'),
        ),
      ['run_009.yaml'],
    ],
    [
      'edited, and the mapping too',
      (sweep) => {
        sweep.write('configs/run_001.yaml', 'mine\n');
        sweep.write('configs/run_mapping.yaml', 'mine\n');
      },
      ['run_001.yaml', 'run_mapping.yaml'],
    ],
    [
      'alone, without a manifest',
      (sweep) => {
        rmSync(join(sweep.folder, 'configs'), { recursive: true });
        sweep.write('configs/run_001.yaml', 'mine\n');
      },
      ['run_001.yaml'],
    ],
  ])('is known when it was %s', (_how, change, names) => {
    const sweep = sweepIn('git');
    expect(edited(sweep)).toEqual([]);
    change(sweep);
    expect(edited(sweep)).toEqual(names);
    const before = sweep.texts();
    const line = generateAndFollow(sweep) ?? '';
    for (const name of names) {
      expect(line).toContain(`configs/${name}`);
      expect(sweep.read(`configs/${name}`)).toBe(before[name]);
    }
  });

  test('is brought back by one command, however many they are', () => {
    const sweep = sweepIn('git');
    const mine = ['run_001', 'run_002', 'run_005', 'run_006', 'run_007'];
    for (const name of mine) sweep.write(`configs/${name}.yaml`, `mine: ${name}\n`);
    expect(generateAndFollow(sweep)).toContain('5 files with content not yet in git were replaced');
    for (const name of mine) expect(sweep.read(`configs/${name}.yaml`)).toBe(`mine: ${name}\n`);
    expect(sweep.read('configs/run_000.yaml')).toContain('lr: 1');
  });
});

describe('a file that a generator left', () => {
  test('is nobody’s work, however the sweep changes', () => {
    const sweep = sweepIn('git');
    for (const runs of [[1, 2, 3, 4, 5], [7, 8], [8, 7], [1]]) {
      sweep.write('experiment.yaml', ofRuns(...runs));
      expect(sweep.generate().kept).toBeUndefined();
      expect(edited(sweep)).toEqual([]);
    }
    rmSync(join(sweep.folder, 'configs/run_000.yaml'));
    sweep.generate();
    expect(edited(sweep)).toEqual([]);
    sweep.write('experiment.yaml', `${ofRuns(1, 2)}output: {form: overrides}\n`);
    expect(sweep.generate().kept).toBeUndefined();
    expect(edited(sweep)).toEqual([]);
  });

  test('is told of in no folder without a repository, where nothing can be kept', () => {
    const sweep = sweepIn('no repository');
    sweep.write('configs/run_001.yaml', 'mine\n');
    expect(edited(sweep)).toEqual(['run_001.yaml']);
    expect(sweep.generate().kept).toBeUndefined();
  });
});
