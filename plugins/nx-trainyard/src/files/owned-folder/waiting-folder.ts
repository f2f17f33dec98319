import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What has lain so long was left by a process that was killed. Nothing else tells: a process id means
 * nothing on another machine that shares the folder, nor to another user.
 */
const LEFT = 24 * 60 * 60 * 1000;

/** A folder beside another one, where files wait until all of them are made. */
export class WaitingFolder {
  /** Where files wait. It has the mode of any new folder, and may take the other one's place. */
  readonly path: string;
  readonly #own: string;

  /** @param beside the folder that the files will be moved to, without links */
  constructor(beside: string) {
    mkdirSync(dirname(beside), { recursive: true });
    removeLeft(beside);
    this.#own = mkdtempSync(hiddenBeside(beside, ''));
    this.path = join(this.#own, basename(beside));
    mkdirSync(this.path);
  }

  remove(): void {
    rmSync(this.#own, { recursive: true, force: true });
  }
}

/** A path beside a folder that people do not see, and that is removed if it is left there. */
export function hiddenBeside(folder: string, name: string): string {
  return join(dirname(folder), `.${basename(folder)}.trainyard-${name}`);
}

function removeLeft(beside: string): void {
  const prefix = basename(hiddenBeside(beside, ''));
  for (const name of readdirSync(dirname(beside))) {
    if (!name.startsWith(prefix)) continue;
    const path = join(dirname(beside), name);
    try {
      if (Date.now() - statSync(path).mtimeMs < LEFT) continue;
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another user's, or already removed by another process.
    }
  }
}
