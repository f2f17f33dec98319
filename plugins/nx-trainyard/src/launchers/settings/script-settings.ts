import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { error } from '../../diagnostics';
import { packageJson } from '../../files/package-files';
import type { Schema } from '../../yaml/schema/finding';
import type { YamlMap, YamlString, YamlValue } from '../../yaml/value/value';
import { textAt, textsAt } from './fields';
import { LAUNCHER_SCHEMA } from './launcher-schema';
import type { EntryReader } from './list-entries';
import { excludedDir, excludedPattern, preservedDir } from './list-entries';
import { field, listOf } from '../../yaml/schema/fields';

/** A script that people write themselves. */
export interface ManualScript {
  /** Path from the output folder. */
  readonly script: string;
  readonly written: YamlString;
}

/**
 * What says which recipes have which scripts. Folders are relative to the workspace root, without a
 * slash at the end.
 */
export interface ScriptSettings {
  readonly recipesDir: string;
  readonly outputDir: string;
  readonly excludedRecipeDirs: readonly string[];
  readonly excludedRecipePatterns: readonly string[];
  readonly manuallyMaintained: ReadonlyMap<string, Pick<ManualScript, 'script'>>;
}

export const DEFAULT_RECIPES_DIR = 'recipes_collection/recipes';
const DEFAULT_OUTPUT_DIR = 'launcher_scripts';

/** What is read of the settings of the folders and recipes, and what no schema can say is wrong with it. */
interface ReadScriptSettings {
  readonly selection: ScriptSettings & {
    readonly manuallyMaintained: ReadonlyMap<string, ManualScript>;
  };
  readonly preservedDirs: readonly string[];
  readonly problems: readonly Diagnostic[];
}

/** Reads what the settings say of folders and recipes, with defaults for what is missing or wrong. */
export function scriptSettings(settings: YamlMap | undefined): ReadScriptSettings {
  const problems: Diagnostic[] = [];
  const wrong = (message: string, at: YamlValue, hint: string): void => {
    problems.push(
      error('LauncherSettings', message, { ...(at.location && { location: at.location }), hint }),
    );
  };
  const folder = (name: string, fallback: string): string => {
    const written = textAt(settings, name);
    const hint = written && wrongFolder(written.value, fallback);
    if (written && hint !== undefined) {
      wrong(`'${name}' must be a folder inside the workspace`, written, hint);
    }
    return bareFolder(written?.value ?? fallback);
  };
  const entries = (name: string, read: EntryReader): string[] =>
    listOf(field(settings, name)).flatMap((item) => {
      if (item.kind !== 'str') return [];
      const entry = read(item.value);
      if (typeof entry === 'string') return entry;
      wrong(entry.message, item, entry.hint);
      return [];
    });
  const recipesDir = folder('recipes_dir', DEFAULT_RECIPES_DIR);
  const outputDir = folder('output_dir', DEFAULT_OUTPUT_DIR);
  // Clean-up removes scripts from the output folder, so nothing else may live in it.
  const overlaps =
    `${recipesDir}/`.startsWith(`${outputDir}/`) || `${outputDir}/`.startsWith(`${recipesDir}/`);
  const one = textAt(settings, 'output_dir') ?? textAt(settings, 'recipes_dir');
  if (overlaps && one) {
    wrong(
      "'output_dir' and 'recipes_dir' must not contain each other",
      one,
      'Choose another folder.',
    );
  }
  const manual = textsAt(settings, 'manually_maintained');
  problems.push(...manual.problems);
  for (const [, written] of manual.entries) {
    if (!written.value.startsWith('/') && !written.value.split('/').includes('..')) continue;
    wrong("this script is outside 'output_dir'", written, "Write a path relative to 'output_dir'.");
  }
  return {
    selection: {
      recipesDir,
      outputDir,
      excludedRecipeDirs: entries('excluded_recipe_dirs', (value) =>
        excludedDir(value, recipesDir),
      ),
      excludedRecipePatterns: entries('excluded_recipe_patterns', excludedPattern),
      manuallyMaintained: new Map(
        manual.entries.map(([recipe, written]) => [recipe, { script: written.value, written }]),
      ),
    },
    preservedDirs: entries('preserved_dirs', (value) => preservedDir(value, outputDir)),
    problems,
  };
}

function bareFolder(written: string): string {
  return written.replace(/^\.\//, '').replace(/\/+$/, '');
}

/** What to write instead of a folder that is none in the workspace; undefined where it is one. */
function wrongFolder(written: string, example: string): string | undefined {
  const folder = bareFolder(written);
  if (!folder.split('/').some((part) => /^\.{0,2}$|\0/.test(part))) return undefined;
  const plain = posix.normalize(folder);
  return /^\.{0,2}(?:\/|$)|\0/.test(plain)
    ? `Write a path relative to the workspace root, such as '${example}'.`
    : `Write '${plain}'.`;
}

/**
 * Whether a launcher configuration in which something is wrong says all the same where the recipes are.
 * A key that is unknown may be a misspelt one that says so.
 */
export function saysWhereRecipesAre(root: YamlValue): boolean {
  if (root.kind === 'null') return true;
  if (root.kind !== 'map') return false;
  const settings = root.entries.at('settings');
  const written = settings?.kind === 'map' ? settings.entries.at('recipes_dir') : undefined;
  if (written && written.kind !== 'null') {
    return written.kind === 'str' && wrongFolder(written.value, '') === undefined;
  }
  const { properties = {} } = packageJson<Schema>(LAUNCHER_SCHEMA.file);
  return (
    hasKeysOf(properties, root) &&
    (!settings ||
      settings.kind === 'null' ||
      hasKeysOf(properties['settings']?.properties, settings))
  );
}

function hasKeysOf(properties: Schema['properties'] = {}, value: YamlValue): boolean {
  if (value.kind !== 'map') return false;
  const known = Object.keys(properties);
  return [...value.entries.keys()].every((key) => key.kind === 'str' && known.includes(key.value));
}
