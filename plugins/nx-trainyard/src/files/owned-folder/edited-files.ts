import { chmodSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { listIfReadable } from '../list-folder';
import type { OwnedFiles } from './owned-files';

/** The files that come last are moved one after the other. */
const TOGETHER = 1_000_000_000n;

/**
 * Says of all files in a folder that they are as they were generated: those that come last have
 * changed last. (The time of a change of state, which no program can set, and not that of the last
 * writing: a file that was copied or moved here may be older.)
 *
 * @param folder absolute
 */
export function seal(folder: string, { last }: OwnedFiles): void {
  for (const name of last) {
    const file = join(folder, name);
    try {
      // The same mode again changes nothing but the time.
      chmodSync(file, lstatSync(file).mode & 0o7777);
    } catch {
      // Another user's, or removed meanwhile: then more is kept than need be.
    }
  }
}

/**
 * The files named as the generator's that are not as it left them: somebody has put them there, or
 * edited them since. All of them, where no generator has finished.
 *
 * @param folder absolute
 */
export function editedFiles(folder: string, owned: OwnedFiles): string[] {
  const changed = (name: string): bigint | undefined =>
    lstatSync(join(folder, name), { bigint: true, throwIfNoEntry: false })?.ctimeNs;
  const sealed = owned.last.map((name) => changed(name) ?? 0n).reduce(least);
  return ownFiles(folder, owned).filter((name) => {
    const since = changed(name) ?? 0n;
    return since > (name === owned.last.at(-1) ? sealed + TOGETHER : sealed);
  });
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/**
 * The files named as the generator's; none where there is no such folder, or nobody may look into it,
 * nor write there.
 *
 * @param folder absolute
 */
export function ownFiles(folder: string, { isOwn }: OwnedFiles): string[] {
  return listIfReadable(folder).flatMap((entry) =>
    entry.isFile() && isOwn(entry.name) ? entry.name : [],
  );
}
