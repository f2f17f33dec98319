import { oncePer } from '../../basics/once-per';
import { Dict } from '../../yaml/value/dict';
import { blockText } from '../../yaml/writer/inline-text';
import { identical } from '../../yaml/value/identical';
import { readYaml } from '../../yaml/reader/read';
import { toYaml } from '../../yaml/writer/to-yaml';
import type { YamlMap, YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { Setting } from '../plan/rows/grid';
import type { Experiment, Row } from '../experiment/experiment';
import { mapOfOne } from '../plan/overlay';
import type { Run } from '../plan/run';

function mapOf(settings: readonly Setting[]): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const { key, value } of settings) entries.put(key.name, value);
  return { kind: 'map', entries };
}

/** What varies in a row, with the seed of its repetition. */
export function variablesOf({ variables, repeat }: Row, { repeats }: Experiment): YamlMap {
  if (!repeat || !repeats) return mapOf(variables);
  return mapOf([...variables, { key: repeats.seedKey, value: repeat.seed }]);
}

export function outsideOf({ outside }: Row): YamlMap {
  return mapOf(outside);
}

/** Makes `run_mapping.yaml` run by run. */
export class MappingWriter {
  readonly #experiment: Experiment;
  /** Rows share their settings. */
  readonly #linesOf = oncePer(settingLines);

  constructor(experiment: Experiment) {
    this.#experiment = experiment;
  }

  /** The part that belongs to a run: what `OmegaConf.to_yaml` makes of it. */
  entry({ id, row }: Run): string {
    const { variables, outside, repeat } = row;
    let text = `${id}:\n`;
    const { repeats } = this.#experiment;
    if (variables.length === 0 && !repeat) text += '  variables: {}\n';
    else text += `  variables:\n${variables.map(this.#linesOf).join('')}`;
    if (repeat && repeats) text += settingLines({ key: repeats.seedKey, value: repeat.seed });
    if (outside.length === 0) return text;
    return `${text}  outside:\n${outside.map(this.#linesOf).join('')}`;
  }
}

/** A setting as it stands two levels deep. */
function settingLines(setting: Setting): string {
  const map = mapOfOne(str('run'), mapOfOne(str('variables'), mapOf([setting])));
  const text = toYaml(map);
  // A few texts are others once `to_yaml` has written them.
  const isSame = identical(readYaml({ path: '', text }), map);
  return (isSame ? text : `${blockText(map, 0)}\n`).slice('run:\n  variables:\n'.length);
}
