import { formatOverride } from '../hydra/overrides';
import { flowText } from '../yaml/edit-spell';
import { valueAt } from '../yaml/value-path';
import type { YamlMap, YamlValue } from '../yaml/value';
import type { FrameworkName } from './model';
import { editsBetween } from './overlay';

/** One change of a config as an argument of the program that runs it. */
type Change =
  | { readonly path: readonly string[]; readonly value: YamlValue; readonly isNew: boolean }
  | { readonly path: readonly string[]; readonly delete: true };

/**
 * The arguments that make `merged` of `base`. torchtune and generic programs get `key=value` with
 * the value in YAML (torchtune reads it with OmegaConf), and `~key` for what goes; HyperPod gets
 * Hydra overrides of `recipes.key`.
 */
export function changeArguments(
  base: YamlMap,
  merged: YamlMap,
  framework: FrameworkName,
): string[] {
  return changesBetween(base, merged).map((change) => {
    if (framework !== 'hyperpod') {
      const key = change.path.join('.');
      return 'delete' in change ? `~${key}` : `${key}=${flowText(change.value)}`;
    }
    const key = ['recipes', ...change.path].join('.');
    if ('delete' in change) return `~${key}`;
    return `${change.isNew ? '+' : ''}${formatOverride(key, change.value)}`;
  });
}

/** Both programs merge a mapping into what is there, so changes are given leaf by leaf. */
function changesBetween(base: YamlMap, merged: YamlMap): Change[] {
  return editsBetween(base, merged).flatMap((edit): Change[] => {
    if ('delete' in edit) return [edit];
    const { path, value } = edit;
    const old = valueAt(base, path);
    if (old?.kind !== 'map' || value.kind !== 'map') return [...leaves(path, value, base)];
    const gone = [...old.entries.keys()].flatMap((key): Change[] => {
      return key.kind === 'str' ? [{ path: [...path, key.value], delete: true }] : [];
    });
    return [...gone, ...leaves(path, value, base)];
  });
}

function* leaves(path: readonly string[], value: YamlValue, base: YamlMap): Generator<Change> {
  const isPlain = value.kind !== 'map' || value.entries.size === 0;
  const keys = isPlain ? [] : [...value.entries];
  if (isPlain || keys.some(([key]) => key.kind !== 'str' || /[.=\s]/.test(key.value))) {
    yield { path, value, isNew: valueAt(base, path) === undefined };
    return;
  }
  for (const [key, item] of keys) {
    if (key.kind === 'str') yield* leaves([...path, key.value], item, base);
  }
}
