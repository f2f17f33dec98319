import { Dict } from '../../yaml/value/dict';
import type { YamlMap, YamlValue } from '../../yaml/value/value';
import type { Experiment, Row } from '../experiment/experiment';
import type { Setting } from '../experiment/axes';

/** Settings as a mapping of their keys as they are written. */
export function settingsMap(settings: readonly Setting[]): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const { key, value } of settings) entries.put(key.name, value);
  return { kind: 'map', entries };
}

/** What varies in a row, with the seed of its repetition. */
export function variablesOf({ variables, repeat }: Row, { repeats }: Experiment): YamlMap {
  if (!repeat || !repeats) return settingsMap(variables);
  return settingsMap([...variables, { key: repeats.seedKey, value: repeat.seed }]);
}

/** What varies in a row outside of the config. */
export function outsideOf({ outside }: Row): YamlMap {
  return settingsMap(outside);
}
