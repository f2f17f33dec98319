import { count } from './count';

test('one thing is one, and every other number is many', () => {
  expect([0, 1, 2, 1n].map((n) => count(n, 'recipe'))).toEqual([
    '0 recipes',
    '1 recipe',
    '2 recipes',
    '1 recipe',
  ]);
  expect(count(2, 'batch', 'batches')).toBe('2 batches');
});
