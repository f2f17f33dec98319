import type { Tree } from '@nx/devkit';
import { globAsync, readNxJson } from '@nx/devkit';
import { describeToBeReplaced } from '../files/git/keep';
import { normalizeOptions } from '../inference/options/options';
import { checkScripts } from '../launchers/check';
import { Collection } from '../launchers/collection';
import { describeFindings } from '../launchers/describe-findings';
import { findPlugin } from '../inference/options/nx-json';
import { removalLines } from '../launchers/loose-scripts';
import { explainLaunchers } from '../setup/explain-nothing';
import { readerOf, yamlFiles } from '../files/workspace-files';

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
  const options = normalizeOptions(findPlugin(readNxJson(tree) ?? {})?.options);
  const { launcherConfig, searchPackages } = options;
  if (!tree.exists(launcherConfig)) {
    const why = explainLaunchers(yamlFiles(tree.root), readerOf(tree.root), options);
    if (why !== undefined) console.error(`nx-trainyard: ${why}`);
    return undefined;
  }
  // As Nx hands them to the plugin.
  const files = await globAsync(tree, ['**/*.yaml']);
  const findings = checkScripts(
    Collection.open(tree.root, launcherConfig, () => files, searchPackages),
  );
  const orphans: string[] = [];
  const replaced: string[] = [];
  for (const finding of findings) {
    switch (finding.kind) {
      case 'missing':
      case 'different':
        if (finding.kind === 'different') replaced.push(finding.script);
        tree.write(finding.script, finding.expected, { mode: '755' });
        break;
      case 'not executable':
        tree.changePermissions(finding.script, '755');
        break;
      case 'orphan':
        orphans.push(finding.script);
        tree.delete(finding.script);
    }
  }
  if (findings.length === 0) return undefined;
  const left = findings.filter(({ kind }) => kind === 'failed' || kind === 'missing by hand');
  // Nx only looks at the changes, so what no change can mend would pass in silence.
  if (tree.listChanges().length === 0) {
    throw new Error(`Some scripts cannot be generated:\n${describeFindings(left).join('\n')}`);
  }
  return {
    // Nx keeps the details from who syncs, and what is removed or cannot be made nobody may miss.
    outOfSyncMessage: [
      'Launcher scripts are out of date.',
      ...removalLines(tree.root, orphans, 'will be removed'),
      ...[describeToBeReplaced(tree.root, replaced) ?? []].flat(),
      ...(left.length > 0 ? ['Some scripts cannot be generated:', ...describeFindings(left)] : []),
    ].join('\n'),
    outOfSyncDetails: describeFindings(findings),
  };
}
