import type { Diagnostic } from '../diagnostics';
import { error } from '../diagnostics';
import type { ScriptSettings } from './settings/settings';

/** What becomes of a recipe. Script paths are relative to the workspace root. */
export type RecipeStatus =
  | { readonly kind: 'generated'; readonly script: string }
  | { readonly kind: 'manual'; readonly script: string }
  | { readonly kind: 'excluded'; readonly why: string }
  | {
      readonly kind: 'rejected';
      readonly problem: Diagnostic;
      /** The script that several recipes claim. */
      readonly script?: string;
    };

/** Names go into regular expressions, globs and file names, unescaped, in Nx and in shells. */
const RECIPE_PATH = /^[A-Za-z0-9._/-]+$/;

export function recipeName(recipe: string): string {
  return recipe.slice(recipe.lastIndexOf('/') + 1);
}

/** `launcher_scripts/<family>/run_<name>.sh` for a recipe. */
export function scriptPath(settings: ScriptSettings, recipe: string): string {
  const parts = recipe.split('/');
  const family = parts.length > 1 ? (parts[1] as string).toLowerCase() : 'misc';
  return `${settings.outputDir}/${family}/run_${recipeName(recipe).replaceAll('-', '_')}.sh`;
}

function exclusion(settings: ScriptSettings, recipe: string): string | undefined {
  const dir = settings.excludedRecipeDirs.find((prefix) => recipe.startsWith(prefix));
  if (dir !== undefined) return `'excluded_recipe_dirs' lists '${dir}'`;
  const stem = recipeName(recipe).toLowerCase();
  const pattern = settings.excludedRecipePatterns.find((part) => stem.includes(part));
  return pattern === undefined ? undefined : `'excluded_recipe_patterns' lists '${pattern}'`;
}

/**
 * What becomes of each recipe of a collection. Two recipes that give one script are both refused,
 * and so is a recipe whose script is another's hand-written one.
 *
 * @param recipes recipe paths
 */
export function recipeStatuses(
  settings: ScriptSettings,
  recipes: readonly string[],
): Map<string, RecipeStatus> {
  const statuses = new Map<string, RecipeStatus>();
  const makers = new Map<string, string[]>();
  for (const recipe of recipes) {
    const status = statusAlone(settings, recipe);
    statuses.set(recipe, status);
    if (status.kind === 'excluded' || status.kind === 'rejected') continue;
    makers.set(status.script, [...(makers.get(status.script) ?? []), recipe]);
  }
  // A mistyped recipe must not cost a script that somebody wrote by hand.
  for (const [recipe, { script }] of settings.manuallyMaintained) {
    const path = `${settings.outputDir}/${script}`;
    if (!statuses.has(recipe)) makers.set(path, [...(makers.get(path) ?? []), recipe]);
  }
  for (const [script, several] of makers) {
    if (several.length < 2) continue;
    for (const recipe of several) {
      const status = statuses.get(recipe);
      if (!status || status.kind === 'manual') continue;
      statuses.set(recipe, {
        kind: 'rejected',
        problem: collision(script, recipe, several),
        script,
      });
    }
  }
  return statuses;
}

function statusAlone(settings: ScriptSettings, recipe: string): RecipeStatus {
  if (!RECIPE_PATH.test(recipe)) return { kind: 'rejected', problem: badPath(recipe) };
  const why = exclusion(settings, recipe);
  if (why !== undefined) return { kind: 'excluded', why };
  const manual = settings.manuallyMaintained.get(recipe);
  if (manual) return { kind: 'manual', script: `${settings.outputDir}/${manual.script}` };
  return { kind: 'generated', script: scriptPath(settings, recipe) };
}

function collision(script: string, recipe: string, all: readonly string[]): Diagnostic {
  const others = all.filter((other) => other !== recipe).map((other) => `'${other}'`);
  const give = others.length === 1 ? 'both generate' : 'all generate';
  return error('ScriptCollision', `'${recipe}' and ${others.join(', ')} ${give} ${script}`, {
    hint: `Rename one of the recipes. A script's path is made from the recipe's second folder and its file name, with "-" as "_".`,
  });
}

function badPath(recipe: string): Diagnostic {
  const bad = [...new Set(recipe.replace(/[A-Za-z0-9._/-]/g, ''))].map((char) => `'${char}'`);
  return error(
    'RecipePath',
    `the recipe path '${recipe}' contains invalid characters: ${bad.join(' ')}`,
    {
      hint: 'Rename it, using only letters, digits, ".", "_", and "-".',
    },
  );
}
