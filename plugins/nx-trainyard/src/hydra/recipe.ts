import { dirname, join } from 'node:path';
import { nearest, throwDiagnostic } from '../diagnostics';
import type { YamlValue } from '../yaml/value/value';
import { pythonTypeName } from '../yaml/value/value';
import type { ComposeContext, SearchedRequest } from './request';
import { composeWith } from './compose';
import type { Composition } from './composition';
import type { ConfigMap, ConfigNode } from './config/config';
import { copyNode, createNode, emptyConfig, isConfigContainer, isMissing } from './config/config';
import { resolve } from './interpolation/interpolation';
import type { SearchPackages } from './config-files/search-packages';
import { shortened } from './defaults/shortened-name';
import { mergeInto } from './merge';

export interface RecipeRequest {
  /** Folder of the recipes, absolute. */
  readonly recipesDir: string;
  /** Path from it without extension: `fine-tuning/llama/x`. */
  readonly recipe: string;
  readonly overrides?: readonly string[];
  /** Folders of the Python packages that search paths name: `{conf: 'src/conf'}` for `pkg://conf`. */
  readonly searchPackages?: SearchPackages;
}

/**
 * How a recipe is composed: its own folder is the config dir, and the folder of its category (the
 * first segment) is searched after it, and then what the recipe itself names.
 */
export function recipeRequest({
  recipesDir,
  recipe,
  overrides,
  searchPackages,
}: RecipeRequest): SearchedRequest {
  const file = join(recipesDir, recipe);
  const [category = '', ...below] = recipe.split('/');
  return {
    configDir: dirname(file),
    configName: `${recipe.slice(recipe.lastIndexOf('/') + 1)}.yaml`,
    // A recipe that lies in no category has no folder to be searched.
    searchedFirst: below.length > 0 ? [join(recipesDir, category)] : [],
    ...(overrides && { overrides }),
    ...(searchPackages && { searchPackages }),
  };
}

/**
 * Composes a recipe and unwraps it: what fragments put under `recipes` is the base, and what the
 * recipe itself says at its root is merged over it.
 *
 * @throws DiagnosticError as for any composition
 */
export function composeRecipeWith(request: RecipeRequest, context: ComposeContext): Composition {
  checkRecipeExists(request, context);
  const composition = composeWith(recipeRequest(request), context);
  return composition.withConfig(unwrap(composition));
}

/** @throws DiagnosticError `MissingConfigException` for a recipe that is there under a shorter name */
function checkRecipeExists({ recipesDir, recipe }: RecipeRequest, { files }: ComposeContext): void {
  const isThere = (name: string): boolean => {
    return name !== '' && files.tree.read(join(recipesDir, `${name}.yaml`)) !== undefined;
  };
  if (isThere(recipe)) return;
  const works = shortened(recipe).find(isThere);
  if (works === undefined) {
    const folder = recipe.slice(0, recipe.lastIndexOf('/') + 1);
    const names = files.tree.list(dirname(join(recipesDir, recipe))) ?? [];
    const siblings = names.flatMap((name) =>
      name.endsWith('.yaml') ? name.slice(0, -'.yaml'.length) : [],
    );
    const near = nearest(recipe.slice(folder.length), siblings);
    const quoted = near.map((name) => `'${folder}${name}'`);
    const hint = near.length > 0 ? `Did you mean ${quoted.join(' or ')}?` : undefined;
    const message = `there is no recipe '${recipe}' in ${recipesDir}`;
    return throwDiagnostic('MissingConfigException', message, hint === undefined ? {} : { hint });
  }
  throwDiagnostic('MissingConfigException', `there is no recipe '${recipe}' in ${recipesDir}`, {
    hint: `Write '${works}': the name is relative to the recipes folder and has no extension.`,
  });
}

/**
 * The result keeps the config as composed for its parent: absolute interpolations in it look there,
 * and so see the fragments' `recipes.*` and the recipe's own root keys.
 */
function unwrap({ config, resolution }: Composition): ConfigMap {
  const recipes = config.entries.at('recipes');
  if (!recipes || isMissing(recipes)) return config;
  const base = resolve(recipes, config, resolution);
  const own = emptyConfig();
  for (const [key, node] of config.entries) {
    if (node === recipes && key.kind === 'str' && key.value === 'recipes') continue;
    own.entries.set(key, adopt(rootValue(node, config, resolution), own));
  }
  if (base.kind !== 'map') {
    const id = base.kind === 'list' ? 'ConfigTypeError' : 'AttributeError';
    return throwDiagnostic(id, `'recipes' must be a mapping, got ${pythonTypeName(base)}`, {
      ...(recipes.location && { location: recipes.location }),
      hint: 'Fragments put a mapping there. In a recipe, write keys at the root.',
    });
  }
  const result = adopt(base, config) as ConfigMap;
  mergeInto(result, own, resolution);
  return result;
}

/** A value at the root, which Python's `items()` resolves. */
function rootValue(
  node: ConfigNode,
  config: ConfigMap,
  resolution: Composition['resolution'],
): YamlValue {
  if (isMissing(node)) {
    return throwDiagnostic(
      'MissingMandatoryValue',
      "Missing mandatory value: a key at the root is '???'",
      {
        ...(node.location && { location: node.location }),
        hint: 'Give it a value in the recipe.',
      },
    );
  }
  return resolve(node, config, resolution);
}

/** A string that was resolved may look like an interpolation, and then becomes one. */
function adopt(value: YamlValue, parent: ConfigMap): ConfigNode {
  return isConfigContainer(value) ? copyNode(value, parent) : createNode(value, parent);
}
