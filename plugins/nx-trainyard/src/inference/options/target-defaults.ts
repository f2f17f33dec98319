import type { NxJsonConfiguration } from '@nx/devkit';
import { minimatch } from 'minimatch';

/** An entry of targetDefaults, which may speak of some targets only. */
type Entry = Partial<Record<string, unknown>> & {
  readonly filter?: { readonly executor?: string; readonly plugin?: string };
};

/** What targetDefaults may not replace: the inferred lists say what a result is made from. */
const INFERRED = ['inputs', 'outputs'] as const;

/**
 * Refuses `targetDefaults` that would replace the inferred inputs or outputs. With inputs such as
 * `default`, Nx cannot hash a project that is a single file, and every run would end with
 * "project … not found"; with others, a result would be stale after a fragment has changed.
 *
 * @param targets names of the inferred targets
 * @param executors executors of the inferred targets
 * @throws Error that says what to write instead
 */
export function checkTargetDefaults(
  { targetDefaults = {} }: Pick<NxJsonConfiguration, 'targetDefaults'>,
  targets: readonly string[],
  executors: readonly string[],
): void {
  for (const [key, value] of Object.entries(targetDefaults)) {
    // Nx lets a key be a glob of target names.
    const applies = executors.includes(key) || targets.some((target) => minimatch(target, key));
    if (!applies) continue;
    const entries = (Array.isArray(value) ? value : [value]) as (Entry | null)[];
    for (const entry of entries) {
      if (!entry || isForOthers(entry, executors)) continue;
      for (const field of INFERRED) {
        const list = entry[field];
        if (list === undefined || (Array.isArray(list) && extendsInferred(list))) continue;
        throw new Error(
          `nx.json: targetDefaults["${key}"].${field} replaces the ${field} that nx-trainyard ` +
            `infers for its projects, so their tasks could not run. Remove it, or keep the ` +
            `inferred ones with "..." and add only {workspaceRoot} files: ` +
            `"${field}": ["...", "{workspaceRoot}/some-file"].`,
        );
      }
    }
  }
}

/** `"..."` keeps what is inferred; what is added must not ask for the project's own files. */
function extendsInferred(list: readonly unknown[]): boolean {
  if (!list.includes('...')) return false;
  return list.every((item) => {
    if (typeof item !== 'string') return !JSON.stringify(item).includes('projectRoot');
    return item === '...' || item.replace(/^!/, '').startsWith('{workspaceRoot}');
  });
}

/** Which projects a filter picks is for Nx to say, and only later: such an entry counts as ours. */
function isForOthers({ filter }: Entry, executors: readonly string[]): boolean {
  const { executor, plugin } = filter ?? {};
  if (executor !== undefined && !executors.includes(executor)) return true;
  return plugin !== undefined && !plugin.startsWith('nx-trainyard');
}
