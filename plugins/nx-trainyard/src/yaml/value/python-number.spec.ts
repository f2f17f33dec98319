import { pythonFloatAccepts, pythonFloatRepr, pythonIntAccepts } from './python-number';

describe('pythonFloatRepr', () => {
  it.each([
    ['a whole float keeps its .0', 1, '1.0'],
    ['zero has a sign', -0, '-0.0'],
    ['the shortest digits that read back', 0.1 + 0.2, '0.30000000000000004'],
    ['no exponent down to 1e-4', 0.0001, '0.0001'],
    ['an exponent below 1e-4', 0.00001, '1e-05'],
    ['no exponent below 1e16', 9999999999999998, '9999999999999998.0'],
    ['an exponent from 1e16 on', 1e16, '1e+16'],
    ['digits before an exponent', -123456789012345680000, '-1.2345678901234568e+20'],
    ['an exponent of three digits', 5e-324, '5e-324'],
    ['infinity', -Infinity, '-inf'],
    ['not a number', NaN, 'nan'],
  ])('writes %s', (_rule, value, text) => {
    expect(pythonFloatRepr(value)).toBe(text);
  });
});

describe('what Python takes for a number', () => {
  const both = { int: true, float: true };
  const floatOnly = { int: false, float: true };
  const neither = { int: false, float: false };
  it.each([
    ['digits', '42', both],
    ['leading zeros', '007', both],
    ['a sign', '+1', both],
    ['two signs', '+-1', neither],
    ['spaces around', ' 1\n', both],
    ['spaces inside', '1 2', neither],
    ['a Unicode space', '\u30001', both],
    ['a byte-order mark', '\ufeff1', neither],
    ['an ASCII separator', '\x1c1', neither],
    ['single underscores between digits', '1_000', both],
    ['two underscores in a row', '1__0', neither],
    ['an underscore at the edge', '1_', neither],
    ['an underscore at the dot', '1_.5', neither],
    ['digits of other scripts', '١٢', both],
    ['digits beyond the basic plane', '𝟏', both],
    ['circled digits', '①', neither],
    ['a leading dot', '.5', floatOnly],
    ['a trailing dot', '5.', floatOnly],
    ['a dot alone', '.', neither],
    ['an exponent', '1e-5', floatOnly],
    ['an exponent without digits', '1e', neither],
    ['infinity in any case', '-InFinity', floatOnly],
    ['nan', 'nan', floatOnly],
    ['hexadecimal digits', '0x10', neither],
    ['nothing', '', neither],
    ['a word', 'train', neither],
  ])('%s: %j', (_rule, text, expected) => {
    expect({ int: pythonIntAccepts(text), float: pythonFloatAccepts(text) }).toEqual(expected);
  });
});
