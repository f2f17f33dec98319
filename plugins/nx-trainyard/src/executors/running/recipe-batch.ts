import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { TargetKind } from '../../inference/options/options';
import type { Collection } from '../../launchers/collection';
import type { BatchResult } from './batch';
import { runBatch } from './batch';
import { checkOptions } from './known-options';
import type { RecipeOptions } from './recipe-options';
import { collectionsOf } from './recipe-options';
import { attemptTask } from './task';

/** A batch executor for the tasks of recipes; each collection is opened once for all of them. */
export function recipeBatch(
  kind: TargetKind,
  work: (collection: Collection, options: RecipeOptions) => string,
) {
  return async function* execute(
    taskGraph: TaskGraph,
    options: Record<string, RecipeOptions>,
    _overrides: unknown,
    context: ExecutorContext,
  ): AsyncGenerator<BatchResult> {
    const collectionOf = collectionsOf(context);
    yield* runBatch(taskGraph, options, (task) => {
      return attemptTask(context.root, () => {
        checkOptions(kind, task);
        return work(collectionOf(task), task);
      });
    });
  };
}
