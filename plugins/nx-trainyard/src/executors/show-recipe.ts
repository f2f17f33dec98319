import { count } from '../basics/count';
import { didYouMean, formatLocation, throwDiagnostic } from '../diagnostics';
import type { Composition } from '../hydra/composition';
import type { ExplainedEntry } from '../hydra/explain';
import { explainKey } from '../hydra/explain';
import { scalarToYaml } from '../yaml/writer/to-yaml';
import type { YamlValue } from '../yaml/value/value';
import { isContainer } from '../yaml/value/value';
import { executor } from './running/executor';
import type { RecipeOptions } from './running/recipe-options';
import { collectionsOf, recipeOption } from './running/recipe-options';
import { drawn } from './running/task';

interface ShowOptions extends RecipeOptions {
  /** A dotted key whose origin is printed instead of the recipe. */
  readonly explain?: string;
  readonly resolve?: boolean;
  readonly sortKeys?: boolean;
}

/** The composed recipe as text, or where a key of it comes from. */
export function showRecipe(composition: Composition, options: ShowOptions): string {
  const { explain, resolve = false, sortKeys = false } = options;
  if (explain !== undefined) return explanation(composition, String(explain));
  return composition.toYaml({ sortKeys, resolve }).trimEnd();
}

function explanation(composition: Composition, key: string): string {
  const entries = explainKey(composition, key);
  const value = composition.nodeAt(key);
  if (!value && entries.every((entry) => !entry.value)) {
    const parent = composition.nodeAt(key.replace(/\.?[^.]*$/, '')) ?? composition.config;
    const siblings = parent.kind === 'map' ? [...parent.entries.keys()] : [];
    const names = siblings.flatMap((name) => (name.kind === 'str' ? name.value : []));
    const last = key.slice(key.lastIndexOf('.') + 1);
    const hint = didYouMean(last, names) ?? `Known keys: ${names.join(', ')}.`;
    return throwDiagnostic('UnknownKey', `the recipe has no key '${key}'`, { hint });
  }
  const lines = [`${key}: ${value ? brief(value) : 'not in the result'}`];
  for (const entry of entries) lines.push(line(entry));
  return lines.join('\n');
}

function line({ configPath, package: pkg, value, location, wins }: ExplainedEntry): string {
  const config = configPath.replace(/\.yaml$/, '');
  const where = pkg === '' ? config : `${config} at ${pkg}`;
  if (!value) return `    ${where}: -`;
  const from = location ? ` (${formatLocation(location)})` : '';
  return `${wins ? '  > ' : '    '}${where}: ${brief(value)}${from}`;
}

function brief(value: YamlValue): string {
  if (!isContainer(value)) return scalarToYaml(value, { column: 0, indent: 0, width: Infinity });
  if (value.kind === 'list') return `a list with ${count(value.items.length, 'item')}`;
  return `a mapping with ${count(value.entries.size, 'key')}`;
}

export default executor<ShowOptions>('show-recipe', (context) => {
  const collectionOf = collectionsOf(context);
  return (options) => {
    // A person asks what a value is here and now, so the environment counts.
    const composition = collectionOf(options).compose(recipeOption(options), process.env);
    if (composition.warnings.length > 0) console.error(drawn(composition.warnings));
    return showRecipe(composition, options);
  };
});
