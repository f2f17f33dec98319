import type { Choice, ConfigItem, GroupItem } from '../config-files/defaults-item';
import type { PackagedItem } from './packaged-item';
import { groupPath } from './packaged-item';

// How items are written again where they stand: in a defaults list, or on the command line.

/** Whether the option comes from the command line. */
export function isOnCommandLine({ item }: PackagedItem): boolean {
  return item.location?.source.path === 'override';
}

/** What stands at the place of an item: `override group@package`, `path@package`, or `+group`. */
function keyOf(at: PackagedItem): string | undefined {
  const { location } = at.item;
  const text = location?.source.text.slice(location.start, location.end);
  return isOnCommandLine(at) ? text?.split('=', 1)[0] : text;
}

/** A group with another choice, in the form of its place: `group: choice`, or `group=choice`. */
export function withChoice(at: PackagedItem, choice: Choice, group?: string): string | undefined {
  const key = keyOf(at);
  if (key === undefined || at.item.kind !== 'group') return undefined;
  if (isOnCommandLine(at)) return `${key}=${choiceText(choice, ',')}`;
  const renamed = group === undefined ? key : key.replace(at.item.group, () => group);
  return `${renamed}: ${choiceText(choice, ', ')}`;
}

/** A path with another name, with the package that it has. */
export function withPath({ item }: PackagedItem, path: string): string {
  if (item.package === undefined) return path;
  return `${path}@${item.package || '_here_'}`;
}

function choiceText(choice: Choice, comma: string): string {
  if (choice === null) return 'null';
  return typeof choice === 'string' ? choice : `[${choice.join(comma)}]`;
}

/** The group that stands for a config of a list of options, and its options with another one there. */
export function inList(item: ConfigItem, option: string): [GroupItem, Choice] | undefined {
  if (!item.listed) return undefined;
  const { group, index } = item.listed;
  const { choice } = group;
  if (choice === null || typeof choice === 'string') return undefined;
  return [group, choice.with(index, option)];
}

/** The option of a list that a config is. */
export function nameInList(item: PackagedItem['item']): string {
  const { choice, index } =
    item.kind === 'config' && item.listed
      ? { choice: item.listed.group.choice, index: item.listed.index }
      : { choice: null, index: 0 };
  return choice?.[index] ?? '';
}

/** What follows `override` so that the group is meant from where the item stands. */
export function overrideFrom(at: PackagedItem, key: string): string {
  const [group = '', pkg] = key.split('@');
  const rooted = at.base === '' ? group : `/${group}`;
  if (at.parentPackage !== '') {
    const whole = pkg ?? group.replaceAll('/', '.');
    return `${rooted}@_global_${whole === '_global_' ? '' : `.${whole}`}`;
  }
  if (pkg !== undefined) return `${rooted}@${pkg}`;
  return rooted;
}

/** The group of an item and the option in it, or the folder of a path and the name in it. */
export function folderOf(at: PackagedItem): { readonly path: string; readonly written: string } {
  const { item } = at;
  const name = item.kind === 'group' ? String(item.choice) : item.path;
  const written = name.slice(0, name.lastIndexOf('/') + 1);
  if (item.kind === 'config') return { path: groupPath(at), written };
  const below = written.replace(/\/$/, '');
  return { path: below === '' ? groupPath(at) : `${groupPath(at)}/${below}`, written };
}
