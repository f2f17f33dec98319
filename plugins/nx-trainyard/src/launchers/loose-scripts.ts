import { join } from 'node:path';
import { nearest } from '../diagnostics';
import { storeUnknown } from '../files/git/keep';
import { listIfThere } from '../files/list-folder';
import { removeScript } from '../files/script-files';
import type { Collection } from './collection';
import { scriptPath } from './recipe-status';

/**
 * Scripts that belong to no recipe: `*.sh` directly in a folder of the output folder that is not
 * preserved. Paths from the workspace root, sorted.
 */
export interface LooseScripts {
  /** Named as those that are made from recipes, so one was made from a recipe that is gone. */
  readonly orphans: readonly string[];
  /** Everything else: somebody's, who may have reasons. */
  readonly foreign: readonly string[];
  /** Preserved folders that are not there where others may be meant: nothing is removed from those. */
  readonly absent: readonly { readonly preserved: string; readonly near: readonly string[] }[];
}

/** The only paths from the output folder that a recipe's script can have. */
const GENERATED = /^[a-z0-9._-]+\/run_[A-Za-z0-9._]*\.sh$/;

export function findLooseScripts(collection: Collection): LooseScripts {
  const { settings, root } = collection;
  const owned = ownedScripts(collection);
  const orphans: string[] = [];
  const foreign: string[] = [];
  const folders = listIfThere(join(root, settings.outputDir)).filter((entry) =>
    entry.isDirectory(),
  );
  const absent = absentFolders(
    settings.preservedDirs,
    folders.map(({ name }) => name),
  );
  const spared = new Set(absent.flatMap(({ near }) => near));
  for (const folder of folders) {
    if (settings.preservedDirs.includes(folder.name)) continue;
    for (const file of listIfThere(join(root, settings.outputDir, folder.name))) {
      const path = `${folder.name}/${file.name}`;
      const script = `${settings.outputDir}/${path}`;
      if (!file.name.endsWith('.sh') || file.isDirectory() || owned.has(script)) continue;
      const isOurs = file.isFile() && GENERATED.test(path) && !spared.has(folder.name);
      (isOurs ? orphans : foreign).push(script);
    }
  }
  return { orphans: orphans.sort(), foreign: foreign.sort(), absent };
}

function absentFolders(preserved: readonly string[], folders: readonly string[]) {
  // A folder that another entry names is not the one that is meant.
  const others = folders.filter((folder) => !preserved.includes(folder));
  return preserved
    .filter((name) => !folders.includes(name))
    .map((name) => ({ preserved: name, near: nearest(name, others) }))
    .filter(({ near }) => near.length > 0);
}

function ownedScripts({ statuses, settings, ignored }: Collection): Set<string> {
  // An ignored recipe is there all the same, and may have had a script before.
  const owned = new Set(ignored.map((recipe) => scriptPath(settings, recipe)));
  for (const status of statuses.values()) {
    if (status.kind === 'generated' || status.kind === 'manual') owned.add(status.script);
    // Of two recipes that claim one script, nobody knows yet whose it is.
    if (status.kind === 'rejected' && status.script !== undefined) owned.add(status.script);
  }
  for (const { script } of settings.manuallyMaintained.values()) {
    owned.add(`${settings.outputDir}/${script}`);
  }
  return owned;
}

/**
 * Removes the scripts that belong to no recipe, and folders that this leaves empty.
 *
 * @returns a line for each
 */
export function pruneOrphans(collection: Collection): string[] {
  const { orphans } = findLooseScripts(collection);
  const lines = removalLines(collection.root, orphans);
  for (const script of orphans) removeScript(join(collection.root, script));
  return lines;
}

/**
 * What is said of scripts that are removed. Git has them then, and says how to get them back, also
 * those that nobody has committed.
 */
export function removalLines(root: string, scripts: readonly string[], verb = 'removed'): string[] {
  const stored = storeUnknown(root, scripts);
  return scripts.map((script) => {
    const id = stored.get(script);
    const back =
      id === undefined
        ? ''
        : ` (uncommitted; to restore it, run 'git cat-file -p ${id.slice(0, 12)}')`;
    return `${script}: ${verb}, because it belongs to no recipe${back}`;
  });
}
