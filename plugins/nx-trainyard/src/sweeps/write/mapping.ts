import { oncePer } from '../../basics/once-per';
import { blockText } from '../../yaml/writer/inline-text';
import { identical } from '../../yaml/value/identical';
import { readYaml } from '../../yaml/reader/read';
import { toYaml } from '../../yaml/writer/to-yaml';
import { str } from '../../yaml/value/value';
import type { Setting } from '../experiment/axes';
import type { Experiment } from '../experiment/experiment';
import { settingsMap } from '../plan/row-values';
import { mapOfOne } from '../plan/overlay';
import type { Run } from '../plan/shapes/run';

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
  const map = mapOfOne(str('run'), mapOfOne(str('variables'), settingsMap([setting])));
  const text = toYaml(map);
  // A few texts are others once `to_yaml` has written them.
  const isSame = identical(readYaml({ path: '', text }), map);
  return (isSame ? text : `${blockText(map, 0)}\n`).slice('run:\n  variables:\n'.length);
}
