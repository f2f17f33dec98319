import type { Tree } from '@nx/devkit';
import { readNxJson } from '@nx/devkit';
import { renderDiagnostics } from '../diagnostics';
import { describeFinding } from '../executors/check-launchers';
import { normalizeOptions } from '../inference/options';
import { checkScripts } from '../launchers/check';
import { Collection } from '../launchers/collection';
import { findPlugin } from './nx-json';

/** What Nx takes from a sync generator that found something to do. */
interface SyncResult {
  readonly outOfSyncMessage: string;
  readonly outOfSyncDetails: string[];
}

/**
 * Brings all scripts in step: `nx sync` writes them, `nx sync:check` fails when that is needed. The
 * scripts are those of `generate-launchers`, compared as `check-launchers` compares them.
 */
export default async function syncLaunchers(tree: Tree): Promise<SyncResult | undefined> {
  const { launcherConfig } = normalizeOptions(findPlugin(readNxJson(tree) ?? {})?.options);
  if (!tree.exists(launcherConfig)) return undefined;
  const findings = checkScripts(Collection.open(tree.root, launcherConfig));
  for (const finding of findings) {
    switch (finding.kind) {
      case 'missing':
      case 'different':
        tree.write(finding.script, finding.expected, { mode: '755' });
        break;
      case 'not executable':
        tree.changePermissions(finding.script, '755');
        break;
      case 'orphan':
        tree.delete(finding.script);
    }
  }
  const failed = findings.flatMap((finding) => (finding.kind === 'failed' ? finding.problems : []));
  // Nx only looks at the changes, so problems alone would pass in silence.
  if (failed.length > 0 && tree.listChanges().length === 0) {
    throw new Error(`Some recipes have no script:\n${renderDiagnostics(failed)}`);
  }
  if (findings.length === 0) return undefined;
  return {
    outOfSyncMessage: 'Launcher scripts are not what the recipes ask for.',
    outOfSyncDetails: findings.map(describeFinding),
  };
}
