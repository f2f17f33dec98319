import { HYDRA_CONFIG } from '../config-files/built-in';
import type { Choices } from './choices';
import type { ConfigFile } from '../config-files/config-file';
import type { ConfigRepository } from '../config-files/config-repository';
import { throwTwice } from './defaults-problems';
import type { DefaultsTree } from './defaults-tree';
import { Expansion } from './defaults-tree';
import type { ResolveContext } from '../interpolation/interpolation';
import type { PackagedItem } from './packaged-item';
import { configPath, finalPackage, packageItem, overrideKey } from './packaged-item';
import { splitKey } from '../config/path';

/** One entry of the final defaults list: a config and the package that its content is merged at. */
export interface DefaultsEntry {
  readonly configPath: string;
  readonly package: string;
  readonly config: ConfigFile;
  readonly primary: boolean;
}

/**
 * Expands the defaults list of a primary config to the flat list of what is merged, in order. Hydra's
 * own configs come first, if anything changes them: most configs do not, and then they say nothing.
 *
 * @param changesHydra whether an override changes a value of Hydra's own node
 * @throws DiagnosticError under the name of the exception that Hydra raises, with its message
 */
export function expandDefaults(
  repository: ConfigRepository,
  primary: string,
  choices: Choices,
  context: ResolveContext,
  changesHydra = false,
): DefaultsEntry[] {
  const expansion = new Expansion(repository, choices, context);
  const tree = treeOf(primary, true);
  expansion.expand(tree, [], false);
  const entries: DefaultsEntry[] = [];
  flatten(tree, entries, new Set());
  if (changesHydra || choices.touchHydra || entries.some(isInHydra)) {
    const hydra = treeOf(HYDRA_CONFIG, false);
    expansion.expand(hydra, [], false);
    entries.length = 0;
    const seen = new Set<string>();
    flatten(hydra, entries, seen);
    flatten(tree, entries, seen);
  }
  choices.checkUnused();
  return entries;
}

function treeOf(path: string, primary: boolean): DefaultsTree {
  const item = {
    kind: 'config',
    path,
    package: undefined,
    optional: false,
    location: undefined,
  } as const;
  return { at: packageItem(item, '', ''), primary, children: [] };
}

/** Whether a config has something for Hydra's own node. */
function isInHydra({ config: { content }, package: pkg }: DefaultsEntry): boolean {
  if (pkg !== '') return splitKey(pkg)[0] === 'hydra';
  return content.kind === 'map' && content.entries.at('hydra') !== undefined;
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
function noteGroup(at: PackagedItem, seen: Set<string>): void {
  if (at.item.kind !== 'group') return;
  const key = overrideKey(at);
  if (seen.has(key)) throwTwice(at, key);
  seen.add(key);
}
