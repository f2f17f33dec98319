import { relative } from 'node:path';
import { describeReplaced } from '../files/git/keep';
import { describeResult } from '../sweeps/describe';
import { generateSweep } from '../sweeps/sweep';
import { runNotice } from './hooks/run-notice';
import type { Work } from './running/executor';
import { executor } from './running/executor';
import type { SweepOptions } from './running/sweep-options';
import { sweepRequest } from './running/sweep-options';
import { withWarnings } from './running/task';

/** Writes the configs of one sweep, and says what there is now. */
export function writeSweepOf(options: SweepOptions, root: string): string {
  const result = generateSweep(sweepRequest(options, root));
  const text = describeResult(result, relative(root, result.folder));
  // What is told of a run as a whole is no part of a task's output, which the cache would repeat.
  const replaced = runNotice() ? undefined : describeReplaced(root, result.kept);
  return withWarnings(result.warnings, replaced === undefined ? text : `${replaced}\n${text}`);
}

export const generateConfigs: Work<SweepOptions> = ({ root }) => {
  return (options) => writeSweepOf(options, root);
};

export default executor('generate-sweep', generateConfigs);
