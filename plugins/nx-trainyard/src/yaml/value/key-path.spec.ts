import { pathOfKey, readPath, formatKey, writePath } from './key-path';

// Recorded: what OmegaConf 2.2.3's `split_key` makes of these keys.
it.each<[string, string[]]>([
  ['a.b', ['a', 'b']],
  ['a[b]', ['a', 'b']],
  ['[a].b', ['a', 'b']],
  ['[a][b]', ['a', 'b']],
  ['[a]', ['a']],
  ['d[0]', ['d', '0']],
  ['d.0', ['d', '0']],
  ['d[-1]', ['d', '-1']],
  ['a.c[0].x', ['a', 'c', '0', 'x']],
  ['a[c][0][x]', ['a', 'c', '0', 'x']],
  ['a[c.0]', ['a', 'c.0']],
  ["a['b']", ['a', "'b'"]],
  ['a b', ['a b']],
  ['a]b', ['a]b']],
])('%s is the path that OmegaConf reads', (text, path) => {
  expect(readPath(text)).toEqual(path);
});

it.each<[string, string[]]>([
  ['layers\\.0\\.weight', ['layers.0.weight']],
  ['a.b\\.c.d', ['a', 'b.c', 'd']],
  ['a\\[0]', ['a[0]']],
  ['a\\\\.b', ['a\\', 'b']],
  ['C:\\x', ['C:\\x']],
])('%s has marks that are part of a name', (text, path) => {
  expect(readPath(text)).toEqual(path);
});

it.each(['', '.', '.a', 'a.', 'a..b', 'a[]', '[]', 'a[b', 'a[b]c', 'a.[b]', '..a'])(
  '%j is no path: OmegaConf would drop a part of it, or make a key without a name',
  (text) => {
    expect(readPath(text)).toBeUndefined();
    expect(formatKey(text)).toBe(text);
  },
);

it.each([
  [['a', 'b']],
  [['layers.0.weight']],
  [['a[0]', 'b\\', 'c\\.d', 'e]', 'f\\g']],
  [['a\\\\b', '\\']],
])('the path %j is read as it is written', (path) => {
  expect(readPath(writePath(path))).toEqual(path);
  expect(pathOfKey(writePath(path))).toEqual(path);
});

it('one path has one spelling', () => {
  const spellings = ['a.b.0', 'a[b][0]', '[a].b[0]', 'a[b].0', '[a][b][0]'];
  expect(new Set(spellings.map(formatKey))).toEqual(new Set(['a.b.0']));
  expect(formatKey('a[b.c]')).toBe('a.b\\.c');
});
