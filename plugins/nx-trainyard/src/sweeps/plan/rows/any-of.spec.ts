import { Dict } from '../../../yaml/value/dict';
import { readYaml } from '../../../yaml/reader/read';
import type { YamlValue } from '../../../yaml/value/value';
import { isAnyOf } from './any-of';
import { pythonEqualsExceptBools } from '../../../yaml/value/python-equality';

function value(text: string): YamlValue {
  return readYaml({ path: 'value.yaml', text });
}

describe('two values are the same', () => {
  it.each([
    ['1', '1.0'],
    ['0x10', '16'],
    ['-0.0', '0'],
    ['a', '"a"'],
    ['null', '~'],
    ['true', 'yes'],
    ['[1, a]', '[1.0, a]'],
    ['{a: 1, b: 2}', '{b: 2.0, a: 1}'],
    ['{1: a}', '{1.0: a}'],
    ['!!binary YQ==', '!!binary YQ=='],
    ['9007199254740992', '9007199254740992.0'],
  ])('%s and %s', (a, b) => {
    expect(pythonEqualsExceptBools(value(a), value(b))).toBe(true);
    expect(pythonEqualsExceptBools(value(b), value(a))).toBe(true);
  });
});

describe('two values differ', () => {
  it.each([
    ['1', 'true'],
    ['0', 'false'],
    ['1', '"1"'],
    ['null', '""'],
    ['.nan', '.nan'],
    ['[1]', '[1, 2]'],
    ['[1]', '1'],
    ['{a: 1}', '{a: 1, b: 2}'],
    ['{a: 1}', '{b: 1}'],
    ['{}', '[]'],
    ['9007199254740993', '9007199254740992.0'],
    ['!!binary YQ==', 'a'],
  ])('%s and %s', (a, b) => {
    expect(pythonEqualsExceptBools(value(a), value(b))).toBe(false);
    expect(pythonEqualsExceptBools(value(b), value(a))).toBe(false);
  });
});

it('looks for a value among several', () => {
  const allowed = [value('8'), value('16')];
  expect(isAnyOf(value('16.0'), allowed)).toBe(true);
  expect(isAnyOf(value('32'), allowed)).toBe(false);
  expect(isAnyOf({ kind: 'map', entries: new Dict() }, [])).toBe(false);
});
