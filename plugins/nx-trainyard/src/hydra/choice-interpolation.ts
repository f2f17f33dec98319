import { DiagnosticError, refuse } from '../diagnostics';
import { Dict } from '../yaml/dict';
import type { YamlValue } from '../yaml/value';
import { str } from '../yaml/value';
import type { ConfigMap } from './config';
import { createConfig } from './config';
import type { Choice, ConfigItem, GroupItem } from './defaults-item';
import { resolve } from './interpolation';
import type { Mount } from './mount';
import { configPath, mount, overrideKey } from './mount';

/** A form of Hydra 1.0, which Hydra 1.3 refuses by name. */
const LEGACY = /^\$\{defaults\.\d\./;

/**
 * Fills the interpolation in a defaults-list item, from the choices known so far under their
 * override keys, and from `defaults`, the items of the list itself. (Hydra 1.3)
 *
 * @throws DiagnosticError `ConfigCompositionException` naming the keys that could be used
 */
export function resolveChoice(
  at: Mount,
  known: ReadonlyMap<string, string | null>,
  siblings: readonly (ConfigItem | GroupItem)[],
  base: string,
  parentPackage: string,
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
  const keys = new Dict<YamlValue>();
  for (const [key, choice] of known) keys.put(key, choiceValue(choice));
  const list = siblings.map((sibling) => {
    const other = mount(sibling, base, parentPackage);
    if (sibling.kind === 'config') return str(configPath(other));
    const entry = new Dict<YamlValue>();
    entry.put(overrideKey(other), choiceValue(sibling.choice));
    return { kind: 'map', entries: entry } as const;
  });
  keys.put('defaults', { kind: 'list', items: list });
  let value: YamlValue;
  try {
    const scope = createConfig({ kind: 'map', entries: keys }) as ConfigMap;
    value = resolve({ kind: 'str', value: text, ...place }, scope, { env: process.env });
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const possible = known.size > 0 ? `, possible interpolation keys: ${[...known.keys()].join(', ')}` : '';
    const message = `Error resolving interpolation '${text}'${possible}`;
    return refuse('ConfigCompositionException', message, { ...place });
  }
  if (value.kind !== 'str') {
    return refuse('ConfigCompositionException', `'${text}' is not the name of an option`, { ...place });
  }
  if (item.kind === 'config') return { ...item, path: value.value };
  return { ...item, choice: value.value };
}

function choiceValue(choice: Choice): YamlValue {
  if (choice === null) return { kind: 'null' };
  if (typeof choice === 'string') return str(choice);
  return { kind: 'list', items: choice.map((option) => str(option)) };
}
