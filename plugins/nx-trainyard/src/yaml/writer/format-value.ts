import { scalarToYaml } from './to-yaml';
import type { YamlValue } from '../value/value';

const AT_START = { column: 0, indent: 0 };

/**
 * A value inside a text: as OmegaConf's `to_yaml` spells it, but never in quotes (`0.0003`, `true`,
 * `8B`); lists and mappings on one line (`[1, 2]`, `{a: 1}`).
 */
export function formatValue(value: YamlValue): string {
  switch (value.kind) {
    case 'str':
      return value.value;
    case 'list':
      return `[${value.items.map(formatValue).join(', ')}]`;
    case 'map':
      return `{${Array.from(value.entries, ([key, item]) => `${formatValue(key)}: ${formatValue(item)}`).join(', ')}}`;
    case 'bytes':
      return Buffer.from(value.value).toString('base64');
    default:
      return scalarToYaml(value, AT_START);
  }
}
