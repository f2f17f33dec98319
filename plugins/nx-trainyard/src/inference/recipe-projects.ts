import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { Diagnostic } from '../diagnostics';
import { renderDiagnostics } from '../diagnostics';
import type { ComposeContext } from '../hydra/request';
import { isRecipeFile } from '../launchers/recipe-files';
import type { RecipeStatus } from '../launchers/recipe-status';
import { recipeStatuses } from '../launchers/recipe-status';
import type { ScriptSettings } from '../launchers/settings/settings';
import { oncePerText } from '../basics/once-per';
import { hasOtherEnding, withYamlEnding } from '../files/file-ending';
import { about, collectionProject } from './collection-project';
import type { FileInputsFinder } from './file-inputs';
import { misnamedRecipe } from './misnamed-recipe';
import type { NormalizedOptions } from './options/options';
import { madeFromTag } from './made-from';
import { escapeGlob, projectName } from './options/project-names';
import type { TargetInput } from './plugin-identity';
import type { RecipeMemory } from './memory/recipe-memory';
import { recipeParts } from './memory/recipe-parts';

/** Projects by their root, which for recipes and fragments is the file itself. */
export type Projects = Record<string, ProjectConfiguration>;

export interface RecipeInference {
  readonly options: NormalizedOptions;
  readonly settings: ScriptSettings;
  /** What is wrong with the settings: no script can be made then, and the targets say so. */
  readonly problems: readonly Diagnostic[];
  readonly context: ComposeContext;
  readonly fileInputs: FileInputsFinder;
  readonly workspaceRoot: string;
  readonly memory: RecipeMemory;
  /** What changes when the plugin does. */
  readonly pluginInputs: readonly TargetInput[];
  readonly pluginVersion: string;
}

/** Splits the YAML files below the recipes folder. Paths from the workspace root. */
export function sortFiles(settings: ScriptSettings, files: readonly string[]) {
  const prefix = `${settings.recipesDir}/`;
  const below = files.filter((file) => file.startsWith(prefix)).sort();
  const isRecipe = (file: string): boolean => isRecipeFile(file.slice(prefix.length));
  const recipes: string[] = [];
  const fragments: string[] = [];
  /** What nothing reads, though it seems to be a recipe. */
  const misnamed: string[] = [];
  for (const file of below) {
    if (isRecipe(file)) recipes.push(file);
    else if (file.endsWith('.yaml')) {
      if (!file.includes('__pycache__')) fragments.push(file);
    } else if (hasOtherEnding(file) && isRecipe(withYamlEnding(file))) misnamed.push(file);
  }
  return { recipes, fragments, misnamed };
}

/** The projects of a collection: each recipe, each fragment, and the collection itself. */
export function recipeProjects(
  inference: RecipeInference,
  files: readonly string[],
): [file: string, projects: Projects][] {
  const { settings, options } = inference;
  const { recipes, fragments, misnamed } = sortFiles(settings, files);
  const pathOf = (file: string): string =>
    file.slice(settings.recipesDir.length + 1, -'.yaml'.length);
  const statuses = recipeStatuses(settings, recipes.map(pathOf));
  const result: [string, Projects][] = [];
  const names = new Set<string>();
  const shared: SharedTexts = {
    inputOf: oncePerText((path) => `{workspaceRoot}/${escapeGlob(path)}`),
    commonTag: madeFromTag([inference.pluginVersion, undefined, undefined]),
  };
  for (const file of recipes) {
    const recipe = pathOf(file);
    const name = projectName(`${options.projectNames.recipes}${recipe}`, names);
    const status = statuses.get(recipe) as RecipeStatus;
    result.push([
      file,
      { [file]: recipeProject(inference, shared, { name, file, recipe, status }) },
    ]);
  }
  const paths = fragments.map((file): [string, string] => [file, pathOf(file)]);
  for (const [file, name] of fragmentNames(paths, options.projectNames.fragments)) {
    result.push([file, { [file]: { ...fragmentProject(file), name: projectName(name, names) } }]);
  }
  for (const file of misnamed) {
    const recipe = file.slice(settings.recipesDir.length + 1);
    const name = pathOf(withYamlEnding(file));
    if (recipeStatuses(settings, [name]).get(name)?.kind === 'excluded') continue;
    const wanted = `${options.projectNames.recipes}${name}`;
    const project = {
      ...misnamedRecipe(inference, file, recipe),
      name: projectName(wanted, names),
    };
    result.push([file, { [file]: project }]);
  }
  const collection = collectionProject(inference, settings, inference.problems);
  result.push([options.launcherConfig, { [settings.recipesDir]: collection }]);
  return result;
}

/** What thousands of recipes have in common, made once. */
interface SharedTexts {
  /** A file, from the root, as a target lists it. */
  readonly inputOf: (path: string) => string;
  /** The tag of recipes that are made from nothing but files that Nx hashes. */
  readonly commonTag: string;
}

interface NamedRecipe {
  /** Of the project. */
  readonly name: string;
  readonly file: string;
  /** Its path from the recipes folder. */
  readonly recipe: string;
  readonly status: RecipeStatus;
}

function recipeProject(
  inference: RecipeInference,
  { inputOf, commonTag }: SharedTexts,
  { name, file, recipe, status }: NamedRecipe,
): ProjectConfiguration {
  const { options, pluginVersion, pluginInputs } = inference;
  // A wrong configuration may name another script.
  const isWhole = inference.problems.length === 0;
  const { targetNames: names, launcherConfig, searchPackages } = options;
  const { paths, problem } = recipeParts(inference, inference.settings.recipesDir, recipe);
  const files = inference.fileInputs([file, ...paths, launcherConfig]);
  const inputs = [...files.inputs.map(inputOf), ...pluginInputs];
  // The problem is part of the hash: a recipe that collides with a new one must run, and fail.
  const rejected = status.kind === 'rejected' ? status.problem.message : undefined;
  const isCommon = files.digests === undefined && rejected === undefined;
  const tag = isCommon ? commonTag : madeFromTag([pluginVersion, files.digests, rejected]);
  const basis = { recipe, launcherConfig, ...(searchPackages && { searchPackages }) };
  const targets: Record<string, TargetConfiguration> = {
    [names['show-recipe']]: {
      executor: 'nx-trainyard:show-recipe',
      inputs,
      options: basis,
      metadata: about('Print the composed recipe, or show where the value of a key comes from.'),
    },
    [names['validate-recipe']]: {
      executor: 'nx-trainyard:validate-recipe',
      cache: true,
      inputs,
      outputs: [],
      options: basis,
      metadata: about('Compose the recipe and check that its launcher script can be generated.'),
    },
  };
  if (status.kind === 'generated' || status.kind === 'rejected') {
    targets[names['generate-launchers']] = {
      executor: 'nx-trainyard:generate-launchers',
      cache: true,
      inputs,
      outputs:
        status.kind === 'generated' && isWhole
          ? [`{workspaceRoot}/${escapeGlob(status.script)}`]
          : [],
      options: basis,
      metadata: about('Write the launcher script of this recipe.'),
    };
  }
  return {
    name,
    root: file,
    tags: ['trainyard:recipe', tag],
    metadata: {
      description: problem
        ? renderDiagnostics(problem.diagnostics)
        : isWhole
          ? describe(status)
          : UNKNOWN_FATE,
      technologies: ['hydra'],
      targetGroups: { Recipe: Object.keys(targets) },
    },
    targets,
  };
}

const UNKNOWN_FATE =
  'Training recipe. The launcher configuration is invalid; run a target to see why.';

function describe(status: RecipeStatus): string {
  switch (status.kind) {
    case 'generated':
      return `Training recipe, launched by ${status.script}.`;
    case 'manual':
      return `Training recipe, launched by the hand-written script ${status.script}.`;
    case 'excluded':
      return `Training recipe without a script: ${status.why}.`;
    case 'rejected':
      return status.problem.message;
  }
}

function fragmentProject(file: string): ProjectConfiguration {
  return {
    root: file,
    tags: ['trainyard:fragment'],
    metadata: { description: 'A config fragment that recipes share.', technologies: ['hydra'] },
    targets: {},
  };
}

/** Fragments are named without `hydra_config`, except where two would then have one name. */
function fragmentNames(
  fragments: readonly [file: string, path: string][],
  prefix: string,
): [file: string, name: string][] {
  const short = (path: string): string =>
    path
      .split('/')
      .filter((p) => p !== 'hydra_config')
      .join('/');
  const counts = new Map<string, number>();
  for (const [, path] of fragments) counts.set(short(path), (counts.get(short(path)) ?? 0) + 1);
  return fragments.map(([file, path]) => {
    return [file, `${prefix}${counts.get(short(path)) === 1 ? short(path) : path}`];
  });
}
