import { resolve } from 'node:path';
import type { ComposeContext, ComposeRequest } from './request';
import { composeWith } from './compose';
import type { Composition } from './composition';
import { ConfigFiles } from './config-files/config-repository';
import { diskFiles } from '../files/file-tree';
import type { RecipeRequest } from './recipe';
import { composeRecipeWith } from './recipe';

/** Files on disk, read anew and named by their absolute paths; the environment of the process. */
function here(): ComposeContext {
  return { files: new ConfigFiles(diskFiles()), env: process.env, cwd: process.cwd() };
}

/**
 * Composes a config as Hydra 1.3's `compose` does with `initialize_config_dir`.
 *
 * @throws DiagnosticError with the name of Hydra's exception as its id, and the place in the file
 */
export function composeConfig(request: ComposeRequest): Composition {
  return composeWith({ ...request, configDir: resolve(request.configDir) }, here());
}

/**
 * Composes a recipe: its category's folder is searched too, and what fragments put under `recipes`
 * is merged with what the recipe says at its root.
 *
 * @throws DiagnosticError as `composeConfig`
 */
export function composeRecipe(request: RecipeRequest): Composition {
  return composeRecipeWith({ ...request, recipesDir: resolve(request.recipesDir) }, here());
}
