import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { TargetKind } from '../../inference/options/options';
import type { BatchResult } from './batch';
import { runBatch } from './batch';
import { checkOptions } from './known-options';
import type { TaskOutcome } from './task';
import { attemptTask, finish } from './task';

/** What a task does with its options. What it needs of the workspace is prepared once for a whole batch. */
export type Work<O> = (context: ExecutorContext) => (options: O) => TaskOutcome | string;

/** The implementation of an executor: its work for one task. */
export function executor<O extends object>(kind: TargetKind, work: Work<O>) {
  return async function execute(
    options: O,
    context: ExecutorContext,
  ): Promise<{ success: boolean }> {
    return finish(attempt(kind, work(context), options, context));
  };
}

/** The batch implementation of an executor: the same work, task by task. */
export function batchExecutor<O extends object>(kind: TargetKind, work: Work<O>) {
  return async function* execute(
    taskGraph: TaskGraph,
    options: Record<string, O>,
    _overrides: unknown,
    context: ExecutorContext,
  ): AsyncGenerator<BatchResult> {
    const run = work(context);
    yield* runBatch(taskGraph, options, (task) => attempt(kind, run, task, context));
  };
}

function attempt<O extends object>(
  kind: TargetKind,
  run: (options: O) => TaskOutcome | string,
  options: O,
  { root }: ExecutorContext,
): TaskOutcome {
  return attemptTask(root, () => {
    checkOptions(kind, options);
    return run(options);
  });
}
