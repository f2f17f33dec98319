import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERIC, HEAD, TemporarySweep } from '../../../testing/temporary-sweep';
import { sweepFileGlobs, sweepFileNames } from './file-names';
import { removeStaleFiles } from './restored-sweep';

const BASE = { 'base.yaml': 'lr: 0\n' };
const ARGUMENTS = 'output: {form: overrides}\n';
const tidy = (sweep: TemporarySweep) => removeStaleFiles(join(sweep.folder, 'configs'));

describe('what a cache leaves beside a sweep that it restores', () => {
  test('is removed where it is a run of a larger one, whose numbers may be longer', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8, 16]}\n`);
    sweep.generate();
    const files = sweep.files();
    for (const name of ['run_002.yaml', 'run_0000.yaml', 'run_1234.yaml', 'run_000.sh'])
      writeFileSync(join(sweep.folder, 'configs', name), '');
    expect(tidy(sweep)).toEqual(['run_000.sh', 'run_0000.yaml', 'run_002.yaml', 'run_1234.yaml']);
    expect(sweep.files()).toEqual(files);
  });

  test('is removed where it is of another form', () => {
    const sweep = new TemporarySweep(`${GENERIC}variables: {lr: [1, 2]}\n${ARGUMENTS}`, BASE);
    sweep.generate();
    const files = sweep.files();
    for (const name of ['run_000.yaml', 'base.sh'])
      writeFileSync(join(sweep.folder, 'configs', name), '');
    expect(tidy(sweep)).toEqual(['base.sh', 'run_000.yaml']);
    expect(sweep.files()).toEqual(files);
  });

  test('stays where it is no file of a sweep', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {lora_rank: [8]}\n`);
    sweep.generate();
    const configs = join(sweep.folder, 'configs');
    for (const name of ['notes.txt', 'run_1.yaml', 'run_mine.yaml'])
      writeFileSync(join(configs, name), 'mine');
    mkdirSync(join(configs, 'run_007.yaml'));
    symlinkSync('notes.txt', join(configs, 'run_008.yaml'));
    expect(tidy(sweep)).toEqual([]);
  });

  test('stays where no manifest says what belongs there', () => {
    const sweep = new TemporarySweep('', { 'configs/run_003.yaml': '' });
    expect(tidy(sweep)).toEqual([]);
    writeFileSync(join(sweep.folder, 'configs/manifest.json'), '{"total": 1}');
    expect(tidy(sweep)).toEqual([]);
  });
});

describe('the outputs of a sweep', () => {
  const every = { form: undefined, isScripted: undefined };
  test.each([
    ['configs, torchtune', HEAD, 'lora_rank: [8, 16]', ''],
    ['configs, generic', GENERIC, 'lr: [1, 2]', ''],
    ['overrides, torchtune', HEAD, 'lora_rank: [8, 16]', ARGUMENTS],
    ['overrides, generic', GENERIC, 'lr: [1, 2]', ARGUMENTS],
  ])('are the files that are written, and no others: %s', (_, head, variables, output) => {
    const sweep = new TemporarySweep(`${head}variables: {${variables}}\n${output}`, BASE);
    sweep.generate();
    const kind = {
      form: output === '' ? ('configs' as const) : ('overrides' as const),
      isScripted: false,
    };
    const matched = (globs: readonly string[]) =>
      sweep.files().filter((name) => globs.some((glob) => fits(name, glob)));
    expect(matched(sweepFileGlobs(kind))).toEqual(sweep.files());
    expect(matched(sweepFileGlobs(every))).toEqual(sweep.files());
    for (const glob of sweepFileGlobs(kind))
      expect(sweep.files().some((name) => fits(name, glob))).toBe(true);
    const manifest = sweep.read('configs/manifest.json');
    expect([...(sweepFileNames(manifest) ?? [])].sort()).toEqual(sweep.files());
  });
});

function fits(name: string, glob: string): boolean {
  return new RegExp(`^${glob.replaceAll('.', '\\.').replace('*', '.*')}$`).test(name);
}
