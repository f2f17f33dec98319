import { chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { throwDiagnostic } from '../diagnostics';
import { listFolder } from './list-folder';
import { replaceFile } from './replace-file';
import { isNotThere, workOn } from './system-error';

/** Scripts are run by people: `rwxr-xr-x`. */
export const SCRIPT_MODE = 0o755;

/** What a script on disk is, beside one that is right. */
export type ScriptState = 'right' | 'missing' | 'different' | 'not executable';

/** Compares a script on disk with the text that it should have. */
export function scriptState(
  file: string,
  text: string,
): { readonly state: ScriptState; readonly actual: string | undefined } {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return { state: 'missing', actual: undefined };
  if (stat.isDirectory()) {
    return throwDiagnostic('ScriptFile', `${file} must be a script, but it is a folder`, {
      hint: 'Move or rename the folder.',
    });
  }
  // A link leads to a file of somebody else: it is replaced, never written through.
  if (!stat.isFile()) return { state: 'different', actual: '' };
  const actual = readFileSync(file, 'utf8');
  if (actual !== text) return { state: 'different', actual };
  // As git does, only the owner's bit counts: the others are the umask's.
  return { state: (stat.mode & 0o100) !== 0 ? 'right' : 'not executable', actual };
}

/** Writes a script, atomically; one that is right already is not touched. */
export function writeScript(file: string, text: string): ScriptState {
  const { state } = scriptState(file, text);
  if (state === 'right') return state;
  if (state === 'not executable') chmodSync(file, SCRIPT_MODE);
  else {
    const write = (): void => workOn(file, () => replaceFile(file, text, SCRIPT_MODE));
    try {
      write();
    } catch (cause) {
      // Of thousands of scripts, few are the first in their folder.
      if (!isNotThere(cause)) throw cause;
      mkdirSync(dirname(file), { recursive: true });
      write();
    }
  }
  return state;
}

/** Removes a script, and its folder where that leaves it empty. */
export function removeScript(file: string): void {
  rmSync(file);
  const folder = dirname(file);
  if (listFolder(folder).length === 0) rmdirSync(folder);
}
