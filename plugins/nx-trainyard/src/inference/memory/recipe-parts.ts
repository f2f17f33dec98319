import { join } from 'node:path';
import type { DiagnosticError } from '../../diagnostics';
import { pathFrom } from '../../files/paths';
import { composedFiles } from '../../hydra/compose';
import { recipeRequest } from '../../hydra/recipe';
import type { ComposeContext } from '../../hydra/request';
import type { RecipeMemory } from './recipe-memory';

/** What the result of a recipe depends on. */
export interface RecipeParts {
  /** Files from the workspace root. */
  readonly paths: readonly string[];
  readonly problem?: DiagnosticError;
}

/**
 * The files that a recipe's result depends on: those that it is made from, and when it does not compose
 * also where files were looked for in vain, which may mend it.
 */
export function recipeParts(
  {
    context,
    workspaceRoot,
    memory,
  }: {
    readonly context: ComposeContext;
    readonly workspaceRoot: string;
    readonly memory: RecipeMemory;
  },
  recipesFolder: string,
  recipe: string,
): RecipeParts {
  const name = `${recipesFolder}//${recipe}`;
  const known = memory.recall(name);
  if (known) return { paths: known };
  const recipesDir = join(workspaceRoot, recipesFolder);
  const { files, looked, problem } = composedFiles(recipeRequest({ recipesDir, recipe }), context);
  const fromRoot = (path: string): string => pathFrom(workspaceRoot, path);
  // A problem may depend on more than files, such as the names in a folder.
  if (problem) return { paths: looked.map(fromRoot), problem };
  memory.remember(name, looked);
  return { paths: files.map(fromRoot) };
}
