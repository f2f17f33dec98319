import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { BatchResult } from './running/batch';
import { runBatch } from './running/batch';
import { writeSweepOf } from './generate-sweep';
import { checkOptions } from './running/known-options';
import type { SweepOptions } from './running/sweep-options';
import { attemptTask } from './running/task';

export default async function* executeBatch(
  taskGraph: TaskGraph,
  options: Record<string, SweepOptions>,
  _overrides: unknown,
  { root }: ExecutorContext,
): AsyncGenerator<BatchResult> {
  yield* runBatch(taskGraph, options, (task) => {
    return attemptTask(root, () => {
      checkOptions('generate-sweep', task);
      return writeSweepOf(task, root);
    });
  });
}
