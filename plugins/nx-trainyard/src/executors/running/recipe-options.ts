import type { ExecutorContext } from '@nx/devkit';
import { throwDiagnostic } from '../../diagnostics';
import type { SearchPackages } from '../../hydra/config-files/search-packages';
import { checkedPackages } from '../../inference/options/options';
import { Collection } from '../../launchers/collection';
import { DEFAULT_LAUNCHER_CONFIG } from '../../launchers/recipe-files';
import { hasOtherEnding, withYamlEnding } from '../../files/file-ending';
import type { Work } from './executor';
import { recipesInNx } from './nx-recipes';

/** Options of the targets of a recipe. Checked here, for a schema error would end a whole batch. */
export interface RecipeOptions {
  readonly recipe?: unknown;
  readonly launcherConfig?: unknown;
  readonly searchPackages?: unknown;
}

export function recipeOption({ recipe }: RecipeOptions): string {
  if (typeof recipe === 'string' && hasOtherEnding(recipe)) {
    return throwDiagnostic('RecipePath', `a recipe must be a .yaml file, got ${recipe}`, {
      hint: `Hydra reads only .yaml files. Rename it to ${withYamlEnding(recipe)}, or add it to excluded_recipe_patterns if it is not a recipe.`,
    });
  }
  if (typeof recipe === 'string' && recipe !== '') return recipe;
  return throwDiagnostic('Options', "the option 'recipe' must be the path of a recipe", {
    hint: 'Remove it from project.json and the command line; it is inferred.',
  });
}

/** @throws DiagnosticError `Options` for what does not name folders of packages */
export function searchPackagesOf(value: unknown): SearchPackages {
  try {
    return checkedPackages(value);
  } catch (cause) {
    return throwDiagnostic('Options', (cause as Error).message);
  }
}

/** Opens a collection with the recipes that Nx sees. */
function openCollection(context: ExecutorContext, options: RecipeOptions): Collection {
  const { launcherConfig = DEFAULT_LAUNCHER_CONFIG } = options;
  if (typeof launcherConfig === 'string') {
    const packages = searchPackagesOf(options.searchPackages);
    return Collection.open(context.root, launcherConfig, recipesInNx(context), packages);
  }
  return throwDiagnostic('Options', "the option 'launcherConfig' must be a path");
}

/** Opens each collection once for all tasks of a batch. */
export function collectionsOf(context: ExecutorContext): (options: RecipeOptions) => Collection {
  const open = new Map<string, Collection>();
  return (options) => {
    const { launcherConfig, searchPackages } = options;
    const key = JSON.stringify([launcherConfig, searchPackages]);
    const collection = open.get(key) ?? openCollection(context, options);
    open.set(key, collection);
    return collection;
  };
}

/** Work on the collection that the options of a task name. */
export function withCollection(
  work: (collection: Collection, options: RecipeOptions) => string,
): Work<RecipeOptions> {
  return (context) => {
    const collectionOf = collectionsOf(context);
    return (options) => work(collectionOf(options), options);
  };
}
