import type { ExecutorContext } from '@nx/devkit';
import type { Collection } from '../launchers/collection';
import { checkOptions } from './running/known-options';
import type { RecipeOptions } from './running/recipe-options';
import { openCollection, recipeOption } from './running/recipe-options';
import { attemptTask, finish, withWarnings } from './running/task';

/** Composes one recipe and renders its script, if it has one, without writing it. */
export function validateRecipe(collection: Collection, options: RecipeOptions): string {
  const recipe = recipeOption(options);
  const { warnings } = collection.compose(recipe);
  const fate = collection.fates.get(recipe);
  if (fate?.kind === 'generated' || fate?.kind === 'refused') collection.launcher(recipe);
  return withWarnings(warnings, `${recipe}: valid`);
}

export default async function execute(
  options: RecipeOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(context.root, () => {
      checkOptions('validate-recipe', options);
      return validateRecipe(openCollection(context, options), options);
    }),
  );
}
