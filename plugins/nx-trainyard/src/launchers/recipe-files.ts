/** Where the launcher configuration lies unless an option says otherwise. */
export const DEFAULT_LAUNCHER_CONFIG = 'recipes_collection/launcher_scripts_config.yaml';

/** Folders whose YAML files are no recipes: fragments, and what Python leaves behind. */
export const NOT_RECIPES: readonly string[] = ['hydra_config', '__pycache__'];

const OTHER_FOLDER = new RegExp(`(?:^|/)(?:${NOT_RECIPES.join('|')})(?:/|$)`);

/** Whether a file is a recipe. @param path from the recipes folder */
export function isRecipeFile(path: string): boolean {
  return path.endsWith('.yaml') && !OTHER_FOLDER.test(path);
}

/**
 * Lists the recipes that somebody sees, as files from the workspace root; undefined for a folder of
 * recipes that they do not know.
 */
export type RecipeLister = (recipesDir: string) => Iterable<string> | undefined;
