import type { ConfigItem, GroupItem } from '../config-files/defaults-item';

/**
 * A defaults-list item at its place in the tree of configs: below which folder its relative path
 * starts, and below which package its content goes.
 */
export interface PackagedItem {
  readonly item: ConfigItem | GroupItem;
  /** Group path of the config whose defaults list holds the item; '' for the primary's. */
  readonly base: string;
  readonly parentPackage: string;
  /** The item's `@package` with `_group_` filled in. */
  readonly package: string | undefined;
  /** The file's `# @package`, once it has been loaded. */
  header?: string;
}

export function packageItem(
  item: ConfigItem | GroupItem,
  base: string,
  parentPackage: string,
): PackagedItem {
  const at: PackagedItem = { item, base, parentPackage, package: item.package };
  if (!item.package?.includes('_group_')) return at;
  const group = groupPath(at).replaceAll('/', '.');
  return { ...at, package: `_global_.${item.package.replaceAll('_group_', group)}` };
}

/** Headers are absolute: `a.b` means `_global_.a.b`. */
export function absoluteHeader(header: string): string {
  if (header === '_global_' || header.startsWith('_global_.')) return header;
  return header === '' ? '_global_' : `_global_.${header}`;
}

function written(item: ConfigItem | GroupItem): string {
  return item.kind === 'group' ? item.group : item.path;
}

/** The item's group as written, without the leading slash: a package is made of this alone. */
function relativeGroup(item: ConfigItem | GroupItem): string {
  const path = written(item).replace(/^\//, '');
  return item.kind === 'group' ? path : path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The folder of configs that the item names, from the root of the search path. */
export function groupPath(at: PackagedItem): string {
  const group = relativeGroup(at.item);
  if (at.base === '' || written(at.item).startsWith('/')) return group;
  return group === '' ? at.base : `${at.base}/${group}`;
}

/** The last part of the config path; null for a group set to nothing. */
export function configName(at: PackagedItem): string | null {
  const { item } = at;
  if (item.kind === 'config') return item.path.slice(item.path.lastIndexOf('/') + 1);
  return item.choice === null || typeof item.choice === 'string' ? item.choice : null;
}

export function configPath(at: PackagedItem): string {
  const { item } = at;
  if (item.kind === 'group') return `${groupPath(at)}/${configName(at) ?? 'None'}`;
  if (item.path.startsWith('/')) return item.path.slice(1);
  return at.base === '' ? item.path : `${at.base}/${item.path}`;
}

/** Where the content goes: `@package` before header before group, below the parent's package. */
export function finalPackage(at: PackagedItem, useHeader = true): string {
  const own =
    at.package ??
    (useHeader ? at.header : undefined) ??
    relativeGroup(at.item).replaceAll('/', '.');
  const whole = [at.parentPackage, own].filter(Boolean).join('.');
  const global = whole.lastIndexOf('_global_');
  return global === -1 ? whole : whole.slice(global + '_global_'.length + 1);
}

/** The name under which `override` and the command line address a group. */
export function overrideKey(at: PackagedItem): string {
  const group = groupPath(at);
  const pkg = finalPackage(at, false);
  return pkg === group.replaceAll('/', '.') ? group : `${group}@${pkg || '_global_'}`;
}
