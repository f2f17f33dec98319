import { lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEAD, TemporarySweep, problemsOf } from '../../../testing/temporary-sweep';

const ONE_RUN = `${HEAD}variables: {lora_rank: [8]}\n`;

function linkIn(sweep: TemporarySweep, path: string, target: string): void {
  symlinkSync(target, join(sweep.folder, path));
}

describe('what is in configs/ and is no file of a sweep', () => {
  it.each(['run_000.yaml', 'manifest.json', 'base.yaml'])('is a folder %s', (name) => {
    const sweep = new TemporarySweep(ONE_RUN, { [`configs/${name}/mine.txt`]: 'mine' });
    expect(problemsOf(() => sweep.generate())).toEqual([
      `ForeignFile configs/ belongs to the generator, but contains the folder ${name} (Move it elsewhere. Programs that read configs/ would treat it as part of the sweep.)`,
    ]);
    expect(sweep.read(`configs/${name}/mine.txt`)).toBe('mine');
  });

  it('is a link with the name of a run, which would be written through', () => {
    const sweep = new TemporarySweep(ONE_RUN, { mine: 'mine' });
    mkdirSync(join(sweep.folder, 'configs'));
    linkIn(sweep, 'configs/run_000.yaml', '../mine');
    expect(problemsOf(() => sweep.generate())).toEqual([
      expect.stringMatching(/^ForeignFile .* contains the link run_000.yaml /),
    ]);
    expect(sweep.read('mine')).toBe('mine');
  });
});

describe('what is in the place of configs/', () => {
  it.each([
    ['a file', (sweep: TemporarySweep) => writeFileSync(join(sweep.folder, 'configs'), 'mine')],
    ['a dangling link', (sweep: TemporarySweep) => linkIn(sweep, 'configs', 'nowhere')],
  ])('is refused where it is %s', (_kind, put) => {
    const sweep = new TemporarySweep(ONE_RUN);
    put(sweep);
    expect(problemsOf(() => sweep.generate())).toEqual([
      'ForeignFile configs belongs to the generator, but is not a folder (Move configs elsewhere, or remove it.)',
    ]);
    expect(lstatSync(join(sweep.folder, 'configs')).isDirectory()).toBe(false);
  });

  it('may be a link to a folder', () => {
    const sweep = new TemporarySweep(ONE_RUN);
    mkdirSync(join(sweep.folder, 'elsewhere'));
    linkIn(sweep, 'configs', 'elsewhere');
    expect(sweep.generate().total).toBe(1);
    expect(sweep.files()).toContain('run_000.yaml');
  });
});
