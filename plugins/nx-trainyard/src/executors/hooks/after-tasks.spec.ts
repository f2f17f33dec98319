import { basename, dirname } from 'node:path';
import type { PostTasksExecutionContext } from '@nx/devkit';
import { GENERIC, TemporarySweep } from '../../../testing/temporary-sweep';
import { tidyRestoredSweeps } from './after-tasks';

type Results = PostTasksExecutionContext['taskResults'];

/** A sweep of two runs that Nx has put over the files of a larger one, and beside a person's. */
function restored(): TemporarySweep {
  const sweep = new TemporarySweep(`${GENERIC}variables: {lr: [1, 2]}\n`, {
    'base.yaml': 'lr: 0\n',
  });
  sweep.generate();
  for (const name of ['run_002.yaml', 'base.yaml', 'notes.txt']) sweep.write(`configs/${name}`, '');
  return sweep;
}

function tidy({ folder }: TemporarySweep, status: string, output = 'configs/run_mapping.yaml') {
  const projectRoot = basename(folder);
  const task = { projectRoot, outputs: [`${projectRoot}/${output}`] };
  const taskResults = { 'e:generate-sweep': { task, status } } as unknown as Results;
  return tidyRestoredSweeps({ taskResults, workspaceRoot: dirname(folder) });
}

it.each(['local-cache', 'local-cache-kept-existing', 'remote-cache'])(
  'a sweep from the cache (%s) loses the runs that it does not have, each with a line, and nothing of a person',
  (status) => {
    const sweep = restored();
    const root = basename(sweep.folder);
    expect(tidy(sweep, status).sort()).toEqual(
      ['base.yaml', 'run_002.yaml'].map(
        (name) => `${root}/configs/${name}: removed, because the sweep no longer has this run`,
      ),
    );
    expect(sweep.files()).toEqual([
      'manifest.json',
      'notes.txt',
      'run_000.yaml',
      'run_001.yaml',
      'run_mapping.yaml',
    ]);
  },
);

it('the folder of a task that ran, failed or writes no sweep stays as it is', () => {
  const sweep = restored();
  const before = sweep.files();
  for (const status of ['success', 'failure', 'skipped']) expect(tidy(sweep, status)).toEqual([]);
  expect(tidy(sweep, 'local-cache', 'dist/configs')).toEqual([]);
  expect(sweep.files()).toEqual(before);
});
