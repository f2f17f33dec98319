import type { Diagnostic } from '../../../diagnostics';
import { warning } from '../../../diagnostics';
import type { Condition, Experiment, PartialRow, Row } from '../../experiment/experiment';
import { Rows } from '../../plan/rows/rows';
import { formatValue } from '../../../yaml/writer/format-value';
import type { Holding } from '../../plan/computed';
import { meets } from '../../plan/computed';
import type { Scope } from '../../plan/scope';

type Term = Condition['if'][number];
type Setting = PartialRow[number];

/** What becomes of the conditions in one row. */
interface Conditions {
  conditionsOf(row: Row): { readonly scope: Scope; readonly holding: readonly Holding[] };
}

/**
 * A warning for each condition of `sweep.when` that holds for no row, and for each setting of one
 * that an earlier condition always takes the place of. Rows that only a sample leaves out count.
 *
 * @param most after so many rows nothing is said
 */
export function idleConditions(
  experiment: Experiment,
  maker: Conditions,
  most: number,
): Diagnostic[] {
  const settings = new Set<Setting>(experiment.when.flatMap(({ set }) => set));
  const terms = new Set<Term>(experiment.when.flatMap((condition) => condition.if));
  const idle = new Set<Condition>(experiment.when);
  if (settings.size === 0) return [];
  for (const row of new Rows({ ...experiment, sample: undefined })) {
    if (row.index === most) return [];
    const { scope, holding } = maker.conditionsOf(row);
    for (const term of terms) if (meets(term, scope.values)) terms.delete(term);
    for (const { condition, set } of holding) {
      idle.delete(condition);
      for (const setting of set) settings.delete(setting);
    }
    if (settings.size === 0) return [];
  }
  return experiment.when.flatMap((condition) => {
    if (idle.has(condition)) return [neverHolds(condition, terms)];
    return condition.set.filter((setting) => settings.has(setting)).map(neverCounts);
  });
}

function neverHolds(condition: Condition, never: ReadonlySet<Term>): Diagnostic {
  const term = condition.if.find((each) => never.has(each));
  const names = condition.if.map(({ key }) => key.name);
  const what = term
    ? `'${term.key.name}' is never ${term.anyOf.map(formatValue).join(' or ')}`
    : 'these values never come together';
  return warning('unused-condition', `this condition never holds: ${what}`, {
    location: term?.key.location ?? condition.location,
    hint: 'Correct the value, or remove the condition.',
    keys: term ? [term.key.name] : names,
  });
}

function neverCounts({ key }: Setting): Diagnostic {
  const message = `'${key.name}' is never set here: wherever this holds, a condition above sets it`;
  return warning('unused-condition', message, {
    location: key.location,
    hint: 'The first condition that holds wins. Move this one above it, or remove it.',
    keys: [key.name],
  });
}
