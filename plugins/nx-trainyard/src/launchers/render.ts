import { DiagnosticError, error, throwDiagnostic } from '../diagnostics';
import type { Composition } from '../hydra/composition';
import { nearestKey } from '../hydra/config/nearest-key';
import { locationWithin } from '../yaml/value/scalar-location';
import { scalarToYaml } from '../yaml/writer/to-yaml';
import type { YamlValue } from '../yaml/value/value';
import { isContainer } from '../yaml/value/value';
import { chooseTemplate } from './settings/choose-template';
import type { LauncherValues } from './recipe-values';
import { launcherValues } from './recipe-values';
import { recipeName } from './recipe-status';
import type { LauncherSettings } from './settings/settings';
import type { ValueName } from './template/format-string';
import { configKey } from './template/format-string';
import type { FilledTemplate, Filling, Template } from './template/template';
import { compileTemplate, fillTemplate, SHELL_HEADER } from './template/template';

/** A launcher script, not yet written. */
export interface Launcher {
  readonly recipe: string;
  /** The key of the template that was chosen. */
  readonly template: string;
  readonly runName: string;
  readonly modelSaveName: string;
  readonly text: string;
}

/** Renders launcher scripts of one configuration; each template is compiled once. */
export class LauncherRenderer {
  readonly #settings: LauncherSettings;
  readonly #templates = new Map<string, Template>();

  constructor(settings: LauncherSettings) {
    this.#settings = settings;
  }

  /**
   * The script of a recipe.
   *
   * @throws DiagnosticError with the problems of the recipe's values, or of its template
   */
  render(recipe: string, composition: Composition): Launcher {
    return this.#fill(recipe, composition);
  }

  #fill(recipe: string, composition: Composition): Launcher & FilledTemplate {
    const values = launcherValues(composition.config, recipe);
    const key = this.#chosen(recipe, values);
    const { runName, modelSaveName } = values;
    const filled = fillTemplate(this.#template(key), (name) =>
      fill(name, recipe, values, composition),
    );
    return { recipe, template: key, runName, modelSaveName, ...filled };
  }

  #chosen(recipe: string, { modelType }: LauncherValues): string {
    const chosen = chooseTemplate(this.#settings, recipe, modelType);
    if (chosen.kind === 'none') throw new DiagnosticError(chosen.problem);
    return chosen.key;
  }

  /** The template of a recipe, not yet filled. @throws DiagnosticError as `render` does */
  templateOf(recipe: string, { config }: Composition): Template {
    return this.#template(this.#chosen(recipe, launcherValues(config, recipe)));
  }

  /**
   * The script of a recipe around the arguments of a run, which go to every `{overrides}`, or before
   * the one `"$@"`.
   *
   * @throws DiagnosticError also when the template does not say where
   */
  renderAround(recipe: string, composition: Composition): (args: string) => string {
    const filled = this.#fill(recipe, composition);
    const { text, gaps } = filled;
    if (gaps.length > 0) {
      const [first = '', ...others] = betweenGaps(filled);
      // Without arguments, one of the spaces around them goes too.
      const joined = first + others.map((part) => part.replace(/^ /, '')).join('');
      return (args) => (args === '' ? joined : [first, ...others].join(args));
    }
    const { at } = this.#onlyRest(filled);
    return (args) => text.slice(0, at) + (args === '' ? '' : `${args} `) + text.slice(at);
  }

  /**
   * The script of a recipe that takes the arguments of a run as its own, and hands them on to where
   * those of a run go and nowhere else.
   *
   * @throws DiagnosticError as `renderAround` does
   */
  renderOpen(recipe: string, composition: Composition): string {
    const filled = this.#fill(recipe, composition);
    const { text, gaps } = filled;
    if (gaps.length === 0) {
      this.#onlyRest(filled);
      return text;
    }
    const taken = betweenGaps(filled).join(TAKEN);
    const [, shebang = '', rest = ''] = /^(#!.*\n)?([^]*)$/.exec(taken) ?? [];
    return `${shebang}${TAKE}\n${rest}`;
  }

  /** The one `"$@"` of a script without `{overrides}`. */
  #onlyRest({ template, rests }: Launcher & FilledTemplate): { readonly at: number } {
    const [rest, ...others] = rests;
    if (!rest) return this.#throwWithout(template);
    return others.length > 0 ? throwSeveral(template, rests) : rest;
  }

  #throwWithout(template: string): never {
    const location = this.#settings.templates.get(template)?.location;
    const hint = this.#template(template).isShell
      ? 'Write {overrides}, or "$@", at the end of the command.'
      : `Its first line does not name a shell. ${SHELL_HEADER}`;
    const message = `the template '${template}' has nowhere to put a run's arguments`;
    return throwDiagnostic('TemplateSyntax', message, { ...(location && { location }), hint });
  }

  #template(key: string): Template {
    const known = this.#templates.get(key);
    if (known) return known;
    const body = this.#settings.templates.get(key);
    if (!body) throw new Error(`template '${key}' was chosen but does not exist`);
    const template = compileTemplate(this.#settings.header, body);
    this.#templates.set(key, template);
    return template;
  }
}

function betweenGaps({ text, gaps }: FilledTemplate): readonly string[] {
  return [0, ...gaps].map((start, index) => text.slice(start, gaps[index]));
}

/** A script's arguments are kept, since a function has others, and another command may use `"$@"`. */
const TAKE = 'trainyard_overrides=("$@"); set --';
const TAKEN = '"${trainyard_overrides[@]}"';

function throwSeveral(template: string, rests: FilledTemplate['rests']): never {
  const locations = rests.flatMap(({ written }) => locationWithin(written.scalar, written) ?? []);
  const [location, ...others] = locations.reverse();
  const message = `the template '${template}' has "$@" ${rests.length} times, so it is unclear which of them takes a run's arguments`;
  return throwDiagnostic('TemplateSyntax', message, {
    ...(location && { location }),
    related: others.map((other) => ({ message: 'another "$@" is here', location: other })),
    hint: 'Write {overrides} as a separate word where the arguments belong.',
  });
}

function fill(
  name: ValueName,
  recipe: string,
  values: LauncherValues,
  composition: Composition,
): Filling {
  switch (name) {
    case 'recipe_path':
      return { text: recipe };
    case 'recipe_name':
      return { text: recipeName(recipe) };
    case 'run_name':
      return { text: values.runName };
    case 'model_save_name':
      return { text: values.modelSaveName };
    default:
      return configValue(configKey(name), composition);
  }
}

/**
 * The value at a key of the recipe, interpolations resolved but without the environment, on which a
 * generated script must not depend.
 */
function configValue(key: string, composition: Composition): Filling {
  const location = composition.locationOf(key);
  const at = location ? { location } : {};
  let value: YamlValue | undefined;
  try {
    value = composition.valueAt(key);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const [problem] = cause.diagnostics;
    const message = `'{config.${key}}' cannot be resolved: ${cause.message}`;
    // Scripts see no environment, in which a variable could be set.
    const isUnset = problem?.hint?.startsWith('Set ') === true;
    const hint = isUnset ? { hint: problem?.hint?.replace(/^Set .*?, or give/, 'Give') } : {};
    return { problem: { ...at, ...problem, ...hint, ...error('RecipeValue', message) } };
  }
  if (!value) {
    const found = nearestKey(key, composition.config, '');
    // What is suggested is a placeholder; what is explained is a key.
    const near = /^(?:Did you mean|It exists as) /.test(found ?? '')
      ? found?.replaceAll(/'([^']+)'/g, "'{config.$1}'")
      : found;
    const message = `the recipe has no value '${key}'`;
    const hint = near === undefined ? {} : { hint: near };
    return { problem: error('UnknownPlaceholder', message, { ...at, ...hint }) };
  }
  if (isContainer(value)) {
    const what = value.kind === 'map' ? 'a mapping' : 'a list';
    const message = `'${key}' is ${what}, but '{config.${key}}' needs a single value`;
    return { problem: error('RecipeValue', message, at) };
  }
  if (value.kind === 'str') return { text: value.value };
  return { text: scalarToYaml(value, { column: 0, indent: 0 }) };
}
