import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { GENERIC, TemporarySweep } from '../../testing/temporary-sweep';
import { renderDiagnostics } from '../diagnostics';
import { problemsIn } from '../files/system-error';
import { writeSweepOf } from '../executors/generate-sweep';
import { hasOthersConfigs } from './experiment-file';
import { generateSweep, planSweep } from './sweep';

const SWEEP = `${GENERIC}variables: {lr: [1, 2]}\n`;
const OTHER = SWEEP.replace('name: e', 'name: other');

let sweep: TemporarySweep;
beforeEach(() => {
  sweep = new TemporarySweep(SWEEP, { 'base.yaml': 'lr: 0\n' });
});

/** What is refused of a file, by planning and by generating alike. */
function refusal(file: string): string {
  const request = { file, root: sweep.folder };
  const reported = [planSweep, generateSweep].map((work) => {
    try {
      work(request);
    } catch (cause) {
      const problems = problemsIn(cause);
      if (problems) return renderDiagnostics(problems);
      throw cause;
    }
    return '';
  });
  expect(reported[0]).toBe(reported[1]);
  return reported[0] as string;
}

const generate = (file: string): void => void generateSweep({ file, root: sweep.folder });

describe('two experiments in one folder', () => {
  test.each(['yml', 'YML', 'YAML'])('named .yaml and .%s are both refused', (ending) => {
    const other = `experiment.${ending}`;
    sweep.write(other, OTHER);
    for (const file of ['experiment.yaml', other]) {
      expect(refusal(file)).toContain(
        `contains experiment.yaml and ${other}, which would overwrite each other's configs/`,
      );
    }
    rmSync(join(sweep.folder, other));
    expect(refusal('experiment.yaml')).toBe('');
  });

  test.each([
    ['experiment.yaml', 'other.yaml'],
    ['other.yaml', 'experiment.yaml'],
  ])('do not overwrite each other: first %s, then %s', (first, second) => {
    sweep.write('other.yaml', OTHER);
    generate(first);
    const before = sweep.texts();
    const text = refusal(second);
    expect(text).toContain(`configs contains the sweep of ${first}`);
    expect(text).toContain(`which ${second} would overwrite`);
    expect(sweep.texts()).toEqual(before);
    expect(refusal(first)).toBe('');
  });

  test('of one name do not overwrite each other either', () => {
    sweep.write('copy.yaml', SWEEP.replace('[1, 2]', '[1, 3]'));
    generate('experiment.yaml');
    expect(refusal('copy.yaml')).toContain('configs contains the sweep of experiment.yaml');
  });

  test('may take turns when configs/ is removed, as the hint says', () => {
    sweep.write('other.yaml', OTHER);
    generate('experiment.yaml');
    expect(refusal('other.yaml')).toMatch(/hint: .* or remove .*configs if/);
    rmSync(join(sweep.folder, 'configs'), { recursive: true });
    expect(refusal('other.yaml')).toBe('');
  });
});

describe('configs/ of another file', () => {
  const isOthers = (): boolean => hasOthersConfigs(join(sweep.folder, 'experiment.yaml'));

  test('is known while the file is there, and when it is gone', () => {
    sweep.write('other.yaml', OTHER);
    generate('other.yaml');
    expect(isOthers()).toBe(true);
    rmSync(join(sweep.folder, 'other.yaml'));
    expect(isOthers()).toBe(true);
  });

  test('is known though both have one name', () => {
    sweep.write('copy.yaml', SWEEP.replace('[1, 2]', '[1, 3]'));
    generate('copy.yaml');
    expect(isOthers()).toBe(true);
  });

  test('is not an earlier sweep of the same experiment, or none', () => {
    expect(isOthers()).toBe(false);
    generate('experiment.yaml');
    expect(isOthers()).toBe(false);
    sweep.write('experiment.yaml', SWEEP.replace('[1, 2]', '[1, 2, 3]'));
    sweep.write('other.yaml', OTHER);
    expect(isOthers()).toBe(false);
  });
});

describe('an experiment', () => {
  test('may be edited and renamed, also beside a copy of what it was', () => {
    generate('experiment.yaml');
    sweep.write('experiment.yaml', SWEEP.replace('[1, 2]', '[1, 2, 3]'));
    sweep.write('old.yaml', SWEEP);
    generate('experiment.yaml');
    rmSync(join(sweep.folder, 'old.yaml'));
    sweep.write('experiment.yaml', OTHER);
    expect(refusal('experiment.yaml')).toBe('');
  });

  test('named experiment.yml is no project of Nx, and its target says how to name it', () => {
    const file = 'experiment.yml';
    sweep.write(file, SWEEP);
    rmSync(join(sweep.folder, 'experiment.yaml'));
    expect(() => writeSweepOf({ experiment: file }, sweep.folder)).toThrow(
      'an experiment must be named experiment.yaml, got experiment.yml',
    );
    expect(refusal('experiment.yaml')).toContain(
      'There is experiment.yml: rename it to experiment.yaml',
    );
    generate(file);
  });
});
