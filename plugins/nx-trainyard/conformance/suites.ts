import { readFileSync } from 'node:fs';
import { DiagnosticError } from '../src/diagnostics';
import { readYaml } from '../src/yaml/read';
import type { YamlValue } from '../src/yaml/value';
import type { Typed } from './typed';
import { isError, normalise, toTyped } from './typed';

/** What one case did: nothing when it passed, else what was expected and what came. */
export type Verdict = undefined | { readonly expected: unknown; readonly actual: unknown };

type Case = { readonly id: string; readonly expected: unknown } & Record<string, unknown>;

/** Runs one case of a suite. */
export type Suite = (test: never) => Verdict;

/** What an operation gave: its value, or the ids of the problems that it was refused for. */
export type Outcome<T> = { readonly value: T } | { readonly refused: readonly string[] };

export function attempt<T>(operation: () => T): Outcome<T> {
  try {
    return { value: operation() };
  } catch (cause) {
    if (cause instanceof DiagnosticError) return { refused: cause.diagnostics.map(({ id }) => id) };
    throw cause;
  }
}

/** Compares a value with what was recorded; an expected error is met by any refusal. */
export function judge<T>(outcome: Outcome<T>, expected: unknown, encode: (value: T) => unknown): Verdict {
  if (isError(expected)) return 'refused' in outcome ? undefined : { expected, actual: outcome.value };
  if ('refused' in outcome) return { expected, actual: outcome };
  const actual = encode(outcome.value);
  return JSON.stringify(actual) === JSON.stringify(expected) ? undefined : { expected, actual };
}

function yamlSuite(test: Case & { text: string }): Verdict {
  const read = attempt(() => readYaml({ path: `${test.id}.yaml`, text: test.text }));
  const expected = isError(test.expected) ? test.expected : normalise(test.expected as Typed);
  return judge(read, expected, (value: YamlValue) => toTyped(value));
}

export const suites: Readonly<Record<string, Suite>> = {
  'yaml-scalars': yamlSuite,
  'yaml-documents': yamlSuite,
};

export function readCases(file: string): Case[] {
  return JSON.parse(readFileSync(file, 'utf8')) as Case[];
}
