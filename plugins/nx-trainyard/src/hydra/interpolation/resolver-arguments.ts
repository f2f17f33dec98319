import type { DiagnosticId } from '../../diagnostics';
import { throwDiagnostic } from '../../diagnostics';
import type { YamlValue } from '../../yaml/value/value';
import type { ConfigMap } from '../config/config';
import { isConfigContainer, isMissing } from '../config/config';
import { pythonStr } from '../../yaml/value/python-text';
import { className } from '../config/class-name';
import type { ResolverCall } from './resolution';
import { selectFrom } from './select';

/** One argument, and a second one if the function takes it; otherwise the error that Python gives. */
export function oneOrTwo(
  name: string,
  args: readonly YamlValue[],
  parameter: string,
  most: 1 | 2,
): [YamlValue, YamlValue | undefined] {
  const [first, second] = args;
  if (!first) {
    return throwDiagnostic(
      'TypeError',
      `${name}() missing 1 required positional argument: '${parameter}'`,
    );
  }
  if (args.length > most) {
    const takes = most === 1 ? '1 positional argument' : 'from 1 to 2 positional arguments';
    throwDiagnostic('TypeError', `${name}() takes ${takes} but ${args.length} were given`, {
      hint: 'Put text that contains a comma in quotes.',
    });
  }
  return [first, second];
}

export function stringArgument(value: YamlValue, id: DiagnosticId, message: string): string {
  return value.kind === 'str' ? value.value : throwDiagnostic(id, message);
}

/** The mapping at the key that is the argument of `oc.dict.*`. */
export function mapArgument(
  key: YamlValue,
  name: string,
  { container, resolution }: ResolverCall,
): { readonly map: ConfigMap; readonly path: string } {
  const path = stringArgument(
    key,
    'TypeError',
    `\`${name}\` requires a string as input, but obtained \`${pythonStr(key)}\` ` +
      `of type: ${className(key)}`,
  );
  const selected = selectFrom(path, container, resolution);
  if (selected.outcome === 'missing') {
    return throwDiagnostic('MissingMandatoryValue', `Missing mandatory value: ${selected.key}`);
  }
  if (selected.outcome !== 'found' || isMissing(selected.value)) {
    return throwDiagnostic('ConfigKeyError', `Key not found: '${path}'`);
  }
  const map = selected.value;
  if (map.kind === 'map' && isConfigContainer(map)) return { map, path };
  return throwDiagnostic(
    'TypeError',
    `\`${name}\` cannot be applied to objects of type: ${className(map)}`,
  );
}
