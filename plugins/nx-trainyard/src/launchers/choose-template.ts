import { minimatch } from 'minimatch';
import { didYouMean, error } from '../diagnostics';
import type { Diagnostic } from '../diagnostics';
import type { YamlString } from '../yaml/value';
import type { LauncherSettings } from './settings';

/** Globs of rules: `*` matches `/` too, so slashes are taken out of minimatch's sight. */
function matches(text: string, glob: string): boolean {
  const flat = (path: string): string => path.replaceAll('/', '\u0001');
  return minimatch(flat(text), flat(glob), { dot: true, nocomment: true, nonegate: true });
}

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
): { readonly key: string } | { readonly problem: Diagnostic } {
  const { templates } = settings;
  const key = templateKey(settings, recipe, modelType?.value);
  if (key === undefined) return { problem: unknownType(settings, modelType) };
  if (templates.has(key)) return { key };
  return {
    problem: error(
      'UnknownTemplate',
      `the template '${key}' that this recipe needs does not exist`,
      {
        ...(modelType?.place && { place: modelType.place }),
        hint:
          didYouMean(key, templates.keys()) ??
          `Add it under 'templates' in ${settings.source.path}; there are ${[...templates.keys()].join(', ') || 'none'}.`,
      },
    ),
  };
}

function templateKey(
  settings: LauncherSettings,
  recipe: string,
  modelType: string | undefined,
): string | undefined {
  if (modelType === undefined) return settings.defaultTemplate;
  if (settings.templates.has(modelType)) {
    const refinement = settings.templateRefinements.find((entry) => {
      return matches(modelType, entry.modelType) && matches(recipe, entry.recipePath);
    });
    return refinement?.template ?? modelType;
  }
  const rule = settings.templateRules.find((entry) => matches(modelType, entry.modelType));
  if (rule) return rule.template;
  return settings.strictModelTypes ? undefined : settings.defaultTemplate;
}

function unknownType(settings: LauncherSettings, modelType: YamlString | undefined): Diagnostic {
  const name = modelType?.value ?? '';
  return error('UnknownModelType', `no template and no rule is for the model type '${name}'`, {
    ...(modelType?.place && { place: modelType.place }),
    hint:
      didYouMean(name, settings.templates.keys()) ??
      `Add a template '${name}' to ${settings.source.path}.`,
  });
}
