import { DiagnosticError } from '../src/diagnostics';
import type { Diagnostic } from '../src/diagnostics';

/** What one case did: nothing when it passed, else what was expected and what came. */
export type Verdict = undefined | { readonly expected: unknown; readonly actual: unknown };

/** What an operation gave: its value, or the problems that it was refused for. */
export type Outcome<T> = { readonly value: T } | { readonly rejected: readonly Diagnostic[] };

/** Runs an operation; only a refusal is an outcome, any other exception is a bug. */
export function attempt<T>(operation: () => T): Outcome<T> {
  try {
    return { value: operation() };
  } catch (cause) {
    if (cause instanceof DiagnosticError) return { rejected: cause.diagnostics };
    throw cause;
  }
}

interface ExpectedError {
  readonly error: true | string;
  readonly firstLine?: string;
}

export function isError(expected: unknown): expected is ExpectedError {
  return typeof expected === 'object' && expected !== null && 'error' in expected;
}

/** Compares a value with what was recorded; an expected error is met by a refusal. */
export function judge<T>(
  outcome: Outcome<T>,
  expected: unknown,
  encode: (value: T) => unknown,
): Verdict {
  if ('rejected' in outcome) {
    const actual = { rejected: outcome.rejected.map(({ id, message }) => `${id}: ${message}`) };
    return isError(expected) ? undefined : { expected, actual };
  }
  const actual = encode(outcome.value);
  if (isError(expected)) return { expected, actual };
  return JSON.stringify(actual) === JSON.stringify(expected) ? undefined : { expected, actual };
}
