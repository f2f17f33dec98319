import type { YamlMap } from '../../../yaml/value/value';
import { keysOf, valueAt, walk } from '../../../yaml/value/value-path';
import type { Catalog, Recipe } from '../catalog/catalog';

/** What a key is resolved against. */
export interface KeyContext {
  /** The base config. */
  readonly base: YamlMap;
  readonly recipe: string | undefined;
  /** The base config's registered name; undefined for a file of the researcher. */
  readonly baseName: string | undefined;
  readonly catalog: Catalog;
  /** The `_component_` values that the experiment itself writes, by the dotted path of the block. */
  readonly components?: ReadonlyMap<string, readonly string[]>;
}

/** Where a key leads, or why it leads nowhere. */
export type KeyResolution =
  | {
      readonly kind: 'path';
      readonly path: readonly string[];
      /**
       * exact: a dotted path of the base; top-level: a top-level key of the base; friendly: a short
       * name; added: not in the base, but the recipe or a signature knows it.
       */
      readonly how: 'exact' | 'top-level' | 'friendly' | 'added';
    }
  | {
      readonly kind: 'path';
      readonly path: readonly string[];
      /** Nothing known reads this key: it is added, and `message` is the warning. */
      readonly how: 'unknown';
      readonly message: string;
      readonly hint: string | undefined;
    }
  | {
      readonly kind: 'rejected';
      /** UnknownPath: no place is meant; TorchtuneValidation: the place is clear, torchtune refuses it. */
      readonly id: 'UnknownPath' | 'TorchtuneValidation';
      readonly message: string;
      readonly hint: string;
      /** It is about more than this key, and said once. */
      readonly once?: true;
    };

/** A key that leads nowhere. */
export type Refusal = Extract<KeyResolution, { readonly kind: 'rejected' }>;

export function friendly(...path: readonly string[]): KeyResolution {
  return { kind: 'path', path, how: 'friendly' };
}

export function unknownPath(message: string, hint: string): Refusal {
  return { kind: 'rejected', id: 'UnknownPath', message, hint };
}

export function invalid(message: string, hint: string): Refusal {
  return { kind: 'rejected', id: 'TorchtuneValidation', message, hint };
}

export function recipeOf(context: KeyContext): Recipe | undefined {
  return context.recipe === undefined ? undefined : context.catalog.recipe(context.recipe);
}

/** The base config as messages name it. */
export function baseTitle({ baseName }: KeyContext): string {
  return baseName === undefined ? 'the base config' : `'${baseName}'`;
}

/** Whether runs of this base train a model: evaluation, generation and quantization do not. */
export function isTrainable(context: KeyContext): boolean {
  const recipe = recipeOf(context);
  if (recipe) return 'optimizer' in recipe.components;
  return [...walk(context.base)].some(({ path }) => path.at(-1) === 'optimizer');
}

export function notTrainable(name: string, context: KeyContext): KeyResolution {
  const owner = recipeOf(context) ? `recipe ${context.recipe}` : 'it';
  return invalid(
    `'${name}' cannot be set: ${baseTitle(context)} is not trainable: ${owner} has no optimizer`,
    'Use the base config of a training recipe, such as llama3_2/1B_lora_single_device.',
  );
}

/** Whether a path of the catalog, where `*` is any one segment, is this path. */
export function matches(pattern: string, path: readonly string[]): boolean {
  const segments = pattern.split('.');
  return (
    segments.length === path.length &&
    segments.every((segment, index) => segment === '*' || segment === path[index])
  );
}

/** Whether the recipe reads a path; undefined when the catalog does not know the recipe. */
export function recipeReads(path: readonly string[], context: KeyContext): boolean | undefined {
  const recipe = recipeOf(context);
  if (!recipe) return undefined;
  return [...recipe.required, ...recipe.optional].some((pattern) => matches(pattern, path));
}

/** The `_component_` values that a block can have: those of the experiment, else the base's. */
export function componentsAt(block: readonly string[], context: KeyContext): readonly string[] {
  const written = context.components?.get(block.join('.'));
  if (written) return written;
  const value = valueAt(context.base, [...block, '_component_']);
  return value?.kind === 'str' ? [value.value] : [];
}

/** The top-level keys that a run can have: the base's own and those that its recipe reads. */
export function topLevelKeys(context: KeyContext): string[] {
  const recipe = recipeOf(context);
  const read = [...(recipe?.required ?? []), ...(recipe?.optional ?? [])];
  return [...keysOf(context.base), ...read.filter((path) => !path.includes('.'))];
}

/** `a`, `a or b`, `a, b or c`. */
export function eitherOf(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
