import type { Diagnostic, Location } from '../../../diagnostics';
import { didYouMean, warning } from '../../../diagnostics';
import { idleExclusions } from './grid';
import { axesOf } from '../../experiment/axes';
import type { Exclusion, Experiment, Variable } from '../../experiment/experiment';
import { isAnyOf } from './any-of';
import { formatValue } from '../../../yaml/writer/format-value';
import type { YamlValue } from '../../../yaml/value/value';

interface Reason {
  readonly message: string;
  readonly location: Location;
  readonly hint: string;
  readonly keys?: readonly string[];
}

/** Values that a variable never has, and what to write if only their kind is wrong. */
function neverAnyOf(
  anyOf: readonly YamlValue[],
  values: readonly YamlValue[],
  what: string,
): { readonly values: string; readonly hint: string } {
  const alike = anyOf.find((value) =>
    values.some((other) => formatValue(other) === formatValue(value)),
  );
  const hint = alike
    ? `Write ${inQuotes(alike) ? formatValue(alike) : `'${formatValue(alike)}' in quotes`}, as the variable has it.`
    : `Correct the value, or remove the ${what}.`;
  return { values: anyOf.map(shown).join(' or '), hint };
}

const inQuotes = ({ kind }: YamlValue): boolean => kind === 'str';

/** A value as it is written, so that a text is told from a number. */
function shown(value: YamlValue): string {
  return inQuotes(value) ? `'${formatValue(value)}'` : formatValue(value);
}

function reasonOf({ match, location }: Exclusion, swept: readonly Variable[]): Reason {
  for (const { key, anyOf } of match) {
    const variable = swept.find((candidate) => candidate.key.name === key.name);
    if (!variable) {
      const names = swept.map((candidate) => candidate.key.name);
      const ending = names.find((name) => name.endsWith(`.${key.name}`));
      const near = ending === undefined ? didYouMean(key.name, names) : `Did you mean '${ending}'?`;
      const hint = near ?? 'You can exclude only variables, zip groups, and outside keys.';
      return {
        message: `'${key.name}' is not varied`,
        location: key.location,
        hint,
        keys: [key.name],
      };
    }
    if (variable.values.some((value) => isAnyOf(value, anyOf))) continue;
    const { values, hint } = neverAnyOf(anyOf, variable.values, 'exclusion');
    const message = `'${key.name}' is never ${values}`;
    return { message, location: key.location, hint, keys: [key.name] };
  }
  const hint = 'Correct the values, or remove the exclusion.';
  const keys = match.map(({ key }) => key.name);
  return { message: 'these values never come together', location, hint, keys };
}

/**
 * A warning for each condition of `sweep.when` that can never hold, because it asks for a value that
 * a variable or an outside key never has.
 */
export function unusedConditions({ when, extraRows, ...experiment }: Experiment): Diagnostic[] {
  const swept = axesOf(experiment).flatMap(({ variables }) => variables);
  return when.flatMap((condition) =>
    condition.if.flatMap(({ key, anyOf }) => {
      const variable = swept.find((candidate) => candidate.key.name === key.name);
      if (!variable) return [];
      const inRows = extraRows.flat().filter((entry) => entry.key.name === key.name);
      const had = [...variable.values, ...inRows.map(({ value }) => value)];
      if (had.some((value) => isAnyOf(value, anyOf))) return [];
      const { values, hint } = neverAnyOf(anyOf, had, 'condition');
      const message = `this condition never holds: '${key.name}' is never ${values}`;
      return [
        warning('unused-condition', message, { location: key.location, hint, keys: [key.name] }),
      ];
    }),
  );
}

/** A warning for each exclusion that matches no row of the grid. */
export function unusedExclusions(experiment: Experiment): Diagnostic[] {
  const swept = axesOf(experiment).flatMap(({ variables }) => variables);
  return idleExclusions(experiment).map((exclusion) => {
    const { message, ...details } = reasonOf(exclusion, swept);
    return warning('unused-exclusion', `this exclusion matches no row: ${message}`, details);
  });
}
