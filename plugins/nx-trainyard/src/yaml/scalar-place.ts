import type { Place } from '../diagnostics';
import type { YamlString } from './value';

/**
 * The place of a part of a string's value in the file that it was read from, so that an error inside
 * a template or an expression is underlined where it was written. Where quoting or folding makes the
 * text differ from the value, the place is the whole scalar.
 *
 * @param start offset into `scalar.value`; `end` is exclusive
 */
export function placeWithin(scalar: YamlString, start: number, end: number): Place | undefined {
  const { place, value } = scalar;
  if (!place) return undefined;
  const { source } = place;
  const raw = source.text.slice(place.start, place.end);
  if (raw === value) return { source, start: place.start + start, end: place.start + end };
  if (raw.slice(1, -1) === value) {
    return { source, start: place.start + 1 + start, end: place.start + 1 + end };
  }
  if (raw.startsWith('|')) return placeInBlock(scalar, place, start, end);
  return place;
}

/** In a literal block each line of the value is a line of the file behind some indentation. */
function placeInBlock(
  { value }: YamlString,
  { source, start: blockStart, end: blockEnd }: Place,
  start: number,
  end: number,
): Place {
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
