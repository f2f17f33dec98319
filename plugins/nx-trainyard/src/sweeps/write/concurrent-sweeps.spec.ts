import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HEAD, TemporarySweep } from '../../../testing/temporary-sweep';

const LONG_AGO = new Date('2001-01-01T00:00:00Z');

const SMALL = `${HEAD}variables: {lora_alpha: [1, 2]}\n`;
const LARGE = `${HEAD}variables: {lora_alpha: {range: [1, 90, 1]}}\n`;

/** Generates an experiment again and again, each time in another of its versions. */
const PROGRAM = `
const { copyFileSync, renameSync } = require('node:fs');
const { generateSweep } = require(${JSON.stringify(join(__dirname, '../sweep'))});
const [root, times, ...versions] = process.argv.slice(1);
for (let at = 0; at < Number(times); at++) {
  const own = root + '/version.' + process.pid;
  copyFileSync(root + '/' + versions[at % versions.length], own);
  renameSync(own, root + '/experiment.yaml');
  generateSweep({ root, file: 'experiment.yaml' });
}
`;

/** What a process of its own says at its end; '' when all is well. */
function generate(
  sweep: TemporarySweep,
  times: number,
  versions: readonly string[],
): Promise<string> {
  const args = [
    '-r',
    '@swc-node/register',
    '-e',
    PROGRAM,
    sweep.folder,
    String(times),
    ...versions,
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: __dirname });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.on('close', (code) => {
      resolve(code === 0 ? '' : `exit ${code}: ${said}`);
    });
  });
}

/** Runs that the mapping names while they are not there. */
function missing({ folder }: TemporarySweep): string[] {
  const read = (name: string): string | undefined => {
    try {
      return readFileSync(join(folder, 'configs', name), 'utf8');
    } catch {
      return undefined;
    }
  };
  const before = read('run_mapping.yaml');
  if (before === undefined) return [];
  const records = read('runs.jsonl');
  const files = new Set(readdirSync(join(folder, 'configs')));
  // Where the mapping is another one meanwhile, the runs may be others, too.
  if (read('run_mapping.yaml') !== before) return [];
  const there = (id: string): boolean =>
    files.has(`${id}.yaml`) || (records?.includes(`"${id}"`) ?? false);
  return [...before.matchAll(/^(run_\d+):/gm)].flatMap(([, id = '']) => (there(id) ? [] : [id]));
}

/** Looks at a sweep again and again until some work is done. */
async function watching<T>(sweep: TemporarySweep, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = work.finally(() => (isDone = true));
  while (!isDone) {
    expect(missing(sweep)).toEqual([]);
    await pause(1);
  }
  return done;
}

describe('processes that generate one sweep at once', () => {
  it('all succeed, and leave what one alone would', async () => {
    const sweep = new TemporarySweep(LARGE, { large: LARGE });
    const all = [1, 2, 3, 4].map(() => generate(sweep, 1, ['large']));
    expect(await watching(sweep, Promise.all(all))).toEqual(['', '', '', '']);
    const alone = sweep.copy();
    alone.generate();
    expect(sweep.texts()).toEqual(alone.texts());
    expect(readdirSync(sweep.folder).sort()).toEqual(['configs', 'experiment.yaml', 'large']);
  }, 120_000);

  it.each(['configs', 'overrides'])(
    'of versions that grow and shrink never show a mapping that names a missing run (%s)',
    async (form) => {
      const text = (version: string): string => `${version}output: {form: ${form}}\n`;
      const sweep = new TemporarySweep(text(SMALL), { small: text(SMALL), large: text(LARGE) });
      const versions = ['small', 'large'];
      const all = [versions, versions.toReversed(), versions].map((order) =>
        generate(sweep, 5, order),
      );
      const said = await watching(sweep, Promise.all(all));
      expect(said.join('')).toBe('');
      expect(missing(sweep)).toEqual([]);
      sweep.write('experiment.yaml', text(SMALL));
      expect(sweep.generate().total).toBe(2);
      const alone = sweep.copy();
      alone.generate();
      expect(sweep.texts()).toEqual(alone.texts());
    },
    120_000,
  );
});

describe('a folder in which files of another process wait', () => {
  it('stays while it may be in use, whatever its name says, and goes after a day', () => {
    const sweep = new TemporarySweep(SMALL);
    const [dead, fresh] = ['.configs.trainyard-999999999', '.configs.trainyard-aB3dEf'];
    for (const name of [dead, fresh]) sweep.write(`${name}/configs/run_000.yaml`, 'half');
    utimesSync(join(sweep.folder, dead), LONG_AGO, LONG_AGO);
    sweep.generate();
    expect(readdirSync(sweep.folder).sort()).toEqual([fresh, 'configs', 'experiment.yaml']);
    expect(sweep.read(`${fresh}/configs/run_000.yaml`)).toBe('half');
  });

  it('that a person may read only by themselves does not show in the mode of configs/', () => {
    const sweep = new TemporarySweep(SMALL);
    mkdirSync(join(sweep.folder, 'other'));
    sweep.generate();
    const mode = (name: string): number => statSync(join(sweep.folder, name)).mode;
    expect(mode('configs')).toBe(mode('other'));
  });
});

it('a process that was killed while it moved files holds the others up for some seconds only', () => {
  const sweep = new TemporarySweep(SMALL);
  mkdirSync(join(sweep.folder, '.configs.trainyard-lock'));
  expect(sweep.generate().total).toBe(2);
  expect(readdirSync(sweep.folder).sort()).toEqual(['configs', 'experiment.yaml']);
}, 60_000);
