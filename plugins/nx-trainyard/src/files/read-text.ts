import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { isNotThere } from './system-error';

/** The text of a file; undefined where there is none. @throws whatever else the operating system refuses */
export function textIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (isNotThere(cause)) return undefined;
    throw cause;
  }
}

/** The text of a file that nothing but a hint or a guess depends on; undefined where it cannot be read. */
export function textIfReadable(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The first bytes of a file as text; undefined where it cannot be opened. */
export function headIfReadable(file: string, bytes: number): string | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    const buffer = Buffer.alloc(bytes);
    return buffer.toString('utf8', 0, readSync(handle, buffer));
  } finally {
    closeSync(handle);
  }
}
