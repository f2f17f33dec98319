import { createColors } from 'picocolors';
import type { Diagnostic, Location } from './diagnostic';
import { lineText, positionAt } from './position';

export interface RenderOptions {
  /** Colours for a terminal; off by default, so that logs and tests stay clean. */
  readonly color?: boolean;
}

/** Longest part of a line that a code frame shows; generated lines can be megabytes. */
const FRAME_WIDTH = 120;

/** `file:line:column`, the form that terminals and editors turn into a link. */
export function formatLocation(location: Location): string {
  const { line, column } = positionAt(location.source, location.start);
  return `${location.source.path}:${line}:${column}`;
}

/** The line of a place with the place underlined. */
export function codeFrame(location: Location): string {
  const { line, column } = positionAt(location.source, location.start);
  const whole = lineText(location.source, line);
  const from = Math.max(0, Math.min(column - 1, column - 1 - FRAME_WIDTH / 2));
  const text = whole.slice(from, from + FRAME_WIDTH).replaceAll('\t', ' ');
  const left = column - 1 - from;
  const length = Math.min(
    location.end - location.start,
    whole.length - column + 1,
    FRAME_WIDTH - left,
  );
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  return [
    `${gutter} |`,
    `${number} | ${text}`,
    `${gutter} | ${' '.repeat(left)}${'^'.repeat(Math.max(1, length))}`,
  ].join('\n');
}

/** One problem as people read it: place, severity and id, message, code frame, hint. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const paint = createColors(options.color ?? false);
  const tone = { error: paint.red, warning: paint.yellow, note: paint.blue }[diagnostic.severity];
  const parts: string[] = [];
  const head = `${tone(diagnostic.severity)} ${paint.dim(`[${diagnostic.id}]`)}`;
  const where = diagnostic.location ? `${paint.cyan(formatLocation(diagnostic.location))}: ` : '';
  parts.push(`${where}${head} ${diagnostic.message}`);
  if (diagnostic.location) parts.push(codeFrame(diagnostic.location));
  for (const { message, location } of diagnostic.related ?? []) {
    parts.push(`${paint.cyan(formatLocation(location))}: ${message}`, codeFrame(location));
  }
  if (diagnostic.hint) parts.push(`${paint.green('hint')}: ${diagnostic.hint}`);
  return parts.join('\n');
}

/** Several problems, separated by empty lines. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions = {},
): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join('\n\n');
}
