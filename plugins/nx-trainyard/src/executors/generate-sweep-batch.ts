import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { BatchResult } from './batch';
import { runBatch } from './batch';
import { writeSweepOf } from './generate-sweep';
import { checkOptions } from './known-options';
import type { SweepOptions } from './sweep-options';
import { attemptTask } from './task';

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
