import type { Diagnostic, SourceText } from '../../diagnostics';
import { DiagnosticError, byLocation } from '../../diagnostics';
import { readYaml } from '../../yaml/reader/read';
import { checkSchema } from '../../yaml/schema/check-schema';
import type { YamlMap, YamlString, YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { ManualScript, ScriptSettings } from './script-settings';
import { scriptSettings, saysWhereRecipesAre } from './script-settings';
import { LAUNCHER_SCHEMA } from './launcher-schema';
import { flagAt, textAt, textsAt } from './fields';
import { field, listOf, mapOf } from '../../yaml/schema/fields';

export type { ManualScript, ScriptSettings };
export { DEFAULT_RECIPES_DIR } from './script-settings';

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

/** A `launcher_scripts_config.yaml` in which nothing is wrong. */
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

/** What comes of looking at a launcher configuration. */
export type LauncherSettingsLook =
  | { readonly kind: 'right'; readonly settings: LauncherSettings }
  | {
      readonly kind: 'wrong';
      readonly problems: readonly Diagnostic[];
      /** Which recipes have which scripts, with defaults for what is wrong; undefined where nobody can tell. */
      readonly scripts: ScriptSettings | undefined;
    };

const DEFAULT_REFINEMENTS: readonly TemplateRefinement[] = [
  { modelType: 'verl', recipePath: '*sft*', template: 'verl-sft' },
];
const DEFAULT_RULES: readonly TemplateRule[] = [{ modelType: 'amazon.nova*', template: 'nova' }];

/**
 * Reads the launcher configuration, as plain YAML (PyYAML's `safe_load`).
 *
 * @throws DiagnosticError with everything that is wrong in the file
 */
export function readLauncherSettings(source: SourceText): LauncherSettings {
  const look = lookAtLauncherSettings(source);
  if (look.kind === 'wrong') throw new DiagnosticError(look.problems);
  return look.settings;
}

/** Reads the launcher configuration, or as much of it as says which files are recipes. */
export function lookAtLauncherSettings(source: SourceText): LauncherSettingsLook {
  try {
    return lookAtValue(source, readYaml(source, 'pyyaml'));
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return { kind: 'wrong', problems: cause.diagnostics, scripts: undefined };
  }
}

function lookAtValue(source: SourceText, value: YamlValue): LauncherSettingsLook {
  const root = value.kind === 'map' ? value : undefined;
  const written = mapOf(field(root, 'settings'));
  const { selection, preservedDirs, problems } = scriptSettings(written);
  const templates = textsAt(root, 'templates');
  const wrong = [
    ...checkSchema(value, source, LAUNCHER_SCHEMA),
    ...problems,
    ...templates.problems,
  ];
  if (wrong.length > 0) {
    const scripts = saysWhereRecipesAre(value) ? selection : undefined;
    return { kind: 'wrong', problems: wrong.sort(byLocation), scripts };
  }
  const writtenDefault = textAt(root, 'default_template');
  return {
    kind: 'right',
    settings: {
      ...selection,
      source,
      preservedDirs,
      templateRefinements:
        entriesAt(written, 'template_refinements')?.map((entry) => ({
          ...ruleOf(entry),
          recipePath: textAt(entry, 'recipe_path')?.value ?? '',
        })) ?? DEFAULT_REFINEMENTS,
      templateRules: entriesAt(written, 'template_rules')?.map(ruleOf) ?? DEFAULT_RULES,
      strictModelTypes: flagAt(written, 'strict_model_types'),
      header: textAt(root, 'header') ?? str('#!/bin/bash\n'),
      templates: new Map(templates.entries),
      defaultTemplate: writtenDefault?.value ?? 'llm_finetuning_aws',
      ...(writtenDefault && { writtenDefault }),
    },
  };
}

/** The entries of a list of mappings; undefined where its key is not written. */
function entriesAt(map: YamlMap | undefined, key: string): YamlMap[] | undefined {
  if (!map?.entries.at(key)) return undefined;
  return listOf(field(map, key)).flatMap((entry) => (entry.kind === 'map' ? entry : []));
}

/** The schema requires what is read here. */
function ruleOf(entry: YamlMap): TemplateRule {
  const written = textAt(entry, 'template');
  return {
    modelType: textAt(entry, 'model_type')?.value ?? '',
    template: written?.value ?? '',
    ...(written && { written }),
  };
}
