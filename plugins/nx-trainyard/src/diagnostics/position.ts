import type { SourceText } from './diagnostic';

/** A position as editors show it: line and column start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<SourceText, readonly number[]>();

/** Offsets at which the lines of a text start. Found once per text: only problems need them. */
function startsOf(source: SourceText): readonly number[] {
  const known = lineStarts.get(source);
  if (known) return known;
  const starts = [0];
  const breaks = /\r\n|[\r\n]/g;
  while (breaks.exec(source.text)) starts.push(breaks.lastIndex);
  lineStarts.set(source, starts);
  return starts;
}

export function positionAt(source: SourceText, offset: number): Position {
  const starts = startsOf(source);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The text of a line (counted from 1) without its line end. */
export function lineText(source: SourceText, line: number): string {
  const starts = startsOf(source);
  return source.text.slice(starts[line - 1] ?? 0, starts[line]).replace(/[\r\n]+$/, '');
}
