import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, error, throwDiagnostic } from '../diagnostics';
import type { ComposeContext } from '../hydra/request';
import { isFileEntry } from '../files/is-file';
import { listFolder, namesIfReadable } from '../files/list-folder';
import { visibleFiles } from '../files/git/visible';
import type { Composition } from '../hydra/composition';
import { ConfigFiles } from '../hydra/config-files/config-repository';
import { diskFiles } from '../files/file-tree';
import { composeRecipeWith } from '../hydra/recipe';
import type { SearchPackages } from '../hydra/config-files/search-packages';
import { hasOtherEnding, withYamlEnding } from '../files/file-ending';
import type { RecipeLister } from './recipe-files';
import { NOT_RECIPES, isRecipeFile } from './recipe-files';
import type { Launcher } from './render';
import { LauncherRenderer } from './render';
import type { RecipeStatus } from './recipe-status';
import { recipeStatuses } from './recipe-status';
import type { LauncherSettings, ScriptSettings } from './settings/settings';
import type { Template } from './template/template';
import { readLauncherSettings } from './settings/settings';

/** A launcher script, where it goes, and what there is to be warned of. */
interface CollectedLauncher extends Launcher {
  readonly script: string;
  readonly warnings: readonly Diagnostic[];
}

/**
 * The recipes of a workspace as they are on disk now. Files are read once and templates compiled
 * once, however many recipes are asked for: make one per task or batch.
 */
export class Collection {
  readonly root: string;
  readonly settings: LauncherSettings;
  readonly #context: ComposeContext;
  readonly #renderer: LauncherRenderer;
  readonly #seen: RecipeLister;
  #onDisk: readonly string[] | undefined;
  #counted: ReadonlySet<string> | undefined;
  #recipes: readonly string[] | undefined;
  #statuses: ReadonlyMap<string, RecipeStatus> | undefined;

  private constructor(
    root: string,
    settings: LauncherSettings,
    context: ComposeContext,
    seen: RecipeLister,
  ) {
    this.root = root;
    this.#seen = seen;
    this.settings = settings;
    this.#context = context;
    this.#renderer = new LauncherRenderer(settings);
  }

  /**
   * Opens the collection that a launcher configuration describes.
   *
   * @param root the workspace, absolute
   * @param launcherConfig path of the configuration from the workspace root
   * @param seen the recipes that count; without it, all that neither git nor Nx ignores
   * @param searchPackages folders of the Python packages that search paths of recipes name
   * @throws DiagnosticError when the configuration is missing or wrong
   */
  static open(
    root: string,
    launcherConfig: string,
    seen: RecipeLister = () => undefined,
    searchPackages: SearchPackages = {},
  ): Collection {
    const tree = diskFiles(root);
    const source = tree.read(join(root, launcherConfig));
    if (!source) throw new DiagnosticError(noConfiguration(root, launcherConfig));
    // Scripts must not depend on the machine, so recipes see no environment.
    const context = { files: new ConfigFiles(tree), env: {}, cwd: root, searchPackages };
    const settings = readLauncherSettings(source);
    // Without this, every script would look like one that belongs to no recipe.
    if (!tree.list(join(root, settings.recipesDir))) {
      throw new DiagnosticError(noRecipesFolder(settings, launcherConfig));
    }
    return new Collection(root, settings, context, seen);
  }

  get recipesDir(): string {
    return join(this.root, this.settings.recipesDir);
  }

  /** The recipe paths of all files, sorted. */
  get #all(): readonly string[] {
    this.#onDisk ??= findRecipes(this.recipesDir);
    return this.#onDisk;
  }

  /** The recipe paths that count, sorted. */
  get recipes(): readonly string[] {
    this.#recipes ??= this.#findSeen();
    return this.#recipes;
  }

  /** The files that count, from the root. */
  get #files(): ReadonlySet<string> {
    const { recipesDir } = this.settings;
    this.#counted ??= new Set(this.#seen(recipesDir) ?? visibleFiles(this.root, recipesDir));
    return this.#counted;
  }

  #findSeen(): readonly string[] {
    const { recipesDir } = this.settings;
    return this.#all.filter((recipe) => this.#files.has(`${recipesDir}/${recipe}.yaml`));
  }

  /** The recipe paths of files that do not count, since git or Nx ignores them. */
  get ignored(): readonly string[] {
    const counted = new Set(this.recipes);
    return this.#all.filter((recipe) => !counted.has(recipe));
  }

  /** What seems to be a recipe, and has an ending that nothing reads; from the recipes folder. */
  get misnamed(): readonly string[] {
    const { recipesDir } = this.settings;
    return [...this.#files].sort().flatMap((file) => {
      if (!file.startsWith(`${recipesDir}/`) || !hasOtherEnding(file)) return [];
      const path = withYamlEnding(file.slice(recipesDir.length + 1));
      const recipe = path.slice(0, -'.yaml'.length);
      const status = recipeStatuses(this.settings, [recipe]).get(recipe);
      return isRecipeFile(path) && status?.kind !== 'excluded'
        ? file.slice(recipesDir.length + 1)
        : [];
    });
  }

  /** Whether there is a recipe, ignored or not: one can be composed all the same. */
  has(recipe: string): boolean {
    return this.#all.includes(recipe);
  }

  get statuses(): ReadonlyMap<string, RecipeStatus> {
    this.#statuses ??= recipeStatuses(this.settings, this.recipes);
    return this.#statuses;
  }

  /**
   * @param env what `oc.env` sees; nothing, unless a person asks what a value is here and now
   * @throws DiagnosticError as for any composition
   */
  compose(recipe: string, env: ComposeContext['env'] = {}): Composition {
    return composeRecipeWith({ recipesDir: this.recipesDir, recipe }, { ...this.#context, env });
  }

  /**
   * The script of a recipe and where it goes.
   *
   * @throws DiagnosticError when the recipe does not compose, or no script can be made of it
   */
  launcher(recipe: string): CollectedLauncher {
    const status = this.statuses.get(recipe);
    if (!status && this.has(recipe)) {
      return throwDiagnostic(
        'RecipePath',
        `the recipe '${recipe}' has no script because git or Nx ignores it`,
        {
          hint: 'Remove it from .gitignore and .nxignore.',
        },
      );
    }
    if (!status) return throwDiagnostic('RecipePath', `there is no recipe '${recipe}'`);
    if (status.kind === 'rejected') throw new DiagnosticError(status.problem);
    if (status.kind !== 'generated') {
      const why =
        status.kind === 'excluded' ? status.why : `${status.script} is maintained manually`;
      throw new DiagnosticError(error('RecipePath', `'${recipe}' has no generated script: ${why}`));
    }
    const composition = this.compose(recipe);
    const { warnings } = composition;
    return { script: status.script, warnings, ...this.#renderer.render(recipe, composition) };
  }

  /**
   * The script of a composed recipe with room for the arguments of a run.
   *
   * @throws DiagnosticError when no script can be made, or its template has no room for arguments
   */
  scriptWith(recipe: string, composition: Composition): (args: string) => string {
    return this.#renderer.renderAround(recipe, composition);
  }

  /** The template of a composed recipe, not yet filled. @throws DiagnosticError as `scriptWith` does */
  templateOf(recipe: string, composition: Composition): Template {
    return this.#renderer.templateOf(recipe, composition);
  }

  /**
   * A recipe's script, which takes the arguments of a run as its own.
   *
   * @throws DiagnosticError when no script can be made, or its template has no room for arguments
   */
  openScript(recipe: string, composition: Composition): string {
    return this.#renderer.renderOpen(recipe, composition);
  }
}

/** There is no launcher configuration at a path from the workspace root. */
export function noConfiguration(root: string, path: string): Diagnostic {
  const other = namesIfReadable(dirname(join(root, path))).find(
    (name) => hasOtherEnding(name) && withYamlEnding(name) === basename(path),
  );
  return error('LauncherSettings', `there is no launcher configuration ${path}`, {
    hint: other
      ? `Rename the existing ${join(dirname(path), other)}, or set the plugin option 'launcherConfig' to it.`
      : 'Create it, with a template that starts a recipe:\n  templates:\n    llm_finetuning_aws: |\n      python3 main.py recipes={recipe_path}\n' +
        "If it is somewhere else, set the plugin option 'launcherConfig' or pass --launcher-config. Outside Nx, pass the workspace with --root.",
  });
}

/** The folder of recipes that a launcher configuration names is not there. */
export function noRecipesFolder({ recipesDir }: ScriptSettings, path: string): Diagnostic {
  return error('LauncherSettings', `there is no recipes folder '${recipesDir}'`, {
    hint: `Create it, or set 'settings.recipes_dir' in ${path}.`,
  });
}

function findRecipes(folder: string): string[] {
  const found: string[] = [];
  const walk = (path: string): void => {
    const at = join(folder, path);
    for (const entry of listFolder(at)) {
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!NOT_RECIPES.includes(entry.name)) walk(child);
      } else if (isRecipeFile(child) && isFileEntry(entry, at))
        found.push(child.slice(0, -'.yaml'.length));
    }
  };
  walk('');
  return found.sort();
}
