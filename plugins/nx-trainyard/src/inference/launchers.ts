import { join, posix } from 'node:path';
import type { Diagnostic } from '../diagnostics';
import { problemsIn } from '../files/system-error';
import type { FileTree } from '../files/file-tree';
import { noConfiguration, noRecipesFolder } from '../launchers/collection';
import type { LauncherSettings } from '../launchers/settings/settings';
import { DEFAULT_RECIPES_DIR, lookAtLauncherSettings } from '../launchers/settings/settings';

/** What is known of the launcher scripts of a workspace. */
export type Launchers =
  /** There are no recipes. */
  | { readonly kind: 'none' }
  /** The recipes are known. With problems, other settings are wrong, and no script can be made. */
  | {
      readonly kind: 'known';
      readonly settings: LauncherSettings;
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
  { root, files, tree }: Workspace,
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
  try {
    const source = tree.read(join(root, path));
    if (!source) return { kind: 'unknown', problems: [noConfiguration(root, path)] };
    const { settings, problems } = lookAtLauncherSettings(source);
    if (!settings) return { kind: 'unknown', problems };
    if (tree.list(join(root, settings.recipesDir))) return { kind: 'known', settings, problems };
    return { kind: 'unknown', problems: [...problems, noRecipesFolder(settings, path)] };
  } catch (cause) {
    const problems = problemsIn(cause, root);
    if (!problems) throw cause;
    return { kind: 'unknown', problems };
  }
}

function namesNothing(path: string): Error {
  return new Error(
    `nx-trainyard options in nx.json: there is no '${path}' among the .yaml and .yml files ` +
      `of the workspace. 'launcherConfig' is a path from its root, and git must not ignore it.`,
  );
}

/** Where recipes may lie while nobody can tell: globs from the root. */
export function recipesMayLieIn(launcherConfig: string): string[] {
  const beside = posix.dirname(launcherConfig);
  return [...new Set([...(beside === '.' ? [] : [beside]), posix.dirname(DEFAULT_RECIPES_DIR)])];
}
