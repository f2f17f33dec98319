import type { YamlValue } from '../../../yaml/value/value';
import type { Use } from './conflicts';
import type { Experiment, WrittenKey } from '../../experiment/experiment';

/** Every key of an experiment that goes into configs, with every value that it can get. */
export function* usesOf(experiment: Experiment): Generator<Use> {
  const outside = new Set(experiment.outside.map(({ key }) => key.name));
  for (const { key, values } of [...experiment.variables, ...experiment.zip.flat()]) {
    for (const value of values) yield { key, value, by: 'variable' };
  }
  for (const { key, value } of experiment.controls) yield { key, value, by: 'control' };
  for (const row of experiment.extraRows) {
    for (const { key, value } of row)
      if (!outside.has(key.name)) yield { key, value, by: 'row', row };
  }
  for (const { set } of experiment.when) for (const entry of set) yield { ...entry, by: 'when' };
  for (const { key } of experiment.derived) {
    // Which number it will be, the rows decide; that it is one can be checked at once.
    yield { key, value: { kind: 'int', value: 0n, location: key.location }, by: 'derived' };
  }
  if (experiment.repeats) {
    // All seeds are integers: one of them stands for all.
    const { seedKey, seeds } = experiment.repeats;
    for (const value of seeds.slice(0, 1)) yield { key: seedKey, value, by: 'seed' };
  }
}

/** The keys that exclusions and conditions ask about, and that the experiment does not set itself. */
export function* askedBy(experiment: Experiment): Generator<WrittenKey> {
  const set = new Set([...usesOf(experiment)].map(({ key }) => key.name));
  for (const { key } of experiment.outside) set.add(key.name);
  const asked = [
    ...experiment.exclude.flatMap(({ match }) => match),
    ...experiment.when.flatMap((condition) => condition.if),
  ];
  for (const { key } of asked) if (!set.has(key.name)) yield key;
}

/** The `_component_` values that an experiment sets, by the dotted path of their block. */
export function componentsOf(experiment: Experiment): Map<string, readonly string[]> {
  const components = new Map<string, readonly string[]>();
  const add = (path: string, value: YamlValue): void => {
    if (value.kind === 'map') {
      for (const [key, item] of value.entries)
        if (key.kind === 'str') add(`${path}.${key.value}`, item);
    }
    if (value.kind !== 'str' || !path.endsWith('._component_')) return;
    const block = path.slice(0, -'._component_'.length);
    components.set(block, [...(components.get(block) ?? []), value.value]);
  };
  for (const { key, value } of usesOf(experiment)) add(key.name, value);
  return components;
}
