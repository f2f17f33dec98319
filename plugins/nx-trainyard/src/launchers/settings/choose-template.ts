import { Minimatch } from 'minimatch';
import { oncePerText } from '../../basics/once-per';
import { didYouMean, error } from '../../diagnostics';
import type { Diagnostic } from '../../diagnostics';
import type { YamlString } from '../../yaml/value/value';
import type { LauncherSettings, TemplateRule } from './settings';

/** Globs of rules: `*` matches `/` too, so slashes are taken out of minimatch's sight. */
function matches(text: string, glob: string): boolean {
  return compiled(glob).match(flat(text));
}

function flat(path: string): string {
  return path.replaceAll('/', '\u0001');
}

/** The globs of a configuration are asked of each of its recipes. */
const compiled = oncePerText(
  (glob) => new Minimatch(flat(glob), { dot: true, nocomment: true, nonegate: true }),
);

/** The template for a recipe, or why there is none. */
export type ChosenTemplate =
  | { readonly kind: 'template'; readonly key: string }
  | { readonly kind: 'none'; readonly problem: Diagnostic };

/**
 * The key of the template for a recipe: its model type when a template has that name (or the
 * refinement of it that fits the recipe), else the first rule that fits, else the default.
 *
 * @param modelType the recipe's `run.model_type`, when it has one
 */
export function chooseTemplate(
  settings: LauncherSettings,
  recipe: string,
  modelType: YamlString | undefined,
): ChosenTemplate {
  const { templates } = settings;
  const chosen = templateFor(settings, recipe, modelType?.value);
  if (!chosen) return { kind: 'none', problem: unknownType(settings, modelType) };
  const { template: key, written } = chosen;
  if (templates.has(key)) return { kind: 'template', key };
  const message = `this recipe needs the template '${key}', which does not exist`;
  const add = `Add it under 'templates' in ${settings.source.path}. Existing templates: ${[...templates.keys()].join(', ') || 'none'}.`;
  if (!written?.location) {
    // The plugin's own rule names it, so that no other name in the recipe is meant.
    const location = modelType?.location && { location: modelType.location };
    return { kind: 'none', problem: error('UnknownTemplate', message, { ...location, hint: add }) };
  }
  const related = modelType?.location && {
    related: [{ message: 'it is chosen for this model type', location: modelType.location }],
  };
  return {
    kind: 'none',
    problem: error('UnknownTemplate', message, {
      location: written.location,
      ...related,
      hint: didYouMean(key, templates.keys()) ?? add,
    }),
  };
}

/** The template that is chosen, and where the configuration names it. */
type Chosen = Pick<TemplateRule, 'template' | 'written'>;

function templateFor(
  settings: LauncherSettings,
  recipe: string,
  modelType: string | undefined,
): Chosen | undefined {
  const { defaultTemplate: template, writtenDefault: written } = settings;
  const byDefault: Chosen = { template, ...(written && { written }) };
  if (modelType === undefined) return byDefault;
  if (settings.templates.has(modelType)) {
    const refinement = settings.templateRefinements.find((entry) => {
      return matches(modelType, entry.modelType) && matches(recipe, entry.recipePath);
    });
    return refinement ?? { template: modelType };
  }
  const rule = settings.templateRules.find((entry) => matches(modelType, entry.modelType));
  return rule ?? (settings.strictModelTypes ? undefined : byDefault);
}

function unknownType(settings: LauncherSettings, modelType: YamlString | undefined): Diagnostic {
  const name = modelType?.value ?? '';
  return error('UnknownModelType', `no template or rule matches the model type '${name}'`, {
    ...(modelType?.location && { location: modelType.location }),
    hint:
      didYouMean(name, settings.templates.keys()) ??
      `Add a template '${name}' to ${settings.source.path}.`,
  });
}
