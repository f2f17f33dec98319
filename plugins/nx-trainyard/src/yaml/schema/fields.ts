import type { YamlList, YamlMap, YamlValue } from '../value/value';

// Nothing here refuses a value of the wrong type: the schema does, and reports it. What does not fit
// counts as absent, so that all other problems of a file are found in the same run.

/** The value at a path of keys. */
export function field(value: YamlValue | undefined, ...names: string[]): YamlValue | undefined {
  let found = value;
  for (const name of names) found = found?.kind === 'map' ? found.entries.at(name) : undefined;
  return found;
}

export function listOf(value: YamlValue | undefined): YamlList['items'] {
  return value?.kind === 'list' ? value.items : [];
}

export function mapsOf(value: YamlValue | undefined): YamlMap[] {
  return listOf(value).filter((item) => item.kind === 'map');
}

export function mapOf(value: YamlValue | undefined): YamlMap | undefined {
  return value?.kind === 'map' ? value : undefined;
}

export function textOf(value: YamlValue | undefined): string | undefined {
  return value?.kind === 'str' ? value.value : undefined;
}
