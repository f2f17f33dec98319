import type { Location } from '../../../diagnostics';
import type { YamlValue } from '../../../yaml/value/value';
import { walk } from '../../../yaml/value/value-path';
import type { Targets } from '../../plan/keys/targets';
import type { Use } from '../../plan/keys/conflicts';
import { usesOf } from '../../plan/keys/uses';
import type { Experiment } from '../../experiment/experiment';

/** A text that an experiment writes into configs. */
export interface TextSet {
  readonly text: string;
  readonly location: Location | undefined;
  /** Where it stands in a config; undefined for a key that has no place there. */
  readonly path: readonly string[] | undefined;
  /** How the experiment calls the key that it is set under. */
  readonly names: readonly string[];
  readonly by: Use['by'];
}

/** The texts that an experiment writes into configs, those in lists and mappings too. */
export function textsSet(experiment: Experiment, targets: Targets): TextSet[] {
  return [...usesOf(experiment)].flatMap(({ key, value, by }) => {
    if (!['str', 'list', 'map'].includes(value.kind)) return [];
    const assignment = targets.assignment(key.name, value);
    const whole = assignment?.value ?? value;
    const at = assignment?.path;
    const textAt = (path: readonly string[], item: YamlValue): TextSet[] => {
      if (item.kind !== 'str') return [];
      const location = item.location ?? value.location ?? key.location;
      return [{ text: item.value, location, path: at && [...at, ...path], names: [key.name], by }];
    };
    return [
      ...textAt([], whole),
      ...[...walk(whole)].flatMap((each) => textAt(each.path, each.value)),
    ];
  });
}
