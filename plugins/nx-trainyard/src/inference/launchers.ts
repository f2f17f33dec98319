import { join, posix } from 'node:path';
import type { Diagnostic } from '../diagnostics';
import { problemsIn } from '../files/system-error';
import type { FileTree } from '../files/file-tree';
import { noConfiguration, noRecipesFolder } from '../launchers/collection';
import type { ScriptSettings } from '../launchers/settings/settings';
import { DEFAULT_RECIPES_DIR, lookAtLauncherSettings } from '../launchers/settings/settings';
import type { RecipeMemory } from './memory/recipe-memory';

/** What is known of the launcher scripts of a workspace. */
export type Launchers =
  /** There are no recipes. */
  | { readonly kind: 'none' }
  /** The recipes are known. With problems, other settings are wrong, and no script can be made. */
  | {
      readonly kind: 'known';
      readonly settings: ScriptSettings;
      readonly problems: readonly Diagnostic[];
    }
  /** Which files are recipes cannot be told. */
  | { readonly kind: 'unknown'; readonly problems: readonly Diagnostic[] };

interface Workspace {
  /** Absolute. */
  readonly root: string;
  /** The YAML files that Nx sees, from the root. */
  readonly files: readonly string[];
  readonly tree: FileTree;
  readonly memory: RecipeMemory;
}

/**
 * Looks at the launcher configuration. A mistake in it is for the targets that need it to tell: the
 * other projects of the workspace go on.
 *
 * @param path of the configuration, from the root
 * @param isNamed whether a plugin option names it
 * @throws Error for an option that names no file
 */
export function lookAtLaunchers(
  { root, files, tree, memory }: Workspace,
  path: string,
  isNamed: boolean,
): Launchers {
  if (!files.includes(path)) {
    if (isNamed) throw namesNothing(path);
    const isRecipe = (file: string): boolean => file.startsWith(`${DEFAULT_RECIPES_DIR}/`);
    return files.some(isRecipe)
      ? { kind: 'unknown', problems: [noConfiguration(root, path)] }
      : { kind: 'none' };
  }
  const known = recallSettings(memory, path);
  if (known && memory.looks.look(known.recipesDir) === 'folder') {
    return { kind: 'known', settings: known, problems: [] };
  }
  try {
    const source = tree.read(join(root, path));
    if (!source) return { kind: 'unknown', problems: [noConfiguration(root, path)] };
    const look = lookAtLauncherSettings(source);
    const settings = look.kind === 'right' ? look.settings : look.scripts;
    const problems = look.kind === 'right' ? [] : look.problems;
    if (!settings) return { kind: 'unknown', problems };
    if (tree.list(join(root, settings.recipesDir))) {
      if (look.kind === 'right') rememberSettings(memory, path, look.settings);
      return { kind: 'known', settings, problems };
    }
    return { kind: 'unknown', problems: [...problems, noRecipesFolder(settings, path)] };
  } catch (cause) {
    const problems = problemsIn(cause, root);
    if (!problems) throw cause;
    return { kind: 'unknown', problems };
  }
}

/** What is asked of a launcher configuration without mistakes, as JSON has it. */
type RememberedSettings = Omit<ScriptSettings, 'manuallyMaintained'> & {
  readonly manuallyMaintained: readonly (readonly [recipe: string, script: string])[];
};

const SETTINGS = 'settings';

function recallSettings(memory: RecipeMemory, path: string): ScriptSettings | undefined {
  const known = memory.recallFact(SETTINGS, path) as RememberedSettings | undefined;
  if (!known) return undefined;
  const manual = known.manuallyMaintained.map(([recipe, script]) => [recipe, { script }] as const);
  return { ...known, manuallyMaintained: new Map(manual) };
}

function rememberSettings(
  memory: RecipeMemory,
  path: string,
  {
    recipesDir,
    outputDir,
    excludedRecipeDirs,
    excludedRecipePatterns,
    manuallyMaintained,
  }: ScriptSettings,
): void {
  const remembered: RememberedSettings = {
    recipesDir,
    outputDir,
    excludedRecipeDirs,
    excludedRecipePatterns,
    manuallyMaintained: [...manuallyMaintained].map(([recipe, { script }]) => [recipe, script]),
  };
  memory.rememberFact(SETTINGS, path, remembered);
}

function namesNothing(path: string): Error {
  return new Error(
    `nx-trainyard options in nx.json: there is no .yaml or .yml file '${path}' ` +
      `in the workspace. 'launcherConfig' is relative to the workspace root, and git must not ignore the file.`,
  );
}

/** Where recipes may lie while nobody can tell: globs from the root. */
export function recipesMayLieIn(launcherConfig: string): string[] {
  const beside = posix.dirname(launcherConfig);
  return [...new Set([...(beside === '.' ? [] : [beside]), posix.dirname(DEFAULT_RECIPES_DIR)])];
}
