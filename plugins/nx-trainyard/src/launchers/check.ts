import { join, posix } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, didYouMean, note } from '../diagnostics';
import { isThere } from '../files/system-error';
import { nameHint } from '../diagnostics';
import type { Collection } from './collection';
import { findLooseScripts } from './loose-scripts';
import type { ScriptState } from '../files/script-files';
import { scriptState } from '../files/script-files';
import { recipeName } from './recipe-status';
import { withYamlEnding } from '../files/file-ending';

/** One way in which the scripts on disk are not what the recipes ask for. */
export type ScriptFinding =
  | {
      readonly kind: Exclude<ScriptState, 'right'>;
      readonly script: string;
      readonly recipe: string;
      /** What the script should be, and what it is. */
      readonly expected: string;
      readonly actual: string | undefined;
    }
  | { readonly kind: 'orphan'; readonly script: string }
  /** The configuration names a hand-written script that is not there. */
  | { readonly kind: 'missing by hand'; readonly script: string; readonly recipe: string }
  | { readonly kind: 'failed'; readonly recipe: string; readonly problems: readonly Diagnostic[] };

/** Compares all scripts with the recipes. Reads only. */
export function checkScripts(collection: Collection): ScriptFinding[] {
  const findings: ScriptFinding[] = [];
  for (const [recipe, status] of collection.statuses) {
    if (status.kind === 'excluded') continue;
    if (status.kind === 'manual') {
      const { script } = status;
      if (!isThere(join(collection.root, script))) {
        findings.push({ kind: 'missing by hand', script, recipe });
      }
      continue;
    }
    try {
      const { script, text } = collection.launcher(recipe);
      const { state, actual } = scriptState(join(collection.root, script), text);
      if (state !== 'right') findings.push({ kind: state, script, recipe, expected: text, actual });
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      findings.push({ kind: 'failed', recipe, problems: cause.diagnostics });
    }
  }
  for (const script of findLooseScripts(collection).orphans)
    findings.push({ kind: 'orphan', script });
  return findings;
}

/** What is worth knowing of the output folder, and no reason to refuse anything. */
export function scriptNotes(collection: Collection): Diagnostic[] {
  const { source } = collection.settings;
  const { ignored } = collection;
  const { foreign, absent } = findLooseScripts(collection);
  const notes: Diagnostic[] = [...entriesWithoutEffect(collection), ...handWritten(collection)];
  for (const { preserved, near } of absent) {
    notes.push(
      note('no-effect', `'preserved_dirs' lists '${preserved}', but there is no such folder`, {
        hint: `Write ${near.join(' or ')} in ${source.path}; until then, nothing is removed from that folder.`,
      }),
    );
  }
  if (ignored.length > 0) {
    const [has, files] = ignored.length === 1 ? ['has', 'file'] : ['have', 'files'];
    notes.push(
      note(
        'ignored-recipe',
        `${ignored.join(', ')} ${has} no script because git or Nx ignores the ${files}`,
        {
          hint: 'To generate a script, remove the recipe from .gitignore and .nxignore.',
        },
      ),
    );
  }
  const { misnamed } = collection;
  if (misnamed.length > 0) {
    const [are, it] = misnamed.length === 1 ? ['is', 'it'] : ['are', 'them'];
    notes.push(
      note(
        'misnamed-recipe',
        `${misnamed.join(', ')} ${are} not read because a recipe must be a .yaml file`,
        {
          hint: `Rename ${it}: ${misnamed.map((path) => posix.basename(withYamlEnding(path))).join(', ')}.`,
        },
      ),
    );
  }
  if (foreign.length > 0) {
    const [are, them] = foreign.length === 1 ? ['is', 'it'] : ['are', 'them'];
    notes.push(
      note(
        'foreign-script',
        `${foreign.join(', ')} ${are} not generated, so Trainyard leaves ${them} alone`,
        {
          hint: `To keep your own scripts without this note, move them to a folder listed in 'settings.preserved_dirs' in ${source.path}.`,
        },
      ),
    );
  }
  return notes;
}

/** Entries of the settings that exclude nothing: what they were meant to exclude has a script. */
function entriesWithoutEffect({ settings, recipes: counted, ignored }: Collection): Diagnostic[] {
  const recipes = [...counted, ...ignored];
  const folders = new Set(recipes.flatMap(foldersAbove));
  const dirs = settings.excludedRecipeDirs.filter(
    (dir) => !recipes.some((recipe) => recipe.startsWith(dir)),
  );
  const stems = recipes.map((recipe) => recipeName(recipe).toLowerCase());
  const patterns = settings.excludedRecipePatterns.filter(
    (part) => !stems.some((stem) => stem.includes(part)),
  );
  const noEffect = (list: string, entry: string, hint = 'Remove or correct it.'): Diagnostic =>
    note('no-effect', `'${list}' lists '${entry}', which excludes no recipe`, { hint });
  return [
    ...dirs.map((dir) => noEffect('excluded_recipe_dirs', dir, didYouMean(dir, folders))),
    ...patterns.map((part) => noEffect('excluded_recipe_patterns', part)),
  ];
}

/**
 * Entries of manually_maintained whose recipe is not there. One that names a script on disk keeps it,
 * which may be all that is meant, unless there is a recipe that is nearly the one that is named.
 */
function handWritten({ settings, recipes, ignored, statuses, root }: Collection): Diagnostic[] {
  const { manuallyMaintained, outputDir, source } = settings;
  const generated = recipes.filter((recipe) => statuses.get(recipe)?.kind !== 'manual');
  return [...manuallyMaintained].flatMap(([recipe, { script }]) => {
    if (recipes.includes(recipe) || ignored.includes(recipe)) return [];
    const near = nameHint(recipe, generated);
    if (near === undefined && isThere(join(root, outputDir, script))) return [];
    const hint =
      near === undefined
        ? `Remove or correct it in ${source.path}.`
        : `${near} Correct it in ${source.path}; until then, that recipe's script is generated.`;
    const message = `'manually_maintained' lists '${recipe}', but there is no such recipe`;
    return [note('no-effect', message, { hint })];
  });
}

/** `a/b/c` lies in `a` and `a/b`. */
function foldersAbove(recipe: string): string[] {
  const parts = recipe.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What has to change in a script on disk, as a unified diff; undefined when its text is right. */
export function scriptDiff(finding: ScriptFinding): string | undefined {
  if (finding.kind !== 'missing' && finding.kind !== 'different') return undefined;
  const { script, actual, expected } = finding;
  const from = actual === undefined ? '/dev/null' : `a/${script}`;
  return createTwoFilesPatch(from, `b/${script}`, actual ?? '', expected)
    .split('\n')
    .slice(1)
    .join('\n');
}
