import type { Component, ParameterKind } from './catalog';
import type { KeyContext } from '../keys/key-context';
import { componentsAt, matches, recipeOf } from '../keys/key-context';

/** What the components of a block say to a key. */
export type Acceptance =
  | { readonly kind: 'no component' }
  /** `parameter` is the kind that the parameter asks for; undefined: several, or not known. */
  | { readonly kind: 'accepted'; readonly parameter: ParameterKind | undefined }
  | {
      readonly kind: 'rejected';
      readonly component: string;
      readonly parameters: readonly string[];
    }
  /** A component of torchtune that the catalog does not have. */
  | { readonly kind: 'not in catalog'; readonly component: string };

/**
 * The keys that `load_dataset` and its readers of json, csv, parquet and text files take. torchtune's
 * dataset builders hand every key over that is not their own, so a typo would reach it too.
 * (datasets 2.x and 3.x)
 */
const LOAD_DATASET_KEYS: readonly string[] = [
  ...['name', 'data_dir', 'data_files', 'split', 'cache_dir', 'features', 'download_config'],
  ...['download_mode', 'verification_mode', 'keep_in_memory', 'save_infos', 'revision', 'token'],
  ...['streaming', 'num_proc', 'storage_options', 'trust_remote_code', 'encoding', 'chunksize'],
  ...['field', 'columns', 'sample_by', 'keep_linebreaks', 'sep', 'delimiter', 'header', 'names'],
  ...['column_names', 'usecols', 'skiprows', 'nrows', 'na_values', 'quotechar', 'escapechar'],
];

/** The parameters that a config can set: not those that the recipe itself gives. */
function settable(component: Component, block: readonly string[], context: KeyContext): string[] {
  const blocks = Object.entries(recipeOf(context)?.components ?? {});
  const given = blocks.find(([pattern]) => matches(pattern, block))?.[1];
  return Object.keys(component.params)
    .slice(given?.args ?? 0)
    .filter((name) => !given?.kwargs?.includes(name));
}

function ask(
  dottedName: string,
  key: string,
  block: readonly string[],
  context: KeyContext,
): Acceptance {
  const component = context.catalog.component(dottedName);
  if (!component) {
    // Code of the researcher: nobody but they can know its signature.
    if (!dottedName.startsWith('torchtune.')) return { kind: 'accepted', parameter: undefined };
    return { kind: 'not in catalog', component: dottedName };
  }
  const own = settable(component, block, context);
  if (own.includes(key)) return { kind: 'accepted', parameter: component.params[key]?.kind };
  const loads = component.kwargs === 'load_dataset_kwargs';
  const further = loads ? LOAD_DATASET_KEYS : [];
  if (component.kwargs !== undefined && (!loads || further.includes(key))) {
    if (!(key in component.params)) return { kind: 'accepted', parameter: undefined };
  }
  return { kind: 'rejected', component: dottedName, parameters: [...own, ...further] };
}

/** Whether the component of a block takes a key. Of several components, one that does is enough. */
export function acceptance(key: string, block: readonly string[], context: KeyContext): Acceptance {
  const answers = componentsAt(block, context).map((name) => ask(name, key, block, context));
  return (
    answers.find((answer) => answer.kind === 'accepted') ?? answers[0] ?? { kind: 'no component' }
  );
}

/** The blocks of the base whose component has a parameter of this name, as dotted paths of it. */
export function parametersNamed(key: string, context: KeyContext): string[] {
  return Object.keys(recipeOf(context)?.components ?? {}).flatMap((block) => {
    const path = block.split('.');
    const named = componentsAt(path, context).some((name) => {
      const component = context.catalog.component(name);
      return component && settable(component, path, context).includes(key);
    });
    return named ? [`${block}.${key}`] : [];
  });
}
