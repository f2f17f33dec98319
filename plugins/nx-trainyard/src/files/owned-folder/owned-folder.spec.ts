import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemsOf } from '../../../testing/temporary-sweep';
import { editedFiles } from './edited-files';
import { OwnedFolder } from './owned-folder';
import type { OwnedFiles } from './owned-files';

/** Another generator than that of sweeps. */
const JOBS: OwnedFiles = {
  whole: 'the jobs',
  isOwn: (name) => /^(?:job_\d+\.sh|jobs\.json|index\.txt)$/.test(name),
  last: ['index.txt'],
  wrongMeanwhile: (replaced) => (replaced.has('jobs.json') ? ['index.txt'] : []),
};

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'owned-folder-'));
  folder = join(root, 'jobs');
});
afterEach(() => rmSync(root, { recursive: true }));

function generate(files: Readonly<Record<string, string>>): OwnedFolder {
  const made = new OwnedFolder(folder, JOBS);
  for (const [name, text] of Object.entries(files)) {
    if (name.endsWith('.txt')) made.stream(name).write(text);
    else made.write(name, text, name.endsWith('.sh'));
  }
  return made;
}

const texts = () =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

describe('a folder of a generator', () => {
  it('has what was made, and no longer what an earlier generation left', () => {
    generate({ 'job_1.sh': 'one', 'job_2.sh': 'two', 'index.txt': '1 2' }).close();
    expect(
      generate({ 'job_1.sh': 'one', 'job_3.sh': 'three', 'index.txt': '1 3' }).close(),
    ).toEqual({
      changed: 3,
    });
    expect(texts()).toEqual({ 'job_1.sh': 'one', 'job_3.sh': 'three', 'index.txt': '1 3' });
    expect(statSync(join(folder, 'job_3.sh')).mode & 0o111).not.toBe(0);
  });

  it('is touched in nothing by what is right already', () => {
    const files = { 'job_1.sh': 'one', 'index.txt': '1' };
    generate(files).close();
    const { ino, mtimeMs } = statSync(join(folder, 'job_1.sh'));
    expect(generate(files).close()).toEqual({ changed: 0 });
    expect(statSync(join(folder, 'job_1.sh'))).toMatchObject({ ino, mtimeMs });
  });

  it('stays as it was, with nothing beside it, when the generator fails', () => {
    generate({ 'job_1.sh': 'one', 'index.txt': '1' }).close();
    generate({ 'job_1.sh': 'other', 'index.txt': '…' }).abandon();
    expect(texts()).toEqual({ 'job_1.sh': 'one', 'index.txt': '1' });
    expect(readdirSync(root)).toEqual(['jobs']);
  });

  it('is refused where something of somebody else lies in it, in the words of its generator', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'run_001.yaml'), 'mine');
    expect(problemsOf(() => generate({}))).toEqual([
      'ForeignFile jobs/ belongs to the generator, but contains run_001.yaml (Move it elsewhere. Programs that read jobs/ would treat it as part of the jobs.)',
    ]);
    expect(texts()).toEqual({ 'run_001.yaml': 'mine' });
  });

  it('loses first what is wrong while other files are replaced', () => {
    generate({ 'jobs.json': '1', 'index.txt': '1' }).close();
    let hadIndex: boolean | undefined;
    const made = new OwnedFolder(folder, {
      ...JOBS,
      wrongMeanwhile: (replaced) => {
        hadIndex = existsSync(join(folder, 'index.txt'));
        return JOBS.wrongMeanwhile(replaced);
      },
    });
    made.write('jobs.json', '2');
    made.close();
    expect(hadIndex).toBe(true);
    expect(texts()).toEqual({ 'jobs.json': '2' });
  });

  it('tells what was edited since it was generated', () => {
    generate({ 'job_1.sh': 'one', 'job_2.sh': 'two', 'index.txt': '1 2' }).close();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
    expect(editedFiles(folder, JOBS)).toEqual([]);
    writeFileSync(join(folder, 'job_2.sh'), 'mine');
    expect(editedFiles(folder, JOBS)).toEqual(['job_2.sh']);
  });
});
