import { join } from 'node:path';
import { writeScript } from '../files/script-files';
import { executor } from './running/executor';
import { recipeOption, withCollection } from './running/recipe-options';
import { withWarnings } from './running/task';

/** Writes the launcher script of one recipe, and says what became of it. */
export const generateLauncher = withCollection((collection, options) => {
  const { script, template, text, warnings } = collection.launcher(recipeOption(options));
  const before = writeScript(join(collection.root, script), text);
  const what = before === 'right' ? 'up to date' : 'written';
  return withWarnings(warnings, `${script}: ${what} (template ${template})`);
});

export default executor('generate-launchers', generateLauncher);
