import type { YamlValue } from '../../../yaml/value/value';
import { flowText } from '../../../yaml/writer/inline-text';

/** `lr=3`, `++lr=3`, `--lr=3`, `lr:=3`. */
const ASSIGNMENT = /^\s*(?:\+\+?|--?)?([A-Za-z_][\w.[\]-]*)\s*:?=\s*(.+?)\s*$/s;

/**
 * The mapping that was meant by a text or a list of texts in the syntax of a command line, or by a list
 * of mappings; undefined where something else stands there.
 *
 * @param several whether a key has a list of values
 */
export function mappingMeant(value: YamlValue, several = false): string | undefined {
  const items = value.kind === 'list' ? value.items : [value];
  const entries = items.map((item) => {
    if (item.kind === 'map' && value.kind === 'list' && item.entries.size > 0) {
      return flowText(item).slice(1, -1);
    }
    const [, key, text = ''] = (item.kind === 'str' && ASSIGNMENT.exec(item.value)) || [];
    if (key === undefined) return undefined;
    return `${key}: ${several && !text.startsWith('[') ? `[${text.replace(/\s*,\s*/g, ', ')}]` : text}`;
  });
  const isMeant = entries.length > 0 && entries.every((entry) => entry !== undefined);
  return isMeant ? `{${entries.join(', ')}}` : undefined;
}
