import { Dict } from './dict';
import { readYaml } from '../reader/read';
import { locationWithin } from './scalar-location';
import type { YamlString, YamlValue } from './value';

/** What of the file is underlined for a word of the value of `a`. */
function underlined(text: string, word: string): string {
  const root = readYaml({ path: 'x.yaml', text });
  const entries: Dict<YamlValue> = root.kind === 'map' ? root.entries : new Dict();
  const scalar = entries.at('a') as YamlString;
  const start = scalar.value.indexOf(word);
  const location = locationWithin(scalar, { start, end: start + word.length });
  if (!location) throw new Error('no place');
  return `${location.start}: ${location.source.text.slice(location.start, location.end)}`;
}

describe('the place of a part of a string in its file', () => {
  it('is exact for plain and quoted text', () => {
    expect(underlined('a: one two', 'two')).toBe('7: two');
    expect(underlined("a: 'one two'", 'two')).toBe('8: two');
    expect(underlined('a: "one two"', 'two')).toBe('8: two');
  });

  it('is exact in a literal block, whatever its indentation', () => {
    expect(underlined('a: |\n  one\n  two\n', 'two')).toBe('13: two');
    expect(underlined('a: |-\n    one\n\n      two three\n', 'three')).toBe('25: three');
  });

  it('is the whole scalar where escapes or folding change the text', () => {
    expect(underlined('a: "one\\ttwo"', 'two')).toBe('3: "one\\ttwo"');
    expect(underlined('a: one\n  two', 'two')).toBe('3: one\n  two');
  });

  it('is nowhere for a string that a program made', () => {
    expect(locationWithin({ kind: 'str', value: 'x' }, { start: 0, end: 1 })).toBeUndefined();
  });
});
