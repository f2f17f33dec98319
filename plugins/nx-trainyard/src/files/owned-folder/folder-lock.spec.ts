import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { underLock } from './folder-lock';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-lock-'));
  lock = join(folder, '.lock');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A holder on a machine whose clock is years behind. It renews its lock, and releases it in the end. */
const HOLDER = `
const { mkdirSync, rmdirSync, utimesSync } = require('node:fs');
const { workerData: { lock, turns } } = require('node:worker_threads');
const sleep = (time) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time);
for (let turn = 0; turn < turns; turn++) {
  utimesSync(lock, 1_000_000 + turn, 1_000_000 + turn);
  sleep(500);
}
mkdirSync(lock + '-released');
rmdirSync(lock);
`;

describe('a lock', () => {
  it('is held while somebody works under it, and released also when that fails', () => {
    expect(underLock(lock, () => existsSync(lock))).toBe(true);
    expect(existsSync(lock)).toBe(false);
    const failing = (): never => {
      throw new Error('no');
    };
    expect(() => underLock(lock, failing)).toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('is renewed while the work goes on, once a second at most', () => {
    const start = Math.floor(Date.now() / 1000) * 1000;
    const now = jest.spyOn(Date, 'now').mockReturnValue(start);
    const renewed = (): number => statSync(lock).mtimeMs;
    underLock(lock, ({ renew }) => {
      utimesSync(lock, 1, 1);
      now.mockReturnValue(start + 500);
      renew();
      expect(renewed()).toBe(1000);
      now.mockReturnValue(start + 2000);
      renew();
      expect(renewed()).toBe(start + 2000);
    });
  });

  it('is waited for as long as its holder renews it, whatever the clock of its machine says', async () => {
    mkdirSync(lock);
    // Longer than one that nobody renews is waited for.
    const holder = new Worker(HOLDER, { eval: true, workerData: { lock, turns: 24 } });
    await new Promise((resolve) => holder.once('online', resolve));
    expect(underLock(lock, () => existsSync(`${lock}-released`))).toBe(true);
    await new Promise((resolve) => holder.once('exit', resolve));
  }, 60_000);
});
