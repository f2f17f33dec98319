import { relative } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { tellReplaced } from '../files/git/keep';
import { describeResult } from '../sweeps/describe';
import { generateSweep } from '../sweeps/sweep';
import { checkOptions } from './running/known-options';
import type { SweepOptions } from './running/sweep-options';
import { sweepRequest } from './running/sweep-options';
import { attemptTask, finish, withWarnings } from './running/task';
import { runNotice } from './hooks/warning-summary';

/** Writes the configs of one sweep, and says what there is now. */
export function writeSweepOf(options: SweepOptions, root: string): string {
  const result = generateSweep(sweepRequest(options, root));
  const text = describeResult(result, relative(root, result.folder));
  // What is told of a run as a whole is no part of a task's output, which the cache would repeat.
  const replaced = runNotice() ? undefined : tellReplaced(root, result.kept);
  return withWarnings(result.warnings, replaced === undefined ? text : `${replaced}\n${text}`);
}

export default async function execute(
  options: SweepOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(root, () => {
      checkOptions('generate-sweep', options);
      return writeSweepOf(options, root);
    }),
  );
}
