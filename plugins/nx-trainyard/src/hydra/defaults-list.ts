import type { Choices } from './choices';
import type { ConfigFile, ConfigRepository } from './config-repository';
import { refuseTwice } from './defaults-problems';
import type { DefaultsTree } from './defaults-tree';
import { Expansion } from './defaults-tree';
import type { ResolveContext } from './interpolation';
import type { Mount } from './mount';
import { configPath, finalPackage, mount, overrideKey } from './mount';

/** One entry of the final defaults list: a config and the package that its content is merged at. */
export interface DefaultsEntry {
  readonly configPath: string;
  readonly package: string;
  readonly config: ConfigFile;
  readonly primary: boolean;
}

/**
 * Expands the defaults list of a primary config to the flat list of what is merged, in order.
 *
 * @throws DiagnosticError under the name of the exception that Hydra raises, with its message
 */
export function expandDefaults(
  repository: ConfigRepository,
  primary: string,
  choices: Choices,
  context: ResolveContext,
): DefaultsEntry[] {
  const item = {
    kind: 'config',
    path: primary,
    package: undefined,
    optional: false,
    place: undefined,
  } as const;
  const tree: DefaultsTree = { at: mount(item, '', ''), primary: true, children: [] };
  new Expansion(repository, choices, context).expand(tree, [], false);
  const entries: DefaultsEntry[] = [];
  flatten(tree, entries, new Set());
  choices.refuseUnused();
  return entries;
}

function flatten(tree: DefaultsTree, entries: DefaultsEntry[], seen: Set<string>): void {
  if (tree.absent || !tree.config) return;
  const { at, config, primary } = tree;
  const entry = { configPath: configPath(at), package: finalPackage(at), config, primary };
  if (tree.children.length === 0) {
    noteGroup(at, seen);
    entries.push(entry);
  }
  for (const child of tree.children) {
    if ('kind' in child) entries.push(entry);
    else flatten(child, entries, seen);
  }
}

/** A group has one place in the final list. */
function noteGroup(at: Mount, seen: Set<string>): void {
  if (at.item.kind !== 'group') return;
  const key = overrideKey(at);
  if (seen.has(key)) refuseTwice(at, key);
  seen.add(key);
}
