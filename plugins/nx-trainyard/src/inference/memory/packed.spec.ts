import { pack, unpack } from './packed';

const list = ['a', 'b'];

test.each([
  ['an empty list', []],
  ['an empty object', {}],
  ['nested ones', [{ a: { b: [1, 'x', true, null, 0.5, -1] } }, [], [[{}]]]],
  [
    'keys in another order',
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
  ],
  ['what is shared', { one: list, other: [list, { list }] }],
  ['texts that look like others', ['1', 1, 'null', null, 'true', true, '']],
])('%s is as before', (_, value) => {
  const back = unpack(pack(value));
  expect(back).toEqual(value);
  expect(JSON.stringify(back)).toBe(JSON.stringify(value));
});

test('what was the same object is so again, and what was not is not', () => {
  const [one, other, alike] = unpack(pack([list, list, [...list]])) as [unknown, unknown, unknown];
  expect(one).toBe(other);
  expect(alike).not.toBe(one);
});

test('what is undefined is left out', () => {
  expect(Object.keys(unpack(pack({ a: undefined, b: 1 })) as object)).toEqual(['b']);
});
