import type { ExecutorContext } from '@nx/devkit';
import { pruneOrphans } from '../launchers/loose-scripts';
import { checkOptions } from './running/known-options';
import type { RecipeOptions } from './running/recipe-options';
import { openCollection } from './running/recipe-options';
import { attemptTask, finish } from './running/task';

export default async function execute(
  options: RecipeOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(context.root, () => {
      checkOptions('prune-launchers', options);
      const removed = pruneOrphans(openCollection(context, options));
      return removed.length === 0 ? 'No script without a recipe.' : removed.join('\n');
    }),
  );
}
