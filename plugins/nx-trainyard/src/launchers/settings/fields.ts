import type { Diagnostic } from '../../diagnostics';
import { error } from '../../diagnostics';
import type { YamlMap, YamlString } from '../../yaml/value/value';
import { pythonTypeName } from '../../yaml/value/value';
import { field, mapOf } from '../../yaml/schema/fields';

/** A text at a key. */
export function textAt(map: YamlMap | undefined, key: string): YamlString | undefined {
  const value = map?.entries.at(key);
  return value?.kind === 'str' ? value : undefined;
}

/** Whether true is written at a key. */
export function flagAt(map: YamlMap | undefined, key: string): boolean {
  const value = map?.entries.at(key);
  return value?.kind === 'bool' && value.value;
}

/** The texts of a mapping at a key, by their keys. A key that is no text is not one of JSON's, so that no schema reports it. */
export function textsAt(
  map: YamlMap | undefined,
  key: string,
): { readonly entries: [string, YamlString][]; readonly problems: Diagnostic[] } {
  const entries: [string, YamlString][] = [];
  const problems: Diagnostic[] = [];
  for (const [name, item] of mapOf(field(map, key))?.entries ?? []) {
    if (name.kind === 'str') {
      if (item.kind === 'str') entries.push([name.value, item]);
    } else {
      const message = `a key of '${key}' must be a string, got ${pythonTypeName(name)}`;
      const location = name.location && { location: name.location };
      problems.push(error('LauncherSettings', message, { ...location, hint: 'Put it in quotes.' }));
    }
  }
  return { entries, problems };
}
