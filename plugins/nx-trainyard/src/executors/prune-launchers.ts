import type { ExecutorContext } from '@nx/devkit';
import { pruneOrphans } from '../launchers/script-files';
import type { RecipeOptions } from './recipe-options';
import { openCollection } from './recipe-options';
import { attemptTask, finish } from './task';

export default async function execute(
  options: RecipeOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(root, () => {
      const removed = pruneOrphans(openCollection(root, options));
      if (removed.length === 0) return 'No script without a recipe.';
      return removed.map((script) => `${script}: removed, it belongs to no recipe`).join('\n');
    }),
  );
}
