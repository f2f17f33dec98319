import { readYaml } from '../reader/read';
import { formatValue } from './format-value';

describe('a value inside a text', () => {
  it.each([
    ['3e-4', '0.0003'],
    ['1e-5', '1.0e-05'],
    ['1.0', '1.0'],
    ['10', '10'],
    ['yes', 'true'],
    ['~', 'null'],
    ['"8"', '8'],
    ['"true"', 'true'],
    ['a: {b: [1, x]}', '{a: {b: [1, x]}}'],
    ['[]', '[]'],
    ['.inf', '.inf'],
    ['!!binary aGk=', 'aGk='],
  ])('%s is %s', (text, formatted) => {
    expect(formatValue(readYaml({ path: 'value.yaml', text }))).toBe(formatted);
  });
});
