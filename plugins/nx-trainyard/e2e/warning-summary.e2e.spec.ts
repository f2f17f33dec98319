import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from '../testing/rig';

const REPOSITORY = join(__dirname, '../../..');
/** The summary starts with its counts. */
const HEADLINE = /^\d+ warnings? in \d+ tasks?$/gm;

/** The files of a folder of this repository. */
function filesOf(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const entries = readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(REPOSITORY.length + 1);
    if (entry.isFile() && !path.includes('/configs/')) {
      files[path] = readFileSync(join(REPOSITORY, path), 'utf8');
    }
  }
  return files;
}

/** The ids of the warnings in a summary, by task. */
function summaryIn(text: string): Record<string, string[]> {
  const tasks: Record<string, string[]> = {};
  let ids: string[] = [];
  for (const line of text.split('\n')) {
    const [, task] = /^(\S+:\S+): \d+ warnings?$/.exec(line) ?? [];
    if (task !== undefined) ids = tasks[task] = [];
    const [, id] = /^ {2}(?:\S+: )?warning \[([\w-]+)\]/.exec(line) ?? [];
    if (id !== undefined) ids.push(id);
  }
  return tasks;
}

const EXAMPLES = {
  'experiments/lora_rank_small:generate-sweep': ['confounded-rank'],
  'experiments/lora_rank_study:generate-sweep': [
    'confounded-rank',
    'data-files-without-source',
    'placeholder-path',
  ],
  'experiments/lora_rank_wandb:generate-sweep': [
    'confounded-rank',
    'data-files-without-source',
    'packed-without-max-seq-len',
  ],
};

let ws: Workspace;
beforeAll(() => {
  const files = { ...filesOf('experiments'), ...filesOf('recipes_collection') };
  ws = new Workspace({ plugin: 'source', files });
});
afterAll(() => ws.dispose());

describe('the examples of this repository', () => {
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  /** What `npm start` begins with. */
  const start = (scripts.start.split(' && ')[0] ?? '').split(' ').slice(1);

  test.each(['run', 'come from the cache'])(
    'show their warnings in one summary when they %s',
    () => {
      const ran = ws.nx(...start);
      expect(ran.code).toBe(0);
      expect(ran.text.match(HEADLINE)).toEqual(['7 warnings in 3 tasks']);
      expect(summaryIn(ran.text)).toEqual(EXAMPLES);
      expect(ran.text).toContain(
        '  experiments/lora_rank_study/experiment.yaml:16:5: warning [placeholder-path] ',
      );
    },
  );

  test('show them once when they run one by one', () => {
    const ran = ws.nx(
      'run-many',
      '-t',
      'generate-sweep',
      '--no-batch',
      '--skip-nx-cache',
      '-p',
      'experiments/lora_rank_small',
    );
    expect(ran.text.match(/\[confounded-rank\]/g)).toHaveLength(1);
  });

  test('show them in full, and no summary, when one is asked for', () => {
    for (const more of [[], ['--skip-nx-cache']]) {
      const { text } = ws.nx('run', 'lora_rank_small:generate-sweep', ...more);
      expect(text).not.toMatch(HEADLINE);
      expect(text.match(/\[confounded-rank\]/g)).toHaveLength(1);
    }
  });
});
