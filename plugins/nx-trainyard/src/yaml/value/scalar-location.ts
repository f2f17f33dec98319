import type { Location } from '../../diagnostics';
import type { YamlString } from './value';

/** A range of a string, in UTF-16 units from 0; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The place of a part of a string's value; undefined for a string that no file holds. */
export function locationWithin({ value, location }: YamlString, span: Span): Location | undefined {
  return location && locationIn(value, location, span);
}

/**
 * The place of a part of a text that was written as a YAML scalar, so that an error inside a template
 * or an expression is underlined where it stands. Where quoting or folding makes the file differ from
 * the value, it is the place of the whole scalar.
 */
export function locationIn(value: string, location: Location, { start, end }: Span): Location {
  const { source } = location;
  const raw = source.text.slice(location.start, location.end);
  if (raw === value) return { source, start: location.start + start, end: location.start + end };
  if (raw.slice(1, -1) === value) {
    return { source, start: location.start + 1 + start, end: location.start + 1 + end };
  }
  return raw.startsWith('|') ? locationInBlock(value, location, { start, end }) : location;
}

/** In a literal block each line of the value is a line of the file behind some indentation. */
function locationInBlock(
  value: string,
  { source, start: blockStart, end: blockEnd }: Location,
  { start, end }: Span,
): Location {
  const before = value.slice(0, start).split('\n');
  let at = blockStart;
  for (let line = 0; line < before.length; line++) {
    const next = source.text.indexOf('\n', at);
    if (next === -1) return { source, start: blockStart, end: blockEnd };
    at = next + 1;
  }
  const lineStart = start - (before.at(-1)?.length ?? 0);
  const line = value.slice(lineStart).split('\n', 1)[0] ?? '';
  const indented = source.text.slice(at).split('\n', 1)[0] ?? '';
  const offset = at + Math.max(0, indented.indexOf(line)) + (start - lineStart);
  return { source, start: offset, end: offset + (end - start) };
}
