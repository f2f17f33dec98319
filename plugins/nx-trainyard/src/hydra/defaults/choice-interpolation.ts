import type { Place } from '../../diagnostics';
import { DiagnosticError, refuse } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import type { YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { ConfigMap } from '../config/config';
import { createConfig } from '../config/config';
import type { Choice, ConfigItem, GroupItem } from '../config-files/defaults-item';
import type { ResolveContext } from '../interpolation/interpolation';
import { resolve } from '../interpolation/interpolation';
import type { Mount } from './mount';
import { configPath, overrideKey } from './mount';

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
  siblings: readonly (Mount | string)[],
): ConfigMap {
  const entries = new Dict<YamlValue>();
  for (const [key, choice] of known) entries.put(key, choiceValue(choice));
  entries.put('defaults', { kind: 'list', items: siblings.map(siblingValue) });
  return createConfig({ kind: 'map', entries });
}

function siblingValue(sibling: Mount | string): YamlValue {
  if (typeof sibling === 'string') return str(sibling);
  const { item } = sibling;
  if (item.kind === 'config') return str(configPath(sibling), item.place);
  const entries = new Dict<YamlValue>();
  entries.put(overrideKey(sibling), choiceValue(item.choice, item.place));
  return { kind: 'map', entries };
}

function choiceValue(choice: Choice, place?: Place): YamlValue {
  if (choice === null) return { kind: 'null' };
  if (typeof choice === 'string') return str(choice, place);
  return { kind: 'list', items: choice.map((option) => str(option, place)) };
}

/**
 * Fills the interpolation in a defaults-list item.
 *
 * @throws DiagnosticError `ConfigCompositionException` naming the keys that could be used
 */
export function resolveChoice(
  at: Mount,
  scope: ConfigMap,
  context: ResolveContext,
): ConfigItem | GroupItem {
  const { item } = at;
  const text = item.kind === 'config' ? configPath(at) : item.choice;
  if (typeof text !== 'string') return item;
  const place = item.place && { place: item.place };
  if (item.kind === 'group' && LEGACY.test(text)) {
    refuse('ConfigCompositionException', `'${text}' addresses an item by its number`, {
      ...place,
      hint: `Name the group instead: '\${group}'.`,
    });
  }
  let value: YamlValue;
  try {
    value = resolve({ kind: 'str', value: text, ...place }, scope, context);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const keys = [...scope.entries.keys()].flatMap((key) =>
      key.kind === 'str' ? [key.value] : [],
    );
    const possible = keys.filter((key) => key !== 'defaults').join(', ');
    const known = possible === '' ? '' : `, possible interpolation keys: ${possible}`;
    const message = `Error resolving interpolation '${text}'${known}`;
    return refuse('ConfigCompositionException', message, { ...place });
  }
  if (value.kind !== 'str') {
    const message = `'${text}' is not the name of an option`;
    return refuse('ConfigCompositionException', message, { ...place });
  }
  if (item.kind === 'config') return { ...item, path: value.value };
  return { ...item, choice: value.value };
}
