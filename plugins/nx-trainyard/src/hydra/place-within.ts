import type { Place } from '../diagnostics';
import type { YamlString } from '../yaml/value';
import type { Span } from './grammar/ast';

/**
 * The place of a part of a string in its file, where the file shows the string as it is: plain, or
 * in quotes without escapes. Otherwise the place of the whole string.
 */
export function placeWithin({ value, place }: YamlString, span: Span): Place | undefined {
  if (!place) return undefined;
  const written = place.source.text.slice(place.start, place.end);
  const at = written === value ? 0 : written === `'${value}'` || written === `"${value}"` ? 1 : -1;
  if (at === -1) return place;
  const from = place.start + at;
  return { source: place.source, start: from + span.start, end: from + span.end };
}
