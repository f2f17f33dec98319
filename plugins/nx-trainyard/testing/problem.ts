import type { Diagnostic } from '../src/diagnostics';
import { DiagnosticError } from '../src/diagnostics';

/** The first problem for which something is refused. @throws Error where nothing is */
export function problem(action: () => unknown): Diagnostic {
  try {
    action();
  } catch (cause) {
    if (cause instanceof DiagnosticError && cause.diagnostics[0]) return cause.diagnostics[0];
    throw cause;
  }
  throw new Error('nothing was refused');
}
