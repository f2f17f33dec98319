import type { YamlValue } from '../../yaml/value/value';
import type { Experiment, Variable, WrittenKey } from './experiment';

/** A key and a value that rows give it. */
export interface Setting {
  readonly key: WrittenKey;
  readonly value: YamlValue;
}

/** One direction of the grid: a variable, or a zip group whose lists advance together. */
export interface Axis {
  readonly variables: readonly Variable[];
  readonly length: number;
  /** What each choice sets; all rows of the choice share it. */
  readonly settings: readonly (readonly Setting[])[];
  readonly outside: boolean;
}

/** The axes in the order of the rows, the slowest first: variables, zip groups, outside. */
export function axesOf(experiment: Pick<Experiment, 'variables' | 'zip' | 'outside'>): Axis[] {
  const axis = (variables: readonly Variable[], outside = false): Axis => {
    const first = variables[0]?.values ?? [];
    const settings = first.map((_, choice) =>
      variables.flatMap(({ key, values }) => {
        const value = values[choice];
        return value ? [{ key, value }] : [];
      }),
    );
    return { variables, length: first.length, settings, outside };
  };
  return [
    ...experiment.variables.map((variable) => axis([variable])),
    ...experiment.zip.map((group) => axis(group)),
    ...experiment.outside.map((variable) => axis([variable], true)),
  ];
}
