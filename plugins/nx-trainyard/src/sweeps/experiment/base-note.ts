import type { SourceText } from '../../diagnostics';
import { readYaml } from '../../yaml/read';
import type { YamlValue } from '../../yaml/value';

/** Which base an experiment names, before anything else of it is checked. */
export type BaseNote =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'recipe'; readonly recipe: string };

/**
 * Finds the base that an experiment names, in either form of the file. Inference asks this of every
 * experiment, so it looks at these keys alone.
 *
 * @throws DiagnosticError when the text is no YAML
 */
export function baseNote(source: SourceText): BaseNote | undefined {
  const root = readYaml(source);
  const config = root.kind === 'map' ? (root.entries.at('framework_config') ?? root) : root;
  const text = (name: string): string | undefined => textAt(config, name);
  const recipe = text('base_recipe');
  if (recipe !== undefined) return { kind: 'recipe', recipe };
  const path = text('base_config_file');
  if (path !== undefined) return { kind: 'file', path };
  const name = text('base_config');
  return name === undefined ? undefined : { kind: 'name', name };
}

function textAt(value: YamlValue, name: string): string | undefined {
  const item = value.kind === 'map' ? value.entries.at(name) : undefined;
  return item?.kind === 'str' ? item.value : undefined;
}
