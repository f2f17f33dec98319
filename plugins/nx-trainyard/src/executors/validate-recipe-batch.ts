import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { BatchResult } from './batch';
import { runBatch } from './batch';
import { validateRecipe } from './validate-recipe';
import type { RecipeOptions } from './recipe-options';
import { collectionsOf } from './recipe-options';
import { attemptTask } from './task';

export default async function* executeBatch(
  taskGraph: TaskGraph,
  options: Record<string, RecipeOptions>,
  _overrides: unknown,
  { root }: ExecutorContext,
): AsyncGenerator<BatchResult> {
  const collectionOf = collectionsOf(root);
  yield* runBatch(taskGraph, options, (task) => {
    return attemptTask(() => validateRecipe(collectionOf(task), task));
  });
}
