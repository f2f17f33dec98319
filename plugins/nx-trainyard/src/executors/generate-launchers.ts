import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import type { Collection } from '../launchers/collection';
import { writeScript } from '../files/script-files';
import { checkOptions } from './running/known-options';
import type { RecipeOptions } from './running/recipe-options';
import { openCollection, recipeOption } from './running/recipe-options';
import { attemptTask, finish, withWarnings } from './running/task';

/** Writes the launcher script of one recipe, and says what became of it. */
export function generateLauncher(collection: Collection, options: RecipeOptions): string {
  const { script, template, text, warnings } = collection.launcher(recipeOption(options));
  const before = writeScript(join(collection.root, script), text);
  const what = before === 'right' ? 'up to date' : 'written';
  return withWarnings(warnings, `${script}: ${what} (template ${template})`);
}

export default async function execute(
  options: RecipeOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(context.root, () => {
      checkOptions('generate-launchers', options);
      return generateLauncher(openCollection(context, options), options);
    }),
  );
}
