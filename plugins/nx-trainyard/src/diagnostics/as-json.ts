import type { Diagnostic } from './diagnostic';
import { positionAt } from './position';

/** A problem for programs: `file`, `line` and `column` are absent where it has no place. */
export function diagnosticAsJson({ id, severity, message, location, hint }: Diagnostic): object {
  const where = location && {
    file: location.source.path,
    ...positionAt(location.source, location.start),
  };
  return { id, severity, message, ...where, hint };
}
