import { Dict } from '../yaml/dict';
import { toYaml } from '../yaml/to-yaml';
import type { YamlMap, YamlValue } from '../yaml/value';
import type { Experiment, Row } from './model';
import type { Run } from './run';

function mapOf(entries: Iterable<readonly [string, YamlValue]>): YamlMap {
  const dict = new Dict<YamlValue>();
  for (const [key, value] of entries) dict.put(key, value);
  return { kind: 'map', entries: dict };
}

/** What varies in a row, with the seed of its repetition. */
export function variablesOf({ variables, repeat }: Row, { repeats }: Experiment): YamlMap {
  const entries = variables.map(({ key, value }) => [key.name, value] as const);
  if (!repeat || !repeats) return mapOf(entries);
  return mapOf([...entries, [repeats.seedKey.name, repeat.seed]]);
}

export function outsideOf({ outside }: Row): YamlMap {
  return mapOf(outside.map(({ key, value }) => [key.name, value] as const));
}

/** The part of `run_mapping.yaml` that belongs to a run. */
export function mappingEntry({ id, row }: Run, experiment: Experiment): string {
  const entry: [string, YamlValue][] = [['variables', variablesOf(row, experiment)]];
  if (row.outside.length > 0) entry.push(['outside', outsideOf(row)]);
  return toYaml(mapOf([[id, mapOf(entry)]]));
}
