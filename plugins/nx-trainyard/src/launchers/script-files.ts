import { chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refuse, workOn } from '../diagnostics';
import { replaceFile } from '../replace-file';
import type { Collection } from './collection';

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
    return refuse('ScriptFile', `${file} is a folder, and a script has to be there`, {
      hint: 'Move the folder elsewhere.',
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
    mkdirSync(dirname(file), { recursive: true });
    workOn(file, () => replaceFile(file, text, SCRIPT_MODE));
  }
  return state;
}

/**
 * Scripts that belong to no recipe: `*.sh` directly in a folder of the output folder that is not
 * preserved. Paths from the workspace root, sorted.
 */
export function findOrphans(collection: Collection): string[] {
  const { settings, root } = collection;
  const owned = new Set<string>();
  for (const fate of collection.fates.values()) {
    if (fate.kind === 'generated' || fate.kind === 'manual') owned.add(fate.script);
    // Of two recipes that claim one script, nobody knows yet whose it is.
    if (fate.kind === 'refused' && fate.script !== undefined) owned.add(fate.script);
  }
  for (const { script } of settings.manuallyMaintained.values()) {
    owned.add(`${settings.outputDir}/${script}`);
  }
  const orphans: string[] = [];
  for (const folder of listFolder(join(root, settings.outputDir))) {
    if (!folder.isDirectory() || settings.preservedDirs.includes(folder.name)) continue;
    const path = `${settings.outputDir}/${folder.name}`;
    for (const file of listFolder(join(root, path))) {
      const script = `${path}/${file.name}`;
      if (file.isFile() && file.name.endsWith('.sh') && !owned.has(script)) orphans.push(script);
    }
  }
  return orphans.sort();
}

/** Removes the scripts that belong to no recipe, and folders that this leaves empty. */
export function pruneOrphans(collection: Collection): string[] {
  const orphans = findOrphans(collection);
  for (const script of orphans) {
    const file = join(collection.root, script);
    rmSync(file);
    if (listFolder(dirname(file)).length === 0) rmSync(dirname(file), { recursive: true });
  }
  return orphans;
}

function listFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}
