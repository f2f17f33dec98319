import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { Collection } from '../launchers/collection';
import type { BatchResult } from './batch';
import { runBatch } from './batch';
import type { RecipeOptions } from './recipe-options';
import { collectionsOf } from './recipe-options';
import { attemptTask } from './task';

/** A batch executor for the tasks of recipes; each collection is opened once for all of them. */
export function recipeBatch(work: (collection: Collection, options: RecipeOptions) => string) {
  return async function* execute(
    taskGraph: TaskGraph,
    options: Record<string, RecipeOptions>,
    _overrides: unknown,
    { root }: ExecutorContext,
  ): AsyncGenerator<BatchResult> {
    const collectionOf = collectionsOf(root);
    yield* runBatch(taskGraph, options, (task) => {
      return attemptTask(root, () => work(collectionOf(task), task));
    });
  };
}
