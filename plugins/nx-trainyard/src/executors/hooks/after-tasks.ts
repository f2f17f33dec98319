import { join } from 'node:path';
import type { PostTasksExecutionContext } from '@nx/devkit';
import { seal } from '../../files/owned-folder/edited-files';
import { SWEEP_FILES } from '../../sweeps/write/file-names';
import { removeStaleFiles } from '../../sweeps/write/restored-sweep';

type TaskResult = PostTasksExecutionContext['taskResults'][string];

/**
 * Takes away what Nx leaves when it restores a sweep from its cache: runs of a larger one.
 *
 * @returns a line for each folder in which something was removed
 */
export function tidyRestoredSweeps({
  taskResults,
  workspaceRoot,
}: Pick<PostTasksExecutionContext, 'taskResults' | 'workspaceRoot'>): string[] {
  return Object.values(taskResults).flatMap((result) => {
    const root = result.task.projectRoot;
    if (root === undefined || !isRestoredSweep(result)) return [];
    const folder = join(workspaceRoot, root, 'configs');
    const removed = removeStaleFiles(folder);
    // What Nx left as it is may be edited: its daemon does not watch what git ignores.
    if (!result.status.endsWith('kept-existing')) seal(folder, SWEEP_FILES);
    return removed.map(
      (name) => `${root}/configs/${name}: removed, because the sweep no longer has this run`,
    );
  });
}

/** The cache's results are told apart by what they would have written: Nx tells no executor here. */
function isRestoredSweep({ task, status }: TaskResult): boolean {
  if (!/^(?:local|remote)-cache/.test(status)) return false;
  return task.outputs.some((output) => output.endsWith('/configs/run_mapping.yaml'));
}
