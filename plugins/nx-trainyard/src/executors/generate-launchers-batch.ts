import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { BatchResult } from './batch';
import { runBatch } from './batch';
import { generateLauncher } from './generate-launchers';
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
    return attemptTask(() => generateLauncher(collectionOf(task), task));
  });
}
