import { count } from '../basics/count';
import { checkScripts, scriptNotes } from '../launchers/check';
import type { Collection } from '../launchers/collection';
import { describeFindings, mendingLines } from '../launchers/describe-findings';
import { executor } from './running/executor';
import type { RecipeOptions } from './running/recipe-options';
import { collectionsOf } from './running/recipe-options';
import type { TaskOutcome } from './running/task';
import { drawn } from './running/task';

interface CheckOptions extends RecipeOptions {
  /** Print the required changes as unified diffs. */
  readonly diff?: boolean;
}

const SYNC = 'nx-trainyard:sync-launchers';

function report(collection: Collection, diff: boolean, sync: string): TaskOutcome {
  const findings = checkScripts(collection);
  const notes = scriptNotes(collection);
  const lines = notes.length > 0 ? [drawn(notes), ''] : [];
  if (findings.length === 0) {
    const recipes = count(collection.recipes.length, 'recipe');
    lines.push(`The launcher scripts of ${recipes} are up to date.`);
    return { success: true, output: lines.join('\n') };
  }
  const mending = mendingLines(findings, collection.settings, sync);
  lines.push(...describeFindings(findings, { diff, draw: drawn }), '', ...mending);
  return { success: false, output: lines.join('\n') };
}

export default executor<CheckOptions>('check-launchers', (context) => {
  const isRegistered = context.nxJsonConfiguration.sync?.globalGenerators?.includes(SYNC) ?? false;
  const sync = isRegistered ? 'nx sync' : 'nx g nx-trainyard:init && nx sync';
  const collectionOf = collectionsOf(context);
  return (options) => report(collectionOf(options), options.diff ?? false, sync);
});
