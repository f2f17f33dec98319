import { executor } from './running/executor';
import { recipeOption, withCollection } from './running/recipe-options';
import { withWarnings } from './running/task';

/** Composes one recipe and renders its script, if it has one, without writing it. */
export const validateRecipe = withCollection((collection, options) => {
  const recipe = recipeOption(options);
  const { warnings } = collection.compose(recipe);
  const status = collection.statuses.get(recipe);
  if (status?.kind === 'generated' || status?.kind === 'rejected') collection.launcher(recipe);
  return withWarnings(warnings, `${recipe}: valid`);
});

export default executor('validate-recipe', validateRecipe);
