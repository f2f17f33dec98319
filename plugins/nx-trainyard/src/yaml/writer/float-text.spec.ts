import { yamlFloat } from './float-text';

describe('yamlFloat', () => {
  it.each([
    ['a dot before the exponent', 1e-5, '1.0e-05'],
    ['one dot only', 1.5e16, '1.5e+16'],
    ['floats without exponent as Python does', 100000000, '100000000.0'],
    ['infinity', Infinity, '.inf'],
    ['minus infinity', -Infinity, '-.inf'],
    ['not a number', NaN, '.nan'],
  ])('writes %s', (_rule, value, text) => {
    expect(yamlFloat(value)).toBe(text);
  });
});
