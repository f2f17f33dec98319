import { posix } from 'node:path';
import type { Diagnostic, SourceText } from '../../diagnostics';
import { DiagnosticError, error, nearest } from '../../diagnostics';
import type { Dict } from '../../yaml/value/dict';
import { readYaml } from '../../yaml/reader/read';
import type { YamlMap, YamlString, YamlValue } from '../../yaml/value/value';
import { isContainer, pythonTypeName, str } from '../../yaml/value/value';
import type { EntryReader } from './list-entries';
import { excludedDir, excludedPattern, isWrongEntry, preservedDir } from './list-entries';

/** Picks a narrower template for some recipes of a model type. */
export interface TemplateRefinement extends TemplateRule {
  readonly recipePath: string;
}

/** Picks a template for model types that are no template's name. */
export interface TemplateRule {
  readonly modelType: string;
  readonly template: string;
  /** The template as the configuration names it. */
  readonly written?: YamlString;
}

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

/** `launcher_scripts_config.yaml`. */
export interface LauncherSettings extends ScriptSettings {
  readonly source: SourceText;
  readonly preservedDirs: readonly string[];
  readonly manuallyMaintained: ReadonlyMap<string, ManualScript>;
  readonly templateRefinements: readonly TemplateRefinement[];
  readonly templateRules: readonly TemplateRule[];
  readonly strictModelTypes: boolean;
  readonly header: YamlString;
  readonly templates: ReadonlyMap<string, YamlString>;
  readonly defaultTemplate: string;
  /** `default_template` as it is written. */
  readonly writtenDefault?: YamlString;
}

const ROOT_KEYS = ['settings', 'header', 'templates', 'default_template'];
const SETTINGS_KEYS = [
  'recipes_dir',
  'output_dir',
  'preserved_dirs',
  'excluded_recipe_dirs',
  'excluded_recipe_patterns',
  'manually_maintained',
  'template_refinements',
  'template_rules',
  'strict_model_types',
];

const DEFAULT_REFINEMENTS: readonly TemplateRefinement[] = [
  { modelType: 'verl', recipePath: '*sft*', template: 'verl-sft' },
];
const DEFAULT_RULES: readonly TemplateRule[] = [{ modelType: 'amazon.nova*', template: 'nova' }];

export const DEFAULT_RECIPES_DIR = 'recipes_collection/recipes';

/**
 * Reads the launcher configuration, as plain YAML (PyYAML's `safe_load`).
 *
 * @throws DiagnosticError with everything that is wrong in the file
 */
export function readLauncherSettings(source: SourceText): LauncherSettings {
  const { settings, problems } = lookAtLauncherSettings(source);
  if (settings && problems.length === 0) return settings;
  throw new DiagnosticError(problems);
}

/** A launcher configuration that may be wrong. */
interface LauncherSettingsLook {
  /** With defaults for what is wrong; undefined where nobody can tell the folder of the recipes. */
  readonly settings: LauncherSettings | undefined;
  readonly problems: readonly Diagnostic[];
}

/** Reads as much of the launcher configuration as can be read. */
export function lookAtLauncherSettings(source: SourceText): LauncherSettingsLook {
  try {
    return lookAtSettings(source, readYaml(source, 'pyyaml'));
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return { settings: undefined, problems: cause.diagnostics };
  }
}

function lookAtSettings(source: SourceText, value: YamlValue): LauncherSettingsLook {
  const reader = new SettingsReader();
  const root = reader.map(value.kind === 'null' ? undefined : value, 'the launcher configuration');
  reader.knownKeys(root, ROOT_KEYS);
  const settings = reader.map(root?.entries.at('settings'), 'settings');
  reader.knownKeys(settings, SETTINGS_KEYS);
  const at = (name: string): YamlValue | undefined => settings?.entries.at(name);
  // A key that is unknown may be a misspelt one that says where the recipes are.
  const isWritten = (at('recipes_dir')?.kind ?? 'null') !== 'null';
  const before = isWritten ? reader.problems.length : 0;
  const recipesDir = reader.folder(at('recipes_dir'), 'recipes_dir', DEFAULT_RECIPES_DIR);
  const isKnown = reader.problems.length === before;
  const outputDir = reader.folder(at('output_dir'), 'output_dir', 'launcher_scripts');
  const strings = (name: string, read: EntryReader): string[] =>
    reader.strings(at(name), name, read);
  const result: LauncherSettings = {
    source,
    recipesDir,
    outputDir,
    preservedDirs: strings('preserved_dirs', (value) => preservedDir(value, outputDir)),
    excludedRecipeDirs: strings('excluded_recipe_dirs', (value) => excludedDir(value, recipesDir)),
    excludedRecipePatterns: strings('excluded_recipe_patterns', excludedPattern),
    manuallyMaintained: reader.manual(at('manually_maintained')),
    templateRefinements: at('template_refinements')
      ? reader
          .records(at('template_refinements'), ['model_type', 'recipe_path', 'template'])
          .map(([modelType, recipePath, template]) => ({
            modelType: modelType?.value ?? '',
            recipePath: recipePath?.value ?? '',
            ...templateOf(template),
          }))
      : DEFAULT_REFINEMENTS,
    templateRules: at('template_rules')
      ? reader
          .records(at('template_rules'), ['model_type', 'template'])
          .map(([modelType, template]) => ({
            modelType: modelType?.value ?? '',
            ...templateOf(template),
          }))
      : DEFAULT_RULES,
    strictModelTypes: reader.flag(at('strict_model_types'), 'strict_model_types'),
    header: reader.string(root?.entries.at('header'), 'header') ?? str('#!/bin/bash\n'),
    templates: reader.templates(root?.entries.at('templates')),
    ...defaultOf(reader.string(root?.entries.at('default_template'), 'default_template')),
  };
  reader.apart(result.outputDir, result.recipesDir, at('output_dir') ?? at('recipes_dir'));
  return { settings: isKnown ? result : undefined, problems: reader.problems };
}

function templateOf(written?: YamlString): Pick<TemplateRule, 'template' | 'written'> {
  return { template: written?.value ?? '', ...(written && { written }) };
}

function defaultOf(
  written?: YamlString,
): Pick<LauncherSettings, 'defaultTemplate' | 'writtenDefault'> {
  if (!written) return { defaultTemplate: 'llm_finetuning_aws' };
  return { defaultTemplate: written.value, writtenDefault: written };
}

/** Checks types and collects what is wrong; every method gives something usable to go on with. */
class SettingsReader {
  readonly #problems: Diagnostic[] = [];

  get problems(): readonly Diagnostic[] {
    return this.#problems;
  }

  #wrong(message: string, at: YamlValue, hint?: string): void {
    const place = at.place && { place: at.place };
    this.#problems.push(error('LauncherSettings', message, { ...place, ...(hint && { hint }) }));
  }

  #wrongType(name: string, wanted: string, at: YamlValue, hint?: string): void {
    const subject = name.includes(' ') ? name : `'${name}'`;
    this.#wrong(`${subject} must be ${wanted}, got ${pythonTypeName(at)}`, at, hint);
  }

  map(value: YamlValue | undefined, name: string): YamlMap | undefined {
    if (!value || value.kind === 'null') return undefined;
    if (value.kind === 'map') return value;
    this.#wrongType(name, 'a mapping', value);
    return undefined;
  }

  knownKeys(map: YamlMap | undefined, known: readonly string[]): void {
    for (const key of map?.entries.keys() ?? []) {
      const name = key.kind === 'str' ? key.value : String('value' in key ? key.value : null);
      if (known.includes(name)) continue;
      this.#wrong(
        `unknown key '${name}'`,
        key,
        elsewhere(name, known) ?? keyHint(name, known, map),
      );
    }
  }

  string(value: YamlValue | undefined, name: string): YamlString | undefined {
    if (!value || value.kind === 'null') return undefined;
    if (value.kind === 'str') return value;
    this.#wrongType(name, 'a string', value, stringHint(value));
    return undefined;
  }

  flag(value: YamlValue | undefined, name: string): boolean {
    if (!value || value.kind === 'null') return false;
    if (value.kind === 'bool') return value.value;
    this.#wrongType(name, 'true or false', value, 'Write true or false, without quotes.');
    return false;
  }

  folder(value: YamlValue | undefined, name: string, fallback: string): string {
    const written = this.string(value, name);
    const folder = (written?.value ?? fallback).replace(/^\.\//, '').replace(/\/+$/, '');
    const parts = folder.split('/');
    if (written && parts.some((part) => /^\.{0,2}$|\0/.test(part))) {
      const plain = posix.normalize(folder);
      const isInside = !/^\.{0,2}(?:\/|$)|\0/.test(plain);
      this.#wrong(
        `'${name}' must be a folder inside the workspace`,
        written,
        isInside
          ? `Write '${plain}'.`
          : `Write a path relative to the workspace root, such as '${fallback}'.`,
      );
    }
    return folder;
  }

  /** Clean-up removes scripts from the output folder, so nothing else may live in it. */
  apart(outputDir: string, recipesDir: string, written: YamlValue | undefined): void {
    const inside =
      `${recipesDir}/`.startsWith(`${outputDir}/`) || `${outputDir}/`.startsWith(`${recipesDir}/`);
    if (inside && written) {
      this.#wrong(
        "'output_dir' and 'recipes_dir' must not contain each other",
        written,
        'Choose another folder.',
      );
    }
  }

  strings(value: YamlValue | undefined, name: string, read: EntryReader): string[] {
    if (!value || value.kind === 'null') return [];
    if (value.kind !== 'list') {
      this.#wrongType(name, 'a list of strings', value, 'Write each item after a dash.');
      return [];
    }
    return value.items.flatMap((item) => {
      const written = this.string(item, `each item of ${name}`);
      if (!written) return [];
      const entry = read(written.value);
      if (!isWrongEntry(entry)) return [entry];
      this.#wrong(entry.message, written, entry.hint);
      return [];
    });
  }

  records(value: YamlValue | undefined, fields: readonly string[]): YamlString[][] {
    if (!value || value.kind === 'null') return [];
    const shape = `a list of {${fields.map((field) => `${field}: …`).join(', ')}}`;
    if (value.kind !== 'list') {
      this.#wrongType('this list', shape, value);
      return [];
    }
    return value.items.flatMap((item) => {
      const map = this.map(item, 'an entry');
      this.knownKeys(map, fields);
      const found = fields.map((field) => this.string(map?.entries.at(field), field));
      if (found.every((text) => text !== undefined)) return [found];
      this.#wrong(`an entry needs ${fields.join(', ')}`, item, `Write ${shape}.`);
      return [];
    });
  }

  manual(value: YamlValue | undefined): Map<string, ManualScript> {
    const scripts = new Map<string, ManualScript>();
    for (const [recipe, written] of this.#stringEntries(value, 'manually_maintained')) {
      const script = written.value;
      if (script.startsWith('/') || script.split('/').includes('..')) {
        this.#wrong(
          "this script is outside 'output_dir'",
          written,
          "Write a path relative to 'output_dir'.",
        );
      }
      scripts.set(recipe, { script, written });
    }
    return scripts;
  }

  templates(value: YamlValue | undefined): Map<string, YamlString> {
    return new Map(this.#stringEntries(value, 'templates'));
  }

  #stringEntries(value: YamlValue | undefined, name: string): [string, YamlString][] {
    const entries: Dict<YamlValue> | undefined = this.map(value, name)?.entries;
    const found: [string, YamlString][] = [];
    for (const [key, item] of entries ?? []) {
      if (key.kind !== 'str')
        this.#wrongType(`a key of ${name}`, 'a string', key, 'Put it in quotes.');
      else if (item.kind !== 'str')
        this.#wrongType(`${name}.${key.value}`, 'a string', item, stringHint(item));
      else found.push([key.value, item]);
    }
    return found;
  }
}

/** Where a key belongs that is not one of these. */
function elsewhere(name: string, known: readonly string[]): string | undefined {
  if (known === ROOT_KEYS && SETTINGS_KEYS.includes(name)) return "Move it under 'settings'.";
  if (known === SETTINGS_KEYS && ROOT_KEYS.includes(name))
    return "Move it to the top level, next to 'settings'.";
  return undefined;
}

/** What a key could have meant. A key cannot be written twice. */
function keyHint(name: string, known: readonly string[], map: YamlMap | undefined): string {
  const [near] = nearest(name, known);
  if (near === undefined) return `Known keys: ${known.join(', ')}.`;
  if (map?.entries.at(near)) return `'${near}' is already set. Remove one of the two.`;
  const others = nearest(name, known).filter((one) => !map?.entries.at(one));
  return `Did you mean ${others.map((one) => `'${one}'`).join(' or ')}?`;
}

function stringHint(value: YamlValue): string {
  if (value.kind === 'null') return 'Write a string, or remove the key.';
  return isContainer(value) ? 'Write a string.' : 'Put it in quotes.';
}
