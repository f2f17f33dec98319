import { createHash } from 'node:crypto';
import type { SourceText } from '../../diagnostics';
import { DiagnosticError, throwDiagnostic } from '../../diagnostics';
import type { BaseSource, Catalog } from '../../trainers/torchtune';
import {
  WRITABLE_NAMES,
  componentNamed,
  torchtuneRules,
  distributedRecipe,
  distributedCounterpart,
  expandDataset,
  kindAt,
  resolveKey,
  tuneCommand,
} from '../../trainers/torchtune';
import { Dict } from '../../yaml/value/dict';
import { pyyamlVersionWarnings } from '../../yaml/reader/pyyaml-versions';
import { readYaml } from '../../yaml/reader/read';
import type { YamlMap, YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { BaseOrigin, ReadValue, SweepBase } from './base';
import type { FrameworkConfig } from '../experiment/experiment';
import { guessRecipe } from './guess-recipe';

/** A base config by its registered name. @throws DiagnosticError `BaseConfigNotFound` */
export function namedBase(config: FrameworkConfig, source: BaseSource): SweepBase {
  const { base, recipe } = config;
  if (base.kind !== 'name') throw new Error('the base config has no name');
  const loaded = source.load(base.name);
  if (loaded.kind === 'not found') {
    throw new DiagnosticError({ ...loaded.diagnostic, location: base.location });
  }
  const { config: found } = loaded;
  if (recipe && recipe.name !== found.recipe) {
    throwDiagnostic('TorchtuneValidation', `'${base.name}' belongs to recipe ${found.recipe}`, {
      location: recipe.location,
      hint: `Write recipe: ${found.recipe}, or remove the line.`,
    });
  }
  const { kind, version } = source.describe();
  return torchtuneBase({
    text: found.source,
    recipe: found.recipe,
    name: base.name,
    catalog: source.catalog,
    files: [],
    origin: { kind, name: base.name, ...(version && { version }), sha256: found.sha256 },
  });
}

/** A researcher's own file as a torchtune base config. */
export function torchtuneFileBase(
  config: FrameworkConfig,
  text: SourceText,
  file: string,
  source: BaseSource,
): SweepBase {
  const { base, recipe } = config;
  if (base.kind !== 'file') throw new Error('the base config is not a file');
  const known = recipe && source.catalog.recipe(recipe.name);
  if (recipe && !known) {
    throwDiagnostic('TorchtuneValidation', `torchtune has no recipe '${recipe.name}'`, {
      location: recipe.location,
      hint: 'Write the name of a recipe as `nx-trainyard base --list` lists them, such as lora_finetune_single_device.',
    });
  }
  const value = readBase(text);
  return torchtuneBase({
    text,
    recipe: recipe?.name ?? guessRecipe(value, text, source.catalog),
    name: undefined,
    catalog: source.catalog,
    files: [file],
    origin: fileOrigin(base.path, text),
  });
}

export function fileOrigin(path: string, { text }: SourceText): BaseOrigin {
  return { kind: 'file', name: path, sha256: createHash('sha256').update(text).digest('hex') };
}

/** @throws DiagnosticError when the text is no YAML, or no mapping */
export function readBase(text: SourceText): YamlMap {
  const value = readYaml(text);
  if (value.kind === 'map') return value;
  if (value.kind === 'null') return { kind: 'map', entries: new Dict() };
  return throwDiagnostic('BaseConfigNotFound', 'a base config must be a mapping', {
    ...(value.location && { location: value.location }),
    hint: "Write 'key: value' lines.",
  });
}

interface TorchtuneBase {
  readonly text: SourceText;
  readonly recipe: string | undefined;
  readonly name: string | undefined;
  readonly catalog: Catalog;
  readonly files: readonly string[];
  readonly origin: BaseOrigin;
}

function torchtuneBase({ text, recipe, name, catalog, files, origin }: TorchtuneBase): SweepBase {
  const value = readBase(text);
  const distributed = catalog.recipe(recipe ?? '')?.distributed ?? false;
  const counterpart = counterpartOf(name, recipe, catalog);
  return {
    framework: 'torchtune',
    origin,
    text,
    value,
    warnings: pyyamlVersionWarnings(text),
    recipe,
    outputDirs: { isSaid: true, paths: [['output_dir']] },
    jobName: undefined,
    files,
    runner: recipe ?? 'torchtune',
    uses: new Set(recipe === undefined ? [] : (['gpus', 'nodes'] as const)),
    command(config, resources) {
      if (recipe === undefined) return undefined;
      return tuneCommand({ recipe, distributed, config, counterpart }, resources);
    },
    resolveKey: (key, components) => {
      return resolveKey(key, { base: value, recipe, baseName: name, catalog, components });
    },
    kindAt: (path, components) => {
      return kindAt(path, { base: value, recipe, baseName: name, catalog, components });
    },
    readValue: (path, written) => readTorchtuneValue(path, written),
    rules: torchtuneRules(catalog),
    shortNames: WRITABLE_NAMES,
    componentNamed: (path, name) => componentNamed(path, name, catalog),
  };
}

/** What to write under `framework_config` for several GPUs: a file can name its recipe itself. */
function counterpartOf(
  name: string | undefined,
  recipe = '',
  catalog: Catalog,
): string | undefined {
  if (name === undefined) {
    const counterpart = distributedRecipe(recipe, catalog);
    return counterpart && `recipe: ${counterpart}`;
  }
  const counterpart = distributedCounterpart(name, catalog);
  return (
    counterpart && `base_config: ${counterpart} (recipe ${catalog.config(counterpart)?.recipe})`
  );
}

/** `dataset: file.json` and `dataset: org/name` stand for the keys of a data set. */
function readTorchtuneValue(path: readonly string[], value: YamlValue): ReadValue {
  const isDataset = path.length === 1 && path[0] === 'dataset';
  if (!isDataset || value.kind !== 'str' || value.value.includes('${')) {
    return { kind: 'value', value };
  }
  const expansion = expandDataset(value.value);
  if (expansion.kind === 'rejected') return expansion;
  const entries = new Dict<YamlValue>();
  entries.put('source', str(expansion.source, value.location));
  if (expansion.dataFiles !== undefined) {
    entries.put('data_files', str(expansion.dataFiles, value.location));
  }
  return { kind: 'value', value: { kind: 'map', entries } };
}
