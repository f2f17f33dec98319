import type { Diagnostic } from './diagnostic';
import { positionAt } from './position';

/** A problem for programs: `file`, `line` and `column` are absent where it has no place. */
export function diagnosticAsJson({ id, severity, message, place, hint }: Diagnostic): object {
  const where = place && { file: place.source.path, ...positionAt(place.source, place.start) };
  return { id, severity, message, ...where, hint };
}
