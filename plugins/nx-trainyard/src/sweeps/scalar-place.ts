import type { Place } from '../diagnostics';

/** A range of a string, in UTF-16 units from 0; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The place of a part of a string that was written as a YAML scalar: exact where the scalar is
 * written as it reads, plain or in quotes without escapes; otherwise the whole scalar.
 */
export function placeWithin(place: Place, text: string, span: Span): Place {
  const written = place.source.text.slice(place.start, place.end);
  const quotes = written === text ? 0 : 1;
  if (written.slice(quotes, written.length - quotes) !== text) return place;
  const from = place.start + quotes;
  return { source: place.source, start: from + span.start, end: from + span.end };
}
