import { readYaml } from '../reader/read';
import { pythonEquals } from './python-equality';

function equal(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => readYaml({ path: 'config.yaml', text }));
  return x !== undefined && y !== undefined && pythonEquals(x, y);
}

describe('equality in Python', () => {
  it.each([
    ['1', '1.0'],
    ['true', '1'],
    ['0', 'false'],
    ['[1, a]', '[1.0, a]'],
    ['{a: 1, b: 2}', '{b: 2, a: 1}'],
    ['!!binary YQ==', '!!binary YQ=='],
    ['null', '~'],
  ])('holds between %s and %s', (a, b) => {
    expect(equal(a, b)).toBe(true);
  });

  it.each([
    ['1', "'1'"],
    ['9007199254740993', '9007199254740992.0'],
    ['null', '0'],
    ['.nan', '.nan'],
    ['[1]', '[1, 2]'],
    ['[1, 2]', '[1, 3]'],
    ['{a: 1}', '{a: 2}'],
    ['{a: 1}', '{b: 1}'],
    ['{}', '[]'],
  ])('does not hold between %s and %s', (a, b) => {
    expect(equal(a, b)).toBe(false);
  });
});
