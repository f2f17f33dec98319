import { createHash } from 'node:crypto';
import { DiagnosticError, nameHint, throwDiagnostic } from '../../diagnostics';
import type { Collection } from '../../launchers/collection';
import type { Composition } from '../../hydra/composition';
import type { ConfigMap } from '../../hydra/config/config';
import { createConfig } from '../../hydra/config/config';
import { readYaml } from '../../yaml/reader/read';
import type { YamlMap } from '../../yaml/value/value';
import type { SweepBase } from './base';
import { NO_RULES, outputDirsOf } from './base';
import type { FrameworkConfig } from '../experiment/experiment';
import { recipeName } from '../../launchers/recipe-status';
import type { WrittenName } from '../../launchers/template/written-names';
import { writtenNames } from '../../launchers/template/written-names';
import { resolvePlainKey } from './plain-keys';

/** What chooses a recipe's template, and what its job is called: no recipe need have them. */
const READ_BY_LAUNCHERS: readonly string[] = [
  'run.name',
  'run.model_type',
  'training_config.model_config.model_save_name',
];

/** A base that runs as a launcher script instead of a config file. */
export interface ScriptedBase extends SweepBase {
  /**
   * The recipe's launcher script with further arguments for the launcher.
   *
   * @param words arguments as bash reads them
   * @param config what the template's placeholders look at
   * @throws DiagnosticError when the template cannot use a value of the config
   */
  script(words: string, config: YamlMap): string;
  /** The names and folders that the script writes down. */
  readonly writtenNames: readonly WrittenName[];
  /** The script that takes the arguments of a run as its own. @throws DiagnosticError as `script` */
  openScript(config: YamlMap): string;
}

export function isScripted(base: SweepBase): base is ScriptedBase {
  return 'script' in base;
}

/** A recipe of the workspace as a base config. @throws DiagnosticError when it has no script */
export function hyperpodBase(config: FrameworkConfig, collection: Collection): ScriptedBase {
  const { base } = config;
  if (base.kind !== 'recipe') throw new Error('the base is not a recipe');
  const { recipe, location } = base;
  if (!collection.has(recipe)) {
    const near = nameHint(recipe, collection.recipes);
    return throwDiagnostic(
      'BaseConfigNotFound',
      `there is no recipe '${recipe}' in this workspace`,
      {
        location,
        ...(near !== undefined && { hint: near }),
      },
    );
  }
  try {
    const composition = collection.compose(recipe);
    const script = collection.scriptWith(recipe, composition);
    const text = { path: `${recipe}.yaml`, text: composition.toYaml() };
    const value = readYaml(text) as YamlMap;
    const of = (changed: YamlMap): Composition =>
      changed === value ? composition : composition.withConfig(asComposed(changed));
    // Two recipes may compose to the same config and still have different scripts.
    const sha256 = createHash('sha256').update(text.text).update(script('')).digest('hex');
    return {
      framework: 'hyperpod',
      origin: { kind: 'recipe', name: recipe, sha256 },
      text,
      value,
      warnings: composition.warnings,
      recipe,
      runner: recipe,
      uses: new Set(),
      outputDirs: outputDirsOf(config, value),
      jobName: { path: ['run', 'name'], stem: jobStem(recipe) },
      files: composition.files,
      command: (file) => ['bash', file],
      resolveKey: (name) => resolvePlainKey(name, value, READ_BY_LAUNCHERS),
      readValue: (_path, written) => ({ kind: 'value', value: written }),
      rules: NO_RULES,
      writtenNames: writtenNames(collection.templateOf(recipe, composition)),
      script(words, changed) {
        return changed === value
          ? script(words)
          : collection.scriptWith(recipe, of(changed))(words);
      },
      openScript: (changed) => collection.openScript(recipe, of(changed)),
    };
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const related = [{ message: `'${recipe}' is the base of this experiment`, location }];
    throw new DiagnosticError(
      cause.diagnostics.map((diagnostic) => ({
        related,
        ...diagnostic,
        location: diagnostic.location ?? location,
      })),
    );
  }
}

/**
 * What the names of a recipe's runs begin with. HyperPod's `main.py` keeps 34 characters of
 * `run.name` and adds a random suffix, for the 40 that Kubernetes allows: 25, a dash, and 8 of the
 * fingerprint.
 */
function jobStem(recipe: string): string {
  const name = recipeName(recipe).toLowerCase();
  const clean = name.replace(/[^a-z0-9-]/g, '-').replace(/^-+/, '');
  return clean.slice(0, 25) || 'run';
}

/** A run's config as a composition has it: interpolations look at the root and below `recipes`. */
function asComposed(config: YamlMap): ConfigMap {
  const entries = config.entries.copy();
  entries.put('recipes', config);
  return createConfig({ kind: 'map', entries }).entries.at('recipes') as ConfigMap;
}
