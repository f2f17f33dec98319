import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSweepFile } from './file-names';

/** The mapping and the manifest are moved one after the other. */
const TOGETHER = 1_000_000_000n;

/**
 * Says of all files of a sweep that they are as they were generated: the mapping and the manifest
 * have changed last. (The time of a change of state, which no program can set, and not that of the
 * last writing: a file that was copied or moved here may be older.)
 *
 * @param folder `configs/`, absolute
 */
export function seal(folder: string): void {
  for (const name of ['run_mapping.yaml', 'manifest.json']) {
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
 * The files named as those of a sweep that are not as a generator left them: somebody has put them
 * there, or edited them since. All of them, where no generator has finished.
 *
 * @param folder `configs/`, absolute
 */
export function editedFiles(folder: string): string[] {
  const changed = (name: string): bigint | undefined =>
    lstatSync(join(folder, name), { bigint: true, throwIfNoEntry: false })?.ctimeNs;
  const mapping = changed('run_mapping.yaml');
  const manifest = changed('manifest.json');
  const sealed = mapping === undefined || manifest === undefined ? 0n : least(mapping, manifest);
  return ownFiles(folder).filter((name) => {
    const since = changed(name) ?? 0n;
    return since > (name === 'manifest.json' ? sealed + TOGETHER : sealed);
  });
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** The files named as those of a sweep. @param folder `configs/`, absolute */
export function ownFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() && isSweepFile(entry.name) ? entry.name : [],
    );
  } catch {
    // There is no such folder, or nobody may look into it, nor write there.
    return [];
  }
}
