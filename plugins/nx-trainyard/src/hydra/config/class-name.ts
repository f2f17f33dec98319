import type { YamlValue } from '../../yaml/value/value';
import { pythonTypeName } from '../../yaml/value/value';
import { isConfigContainer } from './config';

/** The name of a value's type in Python: containers of a config are other types than plain ones. */
export function className(value: YamlValue): string {
  if (!isConfigContainer(value)) return pythonTypeName(value);
  return value.kind === 'map' ? 'DictConfig' : 'ListConfig';
}
