import type { Diagnostic } from './diagnostics';
import { DiagnosticError, didYouMean, error } from './diagnostics';
import { count } from './basics/count';

/** What a property or an argument may be. */
export type ArgumentKind = 'text' | 'texts' | 'flag' | 'environment' | 'folders';

/** The properties of a request. Typed so that none can be forgotten when a request gets another. */
export type Properties<T> = {
  readonly [K in keyof Required<T>]: { readonly kind: ArgumentKind; readonly required: boolean };
};

export const required = (kind: ArgumentKind) => ({ kind, required: true });
export const optional = (kind: ArgumentKind) => ({ kind, required: false });

const KINDS: Readonly<
  Record<ArgumentKind, { readonly name: string; readonly fits: (value: unknown) => boolean }>
> = {
  text: { name: 'a string', fits: (value) => typeof value === 'string' },
  texts: {
    name: 'an array of strings',
    fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  },
  flag: { name: 'true or false', fits: (value) => typeof value === 'boolean' },
  environment: { name: 'an object of strings', fits: isObject },
  folders: {
    name: 'an object of paths of folders',
    fits: (value) =>
      isObject(value) && Object.values(value).every((path) => typeof path === 'string'),
  },
};

/**
 * Checks the object that a function of the API is called with: JavaScript has no compiler that would.
 *
 * @throws DiagnosticError `Arguments` with everything that is wrong with it
 */
export function checkRequest<T>(call: string, request: unknown, properties: Properties<T>): void {
  const known = properties as Readonly<Record<string, { kind: ArgumentKind; required: boolean }>>;
  const needed = Object.keys(known).filter((name) => known[name]?.required);
  const example = `${call}({ ${needed.map((name) => `${name}: …`).join(', ')} })`;
  if (!isObject(request)) {
    throw wrong(call, `expects an object, got ${described(request)}`, `Write ${example}.`);
  }
  const problems: Diagnostic[] = [];
  for (const name of Object.keys(request)) {
    if (name in known) continue;
    const hint =
      didYouMean(name, Object.keys(known)) ??
      `The properties are ${Object.keys(known).join(', ')}.`;
    problems.push(problem(call, `has no property '${name}'`, hint));
  }
  for (const [name, { kind, required: isRequired }] of Object.entries(known)) {
    const value = request[name];
    const { name: wanted, fits } = KINDS[kind];
    if (value === undefined) {
      if (isRequired)
        problems.push(problem(call, `needs '${name}', ${wanted}`, `Write ${example}.`));
    } else if (!fits(value)) {
      const message = `expects ${wanted} for '${name}', got ${described(value)}`;
      const hint =
        kind === 'texts' && typeof value === 'string'
          ? `Write [${JSON.stringify(value)}].`
          : `Pass ${wanted}.`;
      problems.push(problem(call, message, hint));
    }
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
}

/** Refuses an argument that is not what a function takes. */
export function checkArgument(
  call: string,
  value: unknown,
  fits: (value: unknown) => boolean,
  wanted: string,
): void {
  if (!fits(value))
    throw wrong(call, `expects ${wanted}, got ${described(value)}`, `Pass ${wanted}.`);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(call: string, message: string, hint: string): DiagnosticError {
  return new DiagnosticError(problem(call, message, hint));
}

function problem(call: string, message: string, hint: string): Diagnostic {
  return error('Arguments', `${call} ${message}`, { hint });
}

/** A value as a message names it. */
function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `an array of ${count(value.length, 'item')}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object') return value === null ? 'null' : 'an object';
  return `the ${typeof value} ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`;
}
