import type { DiagnosticId, WarningId } from './ids';

/** A text with the path under which people know it. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A range of a source text. Offsets count UTF-16 units from 0; `end` is exclusive. */
export interface Location {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/**
 * An error ends the work. A warning is of something that is probably not meant, and is an error where
 * one is strict. A note is worth knowing and no reason to refuse anything, however strict one is.
 */
export type Severity = 'error' | 'warning' | 'note';

/**
 * One problem, told so that the reader can mend it: what is wrong (`message`), where (`location`), and
 * what to write instead (`hint`).
 */
export interface Diagnostic {
  readonly id: DiagnosticId;
  readonly severity: Severity;
  readonly message: string;
  readonly location?: Location;
  readonly hint?: string;
  /** Other places that belong to the same problem, each with its own words. */
  readonly related?: readonly { readonly message: string; readonly location: Location }[];
  /** Every name of the keys that it is about. Not shown: what silences a problem may name them. */
  readonly keys?: readonly string[];
  /** Of a problem about several things, the names of each: it is silenced when each of them is. */
  readonly keysOfEach?: readonly (readonly string[])[];
}

/** Everything about a problem that has a default, or that only some problems have. */
export type DiagnosticDetails = Partial<
  Pick<Diagnostic, 'location' | 'hint' | 'related' | 'keys' | 'keysOfEach'>
>;

export function error(
  id: DiagnosticId,
  message: string,
  details: DiagnosticDetails = {},
): Diagnostic {
  return { id, severity: 'error', message, ...details };
}

export function warning(
  id: WarningId,
  message: string,
  details: DiagnosticDetails = {},
): Diagnostic {
  return { id, severity: 'warning', message, ...details };
}

export function note(id: WarningId, message: string, details: DiagnosticDetails = {}): Diagnostic {
  return { id, severity: 'note', message, ...details };
}

/**
 * How a pure function refuses its input. Carries all problems found, never only the first one of
 * several known. `message` is the problems drawn without colours.
 */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: Diagnostic | readonly Diagnostic[]) {
    const all = Array.isArray(diagnostics) ? diagnostics : [diagnostics as Diagnostic];
    super(all.map((diagnostic) => diagnostic.message).join('\n'));
    this.name = 'DiagnosticError';
    this.diagnostics = all;
  }
}

/** Throws one problem. Typed `never`, so that the compiler knows that nothing follows. */
export function throwDiagnostic(
  id: DiagnosticId,
  message: string,
  details: DiagnosticDetails = {},
): never {
  throw new DiagnosticError(error(id, message, details));
}

/** The order of the problems of one file. */
export function byLocation(a: Diagnostic, b: Diagnostic): number {
  return (a.location?.start ?? 0) - (b.location?.start ?? 0);
}
