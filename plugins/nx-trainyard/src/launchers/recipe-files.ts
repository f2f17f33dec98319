/** Folders whose YAML files are no recipes: fragments, and what Python leaves behind. */
export const NOT_RECIPES: readonly string[] = ['hydra_config', '__pycache__'];

/** Whether a file is a recipe. @param path from the recipes folder */
export function isRecipeFile(path: string): boolean {
  return path.endsWith('.yaml') && !path.split('/').some((part) => NOT_RECIPES.includes(part));
}
