import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, error } from '../diagnostics';
import type { YamlMap, YamlString, YamlValue } from '../yaml/value/value';
import { isContainer, pythonTypeName } from '../yaml/value/value';
import { recipeName } from './recipe-status';

/** What a launcher script takes from its recipe, beside the recipe's own path. */
export interface LauncherValues {
  readonly runName: string;
  readonly modelSaveName: string;
  readonly modelType: YamlString | undefined;
}

/**
 * Reads the values from a composed recipe whose interpolations are unresolved.
 *
 * @throws DiagnosticError `RecipeValue` with every value that is not what a script can use
 */
export function launcherValues(config: YamlMap, recipe: string): LauncherValues {
  const problems: Diagnostic[] = [];
  const name = recipeName(recipe);
  const run = mapAt(config, 'run', 'run', problems);
  const training = mapAt(config, 'training_config', 'training_config', problems);
  const model = mapAt(training, 'model_config', 'training_config.model_config', problems);
  const runName = stringAt(run, 'name', 'run.name', problems);
  const modelType = stringAt(run, 'model_type', 'run.model_type', problems);
  const prefix = 'training_config.model_config';
  const saveName = stringAt(model, 'model_save_name', `${prefix}.model_save_name`, problems, true);
  const path = stringAt(
    model,
    'model_name_or_path',
    `${prefix}.model_name_or_path`,
    problems,
    true,
  );
  if (problems.length > 0) throw new DiagnosticError(problems);
  return {
    runName: runName?.value ?? name.replaceAll('_', '-'),
    modelSaveName: modelSaveName(saveName?.value || path?.value || name),
    modelType,
  };
}

/** The last part of a path or model name, with dashes. */
export function modelSaveName(text: string): string {
  const last = text.includes('/') ? (text.replace(/\/+$/, '').split('/').at(-1) ?? '') : text;
  return last.replaceAll('_', '-');
}

function mapAt(
  parent: YamlMap | undefined,
  key: string,
  path: string,
  problems: Diagnostic[],
): YamlMap | undefined {
  const value = parent?.entries.at(key);
  if (!value || value.kind === 'map') return value;
  problems.push(wrong(path, 'a mapping', value, `Write keys under '${key}:', or remove it.`));
  return undefined;
}

function stringAt(
  parent: YamlMap | undefined,
  key: string,
  path: string,
  problems: Diagnostic[],
  nullable = false,
): YamlString | undefined {
  const value = parent?.entries.at(key);
  if (!value || (nullable && value.kind === 'null')) return undefined;
  if (value.kind !== 'str') {
    problems.push(wrong(path, 'a string', value, stringHint(value)));
  } else if (value.value === '???') {
    problems.push(wrong(path, 'set', value, 'Give it a value in the recipe.'));
  } else if (value.value.includes('${')) {
    const hint =
      'Write the value itself; scripts are generated before interpolations are resolved.';
    problems.push(wrong(path, 'written without an interpolation', value, hint));
  } else return value;
  return undefined;
}

function stringHint(value: YamlValue): string {
  if (value.kind === 'null') return 'Write a name, or remove the key.';
  return isContainer(value) ? 'Write a string.' : 'Put it in quotes.';
}

function wrong(path: string, wanted: string, value: YamlValue, hint: string): Diagnostic {
  const actual = value.kind === 'str' ? `'${value.value}'` : pythonTypeName(value);
  return error('RecipeValue', `'${path}' must be ${wanted} for a launcher script, got ${actual}`, {
    ...(value.location && { location: value.location }),
    hint,
  });
}
