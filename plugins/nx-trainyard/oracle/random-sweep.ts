import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DiagnosticError } from '../src/diagnostics';
import { isScripted } from '../src/sweeps/bases/hyperpod-base';
import type { SweepRequest } from '../src/sweeps/sweep';
import { generateSweep } from '../src/sweeps/sweep';
import { Collection } from '../src/launchers/collection';
import { openSource } from '../src/trainers/torchtune';
import { readYaml } from '../src/yaml/reader/read';
import type { YamlMap } from '../src/yaml/value/value';
import { str } from '../src/yaml/value/value';
import { keysOf, valueAt } from '../src/yaml/value/value-path';
import { Draw } from './draw';
import { randomBase } from './random-base';
import { randomExperiment } from './random-experiment';
import type { Ground } from './random-targets';

/** A generated sweep that `sweep.py` is to look at. */
export interface SweepJob {
  readonly folder: string;
  /** The text of the base config. */
  readonly base: string;
  /** Which path a written key means, where it is not its own dotted path. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly outputDir: readonly string[] | null;
  /** The launcher script of the base, if it has one. */
  readonly script: string | null;
}

/** The repository, whose recipes sweeps are made over. */
export const REPOSITORY = join(__dirname, '../../..');

/** Writes a sweep's files. What the experiment's keys mean is asked of the plan, unless it is given. */
export function generated(request: SweepRequest, paths?: SweepJob['paths']): SweepJob {
  const { plan, folder } = generateSweep(request);
  const reported = [...plan.targets.of].map(([name, { path }]) => [name, path] as const);
  return {
    folder: join(folder, '..'),
    base: plan.base.text.text,
    paths: paths ?? Object.fromEntries(reported),
    outputDir: plan.outputDir?.path ?? null,
    script: isScripted(plan.base) ? plan.base.script('', plan.base.value) : null,
  };
}

/** Short names and their paths, where the base has them and no recipe means something else. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  learning_rate: 'optimizer.lr',
  lr: 'optimizer.lr',
  weight_decay: 'optimizer.weight_decay',
  lora_rank: 'model.lora_rank',
  lora_alpha: 'model.lora_alpha',
  lora_dropout: 'model.lora_dropout',
  warmup_steps: 'lr_scheduler.num_warmup_steps',
  max_seq_len: 'tokenizer.max_seq_len',
  grad_accum: 'gradient_accumulation_steps',
  activation_checkpointing: 'enable_activation_checkpointing',
};

function shortNamesOf(base: YamlMap): Record<string, string> {
  const isEvaluation = keysOf(base).includes('max_seq_length');
  const names = Object.entries(SHORT_NAMES).filter(
    ([name, path]) =>
      valueAt(base, path.split('.')) !== undefined &&
      valueAt(base, name.split('.')) === undefined &&
      !(isEvaluation && name === 'max_seq_len'),
  );
  return Object.fromEntries(names);
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

function make(
  folder: string,
  draw: Draw,
  ground: Ground,
  options: Partial<SweepRequest> = {},
): SweepJob {
  const { text, paths } = randomExperiment(draw, ground);
  const request = { file: join(folder, 'experiment.yaml'), root: REPOSITORY, ...options };
  write(folder, 'experiment.yaml', text);
  try {
    return generated(request, paths);
  } catch (cause) {
    if (!isUnwritable(cause)) throw cause;
    rmSync(join(folder, 'configs'), { recursive: true, force: true });
    return make(folder, draw, ground, options);
  }
}

/** What no argument or script can hold. Another experiment is drawn instead. */
const UNWRITABLE = ['UnwritableOverride', 'UnsafeValue', 'RecipeValue', 'UnknownPlaceholder'];

function isUnwritable(cause: unknown): boolean {
  const isReported = cause instanceof DiagnosticError;
  return isReported && cause.diagnostics.every(({ id }) => UNWRITABLE.includes(id));
}

function readMap(path: string, text: string): YamlMap {
  const value = readYaml({ path, text });
  return value.kind === 'map' ? value : (readYaml({ path, text: '{}' }) as YamlMap);
}

/** Every registered name of a source that has a text. */
export function namesWithText(torchtune: string): string[] {
  const source = openSource(torchtune, { root: REPOSITORY, env: {} });
  return source.list().flatMap(({ name }) => (source.load(name).kind === 'found' ? [name] : []));
}

/** A random sweep over a torchtune config, from a seed, in a folder of its own. */
export function sweepOverName(
  folder: string,
  name: string,
  seed: number,
  {
    torchtune = 'embedded',
    forms = ['configs', 'configs', 'overrides'] as const as Ground['forms'],
  } = {},
): SweepJob {
  const loaded = openSource(torchtune, { root: REPOSITORY, env: {} }).load(name);
  if (loaded.kind !== 'found') throw new Error(`no config ${name}`);
  const base = readMap(name, loaded.config.source.text);
  const ground: Ground = {
    framework: 'torchtune',
    config: [`base_config: ${name}`],
    base,
    shortNames: shortNamesOf(base),
    forms,
    oddKeys: true,
  };
  return make(folder, new Draw(seed), ground, { torchtune });
}

/** A random sweep over a researcher's own file in an odd layout. */
export function sweepOverFile(folder: string, seed: number): SweepJob {
  const draw = new Draw(seed);
  const text = randomBase(draw);
  write(folder, 'base.yaml', text);
  const base = readMap('base.yaml', text);
  // torchtune takes the top-level keys for names of Python variables.
  const isTorchtune = [...base.entries.keys()].every(({ kind }) => kind === 'str');
  const framework = isTorchtune ? draw.pick(['torchtune', 'generic'] as const) : 'generic';
  const isFolder = framework === 'generic' && valueAt(base, ['output_dir'])?.kind === 'str';
  const ground: Ground = {
    framework,
    config: ['base_config_file: base.yaml', ...(isFolder ? ['output_dir_key: output_dir'] : [])],
    base,
    shortNames: {},
    forms: ['configs', 'configs', 'overrides'],
    oddKeys: true,
  };
  return make(folder, draw, ground);
}

const LAUNCHER_CONFIG = 'recipes_collection/launcher_scripts_config.yaml';

/**
 * A launcher configuration beside which every script takes arguments, as sweeps need it: the
 * repository's own has templates that take none.
 *
 * @returns its path from the repository's root
 */
export function openLauncherConfig(folder: string): string {
  const text = readFileSync(join(REPOSITORY, LAUNCHER_CONFIG), 'utf8');
  // Each template is a block of text below its name.
  const parts = text.split(/\n(?= {2}[\w-]+: \|\n)/).map((part, index) => {
    if (index === 0 || part.includes('"$@"')) return part;
    return part.replace(/(?:\n *(?:#.*)?)*$/, (end) => ` "$@"${end}`);
  });
  write(folder, 'launchers.yaml', parts.join('\n'));
  return relative(REPOSITORY, join(folder, 'launchers.yaml'));
}

/** Recipes of the repository whose script takes the arguments of a run, by what their scripts are made from. */
function scriptedRecipes(launcherConfig: string): string[][] {
  const collection = Collection.open(REPOSITORY, launcherConfig);
  const kinds = new Map<string, string[]>();
  for (const recipe of [...collection.statuses.keys()].sort()) {
    try {
      const composition = collection.compose(recipe);
      if (collection.scriptWith(recipe, composition)('') === '') continue;
      const kind = isGenerated(collection, recipe) ? collection.launcher(recipe).template : '';
      kinds.set(kind, [...(kinds.get(kind) ?? []), recipe]);
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
    }
  }
  return [...kinds.values()];
}

function isGenerated({ statuses }: Collection, recipe: string): boolean {
  return statuses.get(recipe)?.kind === 'generated';
}

/**
 * Recipes of the repository whose script takes arguments: some of each kind of script, spread over all
 * of the kind.
 *
 * @param most how many at most; all of them without it
 */
export function recipesForSweeps(launcherConfig: string, most?: number): string[] {
  const kinds = scriptedRecipes(launcherConfig);
  const all = kinds.flat();
  if (most === undefined || most >= all.length) return all;
  return kinds.flatMap((recipes) => {
    const count = Math.max(1, Math.floor((most * recipes.length) / all.length));
    return Array.from(
      { length: count },
      (_, index) => recipes[Math.floor((index * recipes.length) / count)] ?? '',
    );
  });
}

/** A random sweep over a recipe of this repository. */
export function sweepOverRecipe(
  folder: string,
  recipe: string,
  seed: number,
  launcherConfig: string,
): SweepJob {
  const composition = Collection.open(REPOSITORY, launcherConfig).compose(recipe);
  const base = readMap(recipe, composition.toYaml());
  // Templates hand the run's name to Hydra themselves, in words that are theirs and not the sweep's.
  base.entries.delete(str('run'));
  const ground: Ground = {
    framework: 'hyperpod',
    config: [`base_recipe: ${recipe}`],
    base,
    shortNames: {},
    forms: ['configs', 'overrides'],
    oddKeys: false,
  };
  return make(folder, new Draw(seed), ground, { launcherConfig });
}
