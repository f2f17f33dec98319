import type { Diagnostic, Location } from '../../../diagnostics';
import { error } from '../../../diagnostics';
import type { YamlScalar, YamlValue } from '../../../yaml/value/value';
import type { Experiment } from '../../experiment/experiment';
import { isAnyOf } from '../rows/any-of';
import { pythonEqualsExceptBools } from '../../../yaml/value/python-equality';
import { scalarToYaml } from '../../../yaml/writer/to-yaml';
import { formatValue } from '../../../yaml/writer/format-value';

/** Something that has a value in each run, and the values that it has. */
interface Candidate {
  readonly name: string;
  readonly values: readonly YamlValue[];
}

/** Whose values the keys of a resource are, or why nobody can tell. */
type Keyed =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'unclear'; readonly problem: Diagnostic };

/**
 * Whose values the keys of a resource are: a variable of which every value is a key, else one of
 * which some are; where there is none, the control that the sweep has left of it.
 *
 * @returns its name, or why nobody can tell
 */
export function keyedBy(
  resource: string,
  keys: readonly YamlScalar[],
  experiment: Experiment,
  location: Location,
): Keyed {
  const varied = variedOf(experiment);
  const controls = experiment.controls.map(({ key, value }) => ({
    name: key.name,
    values: [value],
  }));
  const fits = (candidates: readonly Candidate[]) =>
    candidates.filter(({ values }) => values.some((value) => isAnyOf(value, keys)));
  const inVaried = fits(varied);
  const some = inVaried.length > 0 ? inVaried : fits(controls);
  const best = narrowed(
    narrowed(some, ({ values }) => values.every((value) => isAnyOf(value, keys))),
    ({ values }) => keys.every((key) => isAnyOf(key, values)),
  );
  const [first, second] = best;
  if (first && !second) return { kind: 'variable', name: first.name };
  const example = varied.find(({ values }) => values.length > 0 && values.every(isScalar));
  const name = `'resources.${resource}'`;
  if (!first) {
    const problem = error(
      'ExperimentSchema',
      `the keys of ${name} are not values of any variable: ${keys.map(asKey).join(', ')}`,
      {
        location,
        hint: example
          ? `Write one value for all runs, or one for each value of a variable: {${example.values.map((value) => `${asKey(value)}: …`).join(', ')}} for ${example.name}.`
          : 'Write one value for all runs; no variable has values that could be keys.',
      },
    );
    return { kind: 'unclear', problem };
  }
  const names = best.map((candidate) => `'${candidate.name}'`).join(' and ');
  const problem = error(
    'ExperimentSchema',
    `the keys of ${name} match the values of both ${names}`,
    {
      location,
      hint: `Write an expression with the name of the variable you mean, such as "max(1, ${first.name} // 8)".`,
    },
  );
  return { kind: 'unclear', problem };
}

const isScalar = ({ kind }: YamlValue): boolean => kind !== 'map' && kind !== 'list';

/** Those that have a property, if any has it. */
function narrowed<T>(all: readonly T[], has: (one: T) => boolean): readonly T[] {
  const some = all.filter(has);
  return some.length > 0 ? some : all;
}

function variedOf({ variables, zip, outside, extraRows }: Experiment): Candidate[] {
  const values = new Map<string, YamlValue[]>();
  for (const { key, values: own } of [...variables, ...zip.flat(), ...outside]) {
    values.set(key.name, [...own]);
  }
  for (const { key, value } of extraRows.flat()) {
    const known = values.get(key.name) ?? [];
    if (!known.some((other) => pythonEqualsExceptBools(other, value)))
      values.set(key.name, [...known, value]);
  }
  return Array.from(values, ([name, own]) => ({ name, values: own }));
}

/** A value as one writes it for a key, in quotes where it needs them. */
export function asKey(value: YamlValue): string {
  if (value.kind === 'map' || value.kind === 'list') return formatValue(value);
  return scalarToYaml(value, { column: 0, indent: 0, width: Infinity });
}
