import { didYouMean, nearest } from '../../diagnostics';
import type { ConfigRepository, ConfigSource } from '../config-files/config-repository';
import type { PackagedItem } from './packaged-item';
import { configPath, groupPath } from './packaged-item';
import { shortened } from './shortened-name';
import { folderOf, inList, nameInList, withChoice, withPath } from './written-item';

// What an item that is nowhere could have meant, in the form of its place.

/** Where to look, if not everywhere. */
type Sources = readonly ConfigSource[] | undefined;

/** The name without a surplus ending or folder under which the config is there, as it is written there. */
export function worksAs(
  at: PackagedItem,
  repository: ConfigRepository,
  sources?: Sources,
): string | undefined {
  const { item } = at;
  const listed = item.kind === 'config' ? item.listed : undefined;
  const names = item.kind === 'group' ? [item.group, String(item.choice)] : ['', item.path];
  const [group = '', name = ''] = listed ? ['', nameInList(item)] : names;
  for (const shorterGroup of shortened(group)) {
    for (const shorter of shortened(name)) {
      const path = listed ? `${listed.group.group}/${shorter}` : shorter;
      const written: PackagedItem['item'] =
        item.kind === 'group'
          ? { ...item, group: shorterGroup, choice: shorter }
          : { ...item, path };
      if (!repository.load(configPath({ ...at, item: written }), sources)) continue;
      const text = asWritten(at, shorter, shorterGroup);
      return `Write '${text}': the name is relative to a folder of the search path and has no extension.`;
    }
  }
  return undefined;
}

/** An item with another option, or path, in the form of its place. */
function asWritten(at: PackagedItem, name: string, group?: string): string {
  const { item } = at;
  if (item.kind === 'group') return withChoice(at, name, group) ?? name;
  const [list, choice] = inList(item, name) ?? [];
  if (!list || choice === undefined) return withPath(at, name);
  return withChoice({ ...at, item: list }, choice) ?? name;
}

/** The names near to one that is not there, in the form of its place. */
export function nearNames(
  at: PackagedItem,
  repository: ConfigRepository,
  sources?: Sources,
): string | undefined {
  const { item } = at;
  if (item.kind === 'config' && item.listed) {
    const [near] = nearest(nameInList(item), repository.options(groupPath(at), sources));
    return near === undefined ? undefined : `Did you mean '${asWritten(at, near)}'?`;
  }
  const { path, written } = folderOf(at);
  const names = repository.options(path, sources).map((name) => written + name);
  return didYouMean(item.kind === 'group' ? String(item.choice) : item.path, names);
}

/** As many names as a hint can hold. */
const MOST = 3;

/** All that could be meant of a few options, none of which is near; or the groups that have the option. */
export function others(at: PackagedItem, repository: ConfigRepository): string | undefined {
  const { item } = at;
  if (item.kind === 'config') {
    const slash = item.path.lastIndexOf('/');
    const name = item.path.slice(slash + 1);
    if (slash <= 0 || item.listed) return undefined;
    const near = nearGroups(item.path.slice(0, slash), name, at, repository);
    return asked(near.map((group) => withPath(at, `${group}/${name}`)));
  }
  const options = repository.options(groupPath(at));
  if (options.length === 0) {
    const near = nearGroups(item.group, String(item.choice), at, repository);
    return asked(near.map((group) => asWritten(at, String(item.choice), group)));
  }
  const ways = options.slice(0, MOST).map((option) => `'${asWritten(at, option)}'`);
  return `Write ${ways.join(' or ')}.`;
}

function asked(ways: readonly string[]): string | undefined {
  if (ways.length === 0) return undefined;
  return `Did you mean ${ways.map((way) => `'${way}'`).join(' or ')}?`;
}

/** The groups of a similar name, as they are written there: those first that have the option. */
function nearGroups(
  written: string,
  option: string,
  at: PackagedItem,
  repository: ConfigRepository,
): string[] {
  const start = written.startsWith('/') ? '/' : '';
  const own = start === '' && at.base !== '' ? `${at.base}/` : '';
  const groups = repository.groups().flatMap((group) => {
    return group.startsWith(own) ? [start + group.slice(own.length)] : [];
  });
  const near = nearest(written, groups);
  const having = near.filter((group) => {
    return repository.options(own + group.slice(start.length)).includes(option);
  });
  return having.length > 0 ? having : near;
}
