import type { Location } from '../../diagnostics';
import { DiagnosticError, throwDiagnostic } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import type { YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { ConfigMap } from '../config/config';
import { createConfig } from '../config/config';
import type { Choice, ConfigItem, GroupItem } from '../config-files/defaults-item';
import type { ResolveContext } from '../interpolation/interpolation';
import { resolve } from '../interpolation/interpolation';
import type { PackagedItem } from './packaged-item';
import { configPath, overrideKey } from './packaged-item';

/** A form of Hydra 1.0, which Hydra 1.3 refuses by name. */
const LEGACY = /^\$\{defaults\.\d\./;

/**
 * What an interpolation in a defaults list can name: the choices known so far under their override
 * keys, and `defaults`, the items of the list itself. (Hydra 1.3)
 *
 * @param siblings the items with the choices that apply to them; a `_self_` is its config path
 */
export function choiceScope(
  known: ReadonlyMap<string, string | null>,
  siblings: readonly (PackagedItem | string)[],
): ConfigMap {
  const entries = new Dict<YamlValue>();
  for (const [key, choice] of known) entries.put(key, choiceValue(choice));
  entries.put('defaults', { kind: 'list', items: siblings.map(siblingValue) });
  return createConfig({ kind: 'map', entries });
}

function siblingValue(sibling: PackagedItem | string): YamlValue {
  if (typeof sibling === 'string') return str(sibling);
  const { item } = sibling;
  if (item.kind === 'config') return str(configPath(sibling), item.location);
  const entries = new Dict<YamlValue>();
  entries.put(overrideKey(sibling), choiceValue(item.choice, item.location));
  return { kind: 'map', entries };
}

function choiceValue(choice: Choice, location?: Location): YamlValue {
  if (choice === null) return { kind: 'null' };
  if (typeof choice === 'string') return str(choice, location);
  return { kind: 'list', items: choice.map((option) => str(option, location)) };
}

/**
 * Fills the interpolation in a defaults-list item.
 *
 * @throws DiagnosticError `ConfigCompositionException` naming the keys that could be used
 */
export function resolveChoice(
  at: PackagedItem,
  scope: ConfigMap,
  context: ResolveContext,
): ConfigItem | GroupItem {
  const { item } = at;
  const text = item.kind === 'config' ? configPath(at) : item.choice;
  if (typeof text !== 'string') return item;
  const location = item.location && { location: item.location };
  if (item.kind === 'group' && LEGACY.test(text)) {
    throwDiagnostic('ConfigCompositionException', `'${text}' addresses an item by its number`, {
      ...location,
      hint: `Name the group instead: '\${group}'.`,
    });
  }
  let value: YamlValue;
  try {
    value = resolve({ kind: 'str', value: text, ...location }, scope, context);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const keys = [...scope.entries.keys()].flatMap((key) =>
      key.kind === 'str' ? [key.value] : [],
    );
    const possible = keys.filter((key) => key !== 'defaults').join(', ');
    const known = possible === '' ? '' : `, possible interpolation keys: ${possible}`;
    const message = `Error resolving interpolation '${text}'${known}`;
    return throwDiagnostic('ConfigCompositionException', message, { ...location });
  }
  if (value.kind !== 'str') {
    const message = `'${text}' is not the name of an option`;
    return throwDiagnostic('ConfigCompositionException', message, { ...location });
  }
  if (item.kind === 'config') return { ...item, path: value.value };
  return { ...item, choice: value.value };
}
