import type { SourceText } from '../../diagnostics';
import { readYaml } from '../../yaml/reader/read';
import type { YamlValue } from '../../yaml/value/value';
import type { SweepForm } from './experiment';
import { SWEEP_FORMS } from './experiment';

/** Which base an experiment names, before anything else of it is checked. */
export type BaseNote =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'recipe'; readonly recipe: string };

/** What inference asks of every experiment; where it says nothing that can be read, undefined. */
export interface ExperimentNote {
  readonly base: BaseNote | undefined;
  readonly form: SweepForm | undefined;
}

/**
 * Finds the base that an experiment names and the form of its sweep, in either form of the file.
 * Inference asks this of every experiment, so it looks at these keys alone.
 *
 * @throws DiagnosticError when the text is no YAML
 */
export function experimentNote(source: SourceText): ExperimentNote {
  const root = readYaml(source);
  return { base: baseNote(root), form: formNote(root) };
}

function baseNote(root: YamlValue): BaseNote | undefined {
  const config = child(root, 'framework_config') ?? root;
  const text = (name: string): string | undefined => textAt(config, name);
  const recipe = text('base_recipe');
  if (recipe !== undefined) return { kind: 'recipe', recipe };
  const path = text('base_config_file');
  if (path !== undefined) return { kind: 'file', path };
  const name = text('base_config');
  return name === undefined ? undefined : { kind: 'name', name };
}

function formNote(root: YamlValue): SweepForm | undefined {
  const output = child(root, 'output');
  const form = output?.kind === 'map' ? child(output, 'form') : undefined;
  if (root.kind !== 'map' || (output && output.kind !== 'map')) return undefined;
  if (!form) return 'configs';
  return SWEEP_FORMS.find((known) => form.kind === 'str' && form.value === known);
}

function child(value: YamlValue, name: string): YamlValue | undefined {
  return value.kind === 'map' ? value.entries.at(name) : undefined;
}

function textAt(value: YamlValue, name: string): string | undefined {
  const item = child(value, name);
  return item?.kind === 'str' ? item.value : undefined;
}
