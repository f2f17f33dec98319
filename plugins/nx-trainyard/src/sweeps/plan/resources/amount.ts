import type { Diagnostic, Location } from '../../../diagnostics';
import { DiagnosticError, error } from '../../../diagnostics';
import type { YamlInt, YamlScalar, YamlValue } from '../../../yaml/value/value';
import { wholeOf } from '../../experiment/fields';
import type { Expression } from '../../experiment/expressions/arithmetic';
import { checkNames, evaluate, parseExpression } from '../../experiment/expressions/arithmetic';
import type { Experiment } from '../../experiment/experiment';
import { pythonEqualsExceptBools } from '../../../yaml/value/python-equality';
import { formatValue } from '../../../yaml/writer/format-value';
import { asKey, keyedBy } from './keyed-by';

/** What is written for one resource: a value for all runs, an expression, or one for each value of a variable. */
export type Amount = { readonly location: Location } & (
  | { readonly kind: 'fixed'; readonly value: YamlScalar }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'by value';
      readonly name: string;
      readonly choices: readonly { readonly key: YamlScalar; readonly amount: Amount }[];
    }
);

/** What amounts are read with. */
export interface AmountContext {
  readonly resource: string;
  readonly experiment: Experiment;
  /** The names that an expression may use. */
  readonly known: ReadonlySet<string>;
  /** Texts that are no expressions: a time, or a size such as `32G`. */
  readonly isPlain: (text: string) => boolean;
}

/** Reads what is written for a resource. What the schema refuses counts as absent. */
export function readAmount(
  value: YamlValue,
  context: AmountContext,
  report: (problem: Diagnostic) => void,
): Amount | undefined {
  const { location } = value;
  if (!location) return undefined;
  switch (value.kind) {
    case 'int':
    case 'float':
      return { kind: 'fixed', value, location };
    case 'str':
      return context.isPlain(value.value)
        ? { kind: 'fixed', value, location }
        : readExpression(value.value, location, context, report);
    case 'map': {
      const { resource, experiment } = context;
      const keyed = keyedBy(resource, [...value.entries.keys()], experiment, location);
      const choices = Array.from(value.entries).flatMap(([key, item]) => {
        const amount = readAmount(item, context, report);
        return amount ? [{ key, amount }] : [];
      });
      if (keyed.kind === 'variable')
        return { kind: 'by value', name: keyed.name, choices, location };
      report(keyed.problem);
      return undefined;
    }
    default:
      return undefined;
  }
}

function readExpression(
  text: string,
  location: Location,
  { known }: AmountContext,
  report: (problem: Diagnostic) => void,
): Amount | undefined {
  try {
    const expression = parseExpression(text, location);
    const problems = checkNames(expression, known);
    problems.forEach(report);
    return problems.length > 0 ? undefined : { kind: 'expression', expression, location };
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    cause.diagnostics.forEach(report);
    return undefined;
  }
}

/** Whether all runs have the same amount, whatever they set. */
export function isFixed({ kind }: Amount): boolean {
  return kind === 'fixed';
}

/** What one run gets: a value, where it was written, and whether it was computed. */
export interface Gotten {
  readonly value: YamlScalar;
  readonly location: Location;
  readonly computedFrom: string | undefined;
}

/** @throws DiagnosticError at the place of what has no value for the run */
export function amountFor(
  amount: Amount,
  resource: string,
  values: ReadonlyMap<string, YamlValue>,
  run: string,
): Gotten {
  const { location } = amount;
  switch (amount.kind) {
    case 'fixed':
      return { value: amount.value, location, computedFrom: undefined };
    case 'expression': {
      const { expression } = amount;
      return { value: evaluate(expression, values), location, computedFrom: expression.text };
    }
    case 'by value': {
      const value = values.get(amount.name);
      const choice = value && amount.choices.find(({ key }) => pythonEqualsExceptBools(key, value));
      if (choice) return amountFor(choice.amount, resource, values, run);
      const keys = amount.choices.map(({ key }) => formatValue(key)).join(', ');
      const has = value
        ? `has ${amount.name} ${formatValue(value)}`
        : `has no value for ${amount.name}`;
      throw new DiagnosticError(
        error(
          'ExperimentSchema',
          `${run} ${has}, but 'resources.${resource}' has no entry for it (only ${keys})`,
          {
            location,
            hint: value
              ? `Add an entry for it: '${asKey(value)}: …'.`
              : `Give '${amount.name}' a value in every row of sweep.runs.`,
          },
        ),
      );
    }
  }
}

/** What a run has a whole number of. @throws DiagnosticError when it is none, or too small */
export function countOf(gotten: Gotten, resource: string, run: string): YamlInt {
  const { value, location, computedFrom } = gotten;
  const whole = wholeOf(value);
  // A written `gpus: 0` is for runs on CPUs alone; a computed one is a slip.
  const least = computedFrom === undefined && resource === 'gpus' ? 0n : 1n;
  if (whole !== undefined && whole >= least) return { kind: 'int', value: whole };
  const from = computedFrom === undefined ? '' : ` (${computedFrom})`;
  const not = whole === undefined ? 'not a whole number' : `less than ${least}`;
  throw new DiagnosticError(
    error(
      'ExperimentSchema',
      `'resources.${resource}' of ${run} is ${formatValue(value)}${from}, which is ${not}`,
      {
        location,
        hint:
          whole === undefined
            ? 'Divide with // or use round(…) to get a whole number.'
            : `Wrap it in max(${least}, …), or write a number of at least ${least}.`,
      },
    ),
  );
}
