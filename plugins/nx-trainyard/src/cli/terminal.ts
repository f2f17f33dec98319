import type { Diagnostic } from '../diagnostics';
import { renderDiagnostics } from '../diagnostics';
import { json } from '../basics/json';

/** Where a command writes. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether problems are drawn in colours. */
  readonly color: boolean;
}

/** Draws warnings where they do not mix with results. */
export function warn({ err, color }: Terminal, warnings: readonly Diagnostic[]): void {
  if (warnings.length > 0) err(`${renderDiagnostics(warnings, { color })}\n\n`);
}

/** JSON as a program's whole output. */
export function toJson(value: unknown): string {
  return `${json(value, 2)}\n`;
}
