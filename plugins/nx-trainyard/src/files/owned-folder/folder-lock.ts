import { mkdirSync, rmdirSync, statSync, utimesSync } from 'node:fs';

/** A lock that has not been renewed for so long belongs to a process that is gone. */
const GONE = 10_000;
const RENEWED = 1_000;
const PAUSE = 20;

/** A lock that is held. */
export interface HeldLock {
  /** Says that the work goes on; to be called more often than every ten seconds. */
  renew(): void;
}

/**
 * Works while no other process does so under the same lock: a folder, because to make one is atomic
 * on network file systems too. Whoever waits looks whether the holder renews it, by its own clock:
 * process ids and clocks mean nothing from one machine to another.
 *
 * A process that stopped for longer while it held the lock may find another one at work.
 */
export function underLock<T>(path: string, work: (lock: HeldLock) => T): T {
  const isHeld = take(path);
  let renewed = Date.now();
  const renew = (): void => {
    if (!isHeld || Date.now() - renewed < RENEWED) return;
    renewed = Date.now();
    quietly(() => utimesSync(path, renewed / 1000, renewed / 1000));
  };
  try {
    return work({ renew });
  } finally {
    if (isHeld) quietly(() => rmdirSync(path));
  }
}

/** @returns false where another user's lock can neither be had nor removed: nobody holds it any more */
function take(path: string): boolean {
  let seen: number | undefined;
  let since = 0;
  for (;;) {
    try {
      mkdirSync(path);
      return true;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
    const renewed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (renewed !== seen) {
      seen = renewed;
      since = performance.now();
    } else if (renewed !== undefined && performance.now() - since > GONE) {
      if (!quietly(() => rmdirSync(path))) return false;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
}

/** @returns whether the operating system let it happen */
function quietly(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
