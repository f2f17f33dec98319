import { createHash } from 'node:crypto';
import { SeenRuns } from './seen-runs';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

it('the first run with a key is found among very many', () => {
  const seen = new SeenRuns(20_000);
  for (let run = 0; run < 20_000; run++) expect(seen.add(sha256(String(run)), run)).toBeUndefined();
  for (const run of [0, 1, 9_999, 19_999]) expect(seen.add(sha256(String(run)), -1)).toBe(run);
});

it('keys that start alike are told apart', () => {
  const seen = new SeenRuns(4);
  const key = (digits: string): string => digits.padEnd(64, '0');
  expect(seen.add(key('00000000ffffffff'), 0)).toBeUndefined();
  expect(seen.add(key('00000001ffffffff'), 1)).toBeUndefined();
  expect(seen.add(key('0000000000000000'), 2)).toBeUndefined();
  expect(seen.add(key('00000001ffffffff'), 3)).toBe(1);
});
