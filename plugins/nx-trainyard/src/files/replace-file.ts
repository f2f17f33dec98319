import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** No two processes have the same, wherever they run. */
const PROCESS = randomBytes(6).toString('hex');
let count = 0;

/**
 * Puts a whole file in the place of what is there: nobody ever sees half of one. Several processes
 * may do so at once, on one machine or on several that share the folder: the last one has its way.
 * (A process id in the name of what waits would mean something on one machine only.)
 *
 * @param mode as it is to be, whatever the umask says; without one, that of any new file
 */
export function replaceFile(file: string, content: string | Uint8Array, mode?: number): void {
  const temporary = `${file}.${PROCESS}${(count++).toString(36)}`;
  try {
    const descriptor = openSync(temporary, 'wx');
    try {
      writeFileSync(descriptor, content);
      if (mode !== undefined) fchmodSync(descriptor, mode);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

/** Removes a file; one that is gone already is no problem. */
export function removeFile(file: string): void {
  rmSync(file, { force: true });
}
