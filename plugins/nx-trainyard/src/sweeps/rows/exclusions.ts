import type { Diagnostic, Place } from '../../diagnostics';
import { didYouMean, warning } from '../../diagnostics';
import { axesOf, idleExclusions } from './grid';
import type { Exclusion, Experiment, Variable } from '../model';
import { isAnyOf } from './same-value';
import { spell } from '../spell';

interface Reason {
  readonly message: string;
  readonly place: Place;
  readonly hint: string;
}

function reasonOf({ match, place }: Exclusion, swept: readonly Variable[]): Reason {
  for (const { key, anyOf } of match) {
    const variable = swept.find((candidate) => candidate.key.name === key.name);
    if (!variable) {
      const near = didYouMean(
        key.name,
        swept.map((candidate) => candidate.key.name),
      );
      const hint = near ?? 'Only variables, zip groups and outside keys can be excluded.';
      return { message: `'${key.name}' is not varied`, place: key.place, hint };
    }
    if (variable.values.some((value) => isAnyOf(value, anyOf))) continue;
    const values = anyOf.map((value) => spell(value)).join(' or ');
    const hint = 'Correct the value, or remove the exclusion.';
    return { message: `'${key.name}' is never ${values}`, place: key.place, hint };
  }
  const hint = 'Correct the values, or remove the exclusion.';
  return { message: 'these values never come together', place, hint };
}

/** A warning for each exclusion that matches no row of the grid. */
export function unusedExclusions(experiment: Experiment): Diagnostic[] {
  const swept = axesOf(experiment).flatMap(({ variables }) => variables);
  return idleExclusions(experiment).map((exclusion) => {
    const { message, ...details } = reasonOf(exclusion, swept);
    return warning('unused-exclusion', `this exclusion matches no row: ${message}`, details);
  });
}
