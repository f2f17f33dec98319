import { relative } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { describeResult } from '../sweeps/describe';
import { generateSweep } from '../sweeps/sweep';
import { checkOptions } from './known-options';
import type { SweepOptions } from './sweep-options';
import { sweepRequest } from './sweep-options';
import { attemptTask, finish, withWarnings } from './task';

/** Writes the configs of one sweep, and says what there is now. */
export function writeSweepOf(options: SweepOptions, root: string): string {
  const result = generateSweep(sweepRequest(options, root));
  return withWarnings(result.warnings, describeResult(result, relative(root, result.folder)));
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
