import type { Diagnostic } from '../../../diagnostics';
import { didYouMean, error, throwDiagnostic } from '../../../diagnostics';
import { pythonTypeName } from '../../../yaml/value/value';
import type { YamlValue } from '../../../yaml/value/value';
import type { Expression, Term } from './expression';
import type { YamlNumber } from '../experiment';
import { NoResult, binary, extreme, negative, round } from './python-operators';
import type { Span } from '../../../yaml/value/scalar-location';
import { locationIn } from '../../../yaml/value/scalar-location';
import { formatValue } from '../../../yaml/writer/format-value';

export { parseExpression } from './expression';
export type { Expression } from './expression';

function* namesOf(term: Term): Generator<Span & { readonly name: string }> {
  switch (term.kind) {
    case 'number':
      return;
    case 'name':
      yield term;
      return;
    case 'negative':
      return yield* namesOf(term.operand);
    case 'binary':
      yield* namesOf(term.left);
      return yield* namesOf(term.right);
    case 'call':
      for (const arg of term.args) yield* namesOf(arg);
  }
}

function unknownName(
  expression: Expression,
  span: Span & { name: string },
  known: Iterable<string>,
) {
  const hint =
    didYouMean(span.name, known) ?? 'Use a name from this file, or a key of the base config.';
  return error(
    'ExperimentSchema',
    `'${span.name}' is not a variable, control, outside key, or key of the base config`,
    {
      location: locationIn(expression.text, expression.location, span),
      hint,
    },
  );
}

/** An error for each name of an expression that is not known, with the nearest that is. */
export function checkNames(
  expression: Expression,
  known: ReadonlySet<string>,
  later: ReadonlySet<string> = new Set(),
  own?: string,
): Diagnostic[] {
  return Array.from(namesOf(expression.root))
    .filter(({ name }) => !known.has(name))
    .map((name) => {
      const problem = unknownName(expression, name, known);
      if (!later.has(name.name)) return problem;
      if (name.name === own) {
        const self = `'${own}' is what this expression derives`;
        return { ...problem, message: self, hint: "Write the base's value itself." };
      }
      const message = `'${name.name}' is also derived, but not above this expression`;
      return {
        ...problem,
        message,
        hint: `Move '${name.name}' above this expression. They cannot depend on each other.`,
      };
    });
}

/**
 * The value of an expression as Python computes it.
 *
 * @param values what the names stand for
 * @throws DiagnosticError with the place of the token: `ExperimentSchema` for a name that has no
 *   value, a division by zero and everything else that Python refuses; `TypeMismatch` for a name
 *   that is no number (`true` is none)
 */
export function evaluate(
  expression: Expression,
  values: ReadonlyMap<string, YamlValue>,
): YamlNumber {
  const numberOf = (span: Span & { name: string }): YamlNumber => {
    const value = values.get(span.name);
    if (value?.kind === 'int' || value?.kind === 'float') return value;
    const { message, ...problem } = unknownName(expression, span, values.keys());
    if (!value) return throwDiagnostic(problem.id, message, problem);
    const { location } = problem;
    return throwDiagnostic(
      'TypeMismatch',
      `'${span.name}' is ${formatValue(value)} (${pythonTypeName(value)}), which is not a number`,
      { ...(location && { location }), hint: 'Use only numbers in an expression.' },
    );
  };
  const compute = (term: Term): YamlNumber => {
    switch (term.kind) {
      case 'number':
        return term.value;
      case 'name':
        return numberOf(term);
      case 'negative':
        return negative(compute(term.operand));
      case 'binary': {
        const left = compute(term.left);
        const right = compute(term.right);
        return attempt(expression, term, () => binary(term.operator, left, right));
      }
      case 'call': {
        const args = term.args.map(compute);
        const [first, second] = args;
        if (term.name !== 'round' || !first)
          return extreme(term.name === 'max' ? 'max' : 'min', args);
        return attempt(expression, term, () => round(first, second));
      }
    }
  };
  return compute(expression.root);
}

function attempt(expression: Expression, span: Span, operate: () => YamlNumber): YamlNumber {
  try {
    return operate();
  } catch (problem) {
    if (!(problem instanceof NoResult)) throw problem;
    return throwDiagnostic(
      'ExperimentSchema',
      `'${expression.text}' cannot be computed: ${problem.message}`,
      {
        location: locationIn(expression.text, expression.location, span),
      },
    );
  }
}
