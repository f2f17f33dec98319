import { normalize } from 'node:path';
import type { DiagnosticDetails } from '../diagnostics';
import { didYouMean, refuse } from '../diagnostics';
import { choiceScope, resolveChoice } from './choice-interpolation';
import type { Choices } from './choices';
import { formatChoice } from './choices';
import type { ConfigFile, ConfigRepository } from './config-repository';
import type { ConfigItem, DefaultsItem, GroupItem, SelfItem } from './defaults-item';
import type { ResolveContext } from './interpolation';
import type { Mount } from './mount';
import {
  absoluteHeader,
  configName,
  configPath,
  finalPackage,
  groupPath,
  mount,
  overrideKey,
} from './mount';

/** One entry of the final defaults list: a config and the package that its content is merged at. */
export interface DefaultsEntry {
  readonly configPath: string;
  readonly package: string;
  readonly config: ConfigFile;
  readonly primary: boolean;
}

/**
 * Python gives up when defaults lists nest about this deep. A list that includes itself under other
 * choices may be finite, so depth is what tells a cycle, not the return to a file.
 */
const DEEPEST = 240;

/** A config in the tree; a tree without children stands for itself. */
interface Tree {
  readonly at: Mount;
  readonly primary: boolean;
  config?: ConfigFile;
  /** Loses its place in the list: deleted, optional and missing, or set to nothing. */
  absent?: true;
  children: readonly (Tree | SelfItem)[];
}

/**
 * Expands the defaults list of a primary config to the flat list of what is merged, in order.
 * Items are visited from the last to the first, so that later overrides are known first. (Hydra 1.3)
 *
 * @throws DiagnosticError under the name of the exception that Hydra raises, with its message
 */
export function expandDefaults(
  repository: ConfigRepository,
  primary: string,
  choices: Choices,
  context: ResolveContext,
): DefaultsEntry[] {
  const item: ConfigItem = {
    kind: 'config',
    path: primary,
    package: undefined,
    optional: false,
    place: undefined,
  };
  const tree: Tree = { at: mount(item, '', ''), primary: true, children: [] };
  new Expansion(repository, choices, context).expand(tree, [], false);
  const entries: DefaultsEntry[] = [];
  const seen = new Set<string>();
  flatten(tree, entries, seen);
  choices.refuseUnused();
  return entries;
}

class Expansion {
  readonly #repository: ConfigRepository;
  readonly #choices: Choices;
  readonly #context: ResolveContext;

  constructor(repository: ConfigRepository, choices: Choices, context: ResolveContext) {
    this.#repository = repository;
    this.#choices = choices;
    this.#context = context;
  }

  /** @param above the trees from the primary down to the parent */
  expand(tree: Tree, above: readonly Tree[], interpolated: boolean): void {
    const { at } = tree;
    if (above.length > DEEPEST) refuseCycle([...above, tree]);
    const name = configName(at);
    const path = configPath(at);
    const config = name === null || name === '???' ? undefined : this.#load(path, tree);
    if (config?.header !== undefined) at.header = absoluteHeader(config.header);
    if (this.#choices.takesAway(at)) {
      tree.absent = true;
      return;
    }
    this.#choices.choose(at);
    if (name === null) {
      tree.absent = true;
      return;
    }
    if (path.endsWith('???')) this.#refuseMissingChoice(at, path);
    if (!config) {
      if (!at.item.optional && !isHydrasOwn(path)) this.#refuseNotFound(at, path, above.at(-1));
      tree.absent = true;
      return;
    }
    tree.config = config;
    tree.children = this.#children(tree, config, above, interpolated);
  }

  #load(path: string, tree: Tree): ConfigFile | undefined {
    // Hydra looks the primary up before `hydra.searchpath` is known.
    const main = this.#repository.sources.slice(0, 1);
    return this.#repository.load(path, tree.primary ? main : undefined);
  }

  #children(
    tree: Tree,
    config: ConfigFile,
    above: readonly Tree[],
    interpolated: boolean,
  ): (Tree | SelfItem)[] {
    const { at, primary } = tree;
    const path = configPath(at);
    const appended = primary ? this.#choices.appended : [];
    const items = withSelf(config, path, appended.length > 0);
    const base = groupPath(at);
    const pkg = finalPackage(at);
    const all = [...items, ...appended].map((item) =>
      item.kind === 'self' ? item : mount(item, base, pkg),
    );
    this.#recordOverrides(all, path, interpolated);

    const branch = [...above, tree];
    const children: (Tree | SelfItem)[] = [];
    const postponed: { index: number; at: Mount }[] = [];
    for (const child of all.toReversed()) {
      if ('kind' in child) {
        if (child.group) selfMount(child.group, at);
        children.push(child);
        continue;
      }
      if (isOverride(child)) continue;
      const applied = this.#choices.applied(child);
      for (const one of options(applied, path).toReversed()) {
        if (isInterpolated(one)) postponed.push({ index: children.length, at: one });
        const subtree: Tree = { at: one, primary: false, children: [] };
        children.push(subtree);
        if (!isInterpolated(one)) this.expand(subtree, branch, interpolated);
      }
    }
    if (postponed.length === 0) return children.reverse();
    // Only now are the choices of all siblings known; those made from here on do not count.
    const scope = choiceScope(this.#choices.known, this.#siblings(all, config, at));
    for (const { index, at: unresolved } of postponed) {
      const item = resolveChoice(unresolved, scope, this.#context);
      const subtree: Tree = { at: mount(item, base, pkg), primary: false, children: [] };
      this.expand(subtree, branch, true);
      children[index] = subtree;
    }
    return children.reverse();
  }

  /** The items as interpolations see them; a `_self_` counts only where it is written. */
  #siblings(
    all: readonly (Mount | SelfItem)[],
    config: ConfigFile,
    parent: Mount,
  ): (Mount | string)[] {
    return all.flatMap((at): (Mount | string)[] => {
      if (!('kind' in at)) return [isOverride(at) ? at : this.#choices.applied(at)];
      if (at.group) return [selfMount(at.group, parent)];
      const path = parent.base === '' ? '_self_' : `${parent.base}/_self_`;
      return config.defaults.includes(at) ? [path] : [];
    });
  }

  /** Overrides end a defaults list, and take effect on what is visited after them. */
  #recordOverrides(
    items: readonly (Mount | SelfItem)[],
    path: string,
    interpolated: boolean,
  ): void {
    let last: Mount | undefined;
    for (const at of items) {
      if ('kind' in at) continue;
      const { item } = at;
      const details: DiagnosticDetails = item.place ? { place: item.place } : {};
      if (item.kind === 'group' && item.override) {
        last = at;
        const choice = formatChoice(item.choice);
        if (interpolated) {
          refuse(
            'ConfigCompositionException',
            `${path}: Default List Overrides are not allowed in the subtree\n` +
              `of an in interpolated config group (override ${overrideKey(at)}=${choice}).\n`,
            details,
          );
        }
        this.#choices.override(overrideKey(at), item.choice, path, item.place);
      } else if (last && !(item.kind === 'group' && item.appended)) {
        const key = `${overrideKey(last)} : ${configName(last)}`;
        refuse(
          'ConfigCompositionException',
          `In ${path}: Override '${key}' is defined before '${overrideKey(at)}: ${configName(at)}'.\n` +
            'Overrides must be at the end of the defaults list',
          { ...details, hint: 'Move the override below this item.' },
        );
      }
    }
  }

  #refuseMissingChoice({ item, ...rest }: Mount, path: string): never {
    const details: DiagnosticDetails = item.place ? { place: item.place } : {};
    if (item.kind === 'config') {
      return refuse('ValueError', `Missing ConfigDefault is not supported : ${path}`, details);
    }
    const at = { item, ...rest };
    const key = overrideKey(at);
    const list = this.#repository.options(groupPath(at)).map((option) => `\t${option}`);
    return refuse(
      'ConfigCompositionException',
      `You must specify '${key}', e.g, ${key}=<OPTION>\nAvailable options:\n${list.join('\n')}`,
      { ...details, hint: `Choose one in the config that starts: '- override ${key}: OPTION'.` },
    );
  }

  #refuseNotFound(at: Mount, path: string, parent: Tree | undefined): never {
    const { item } = at;
    const searched = this.#repository.describe();
    const group = groupPath(at);
    const options = this.#repository.options(group);
    const hint = didYouMean(configName(at) ?? '', options);
    const details = { ...(item.place && { place: item.place }), ...(hint && { hint }) };
    let message: string;
    if (!parent) {
      message =
        `Cannot find primary config '${path}'. ` +
        "Check that it's in your config search path.\n";
    } else if (item.kind === 'group') {
      const list = options.map((option) => `\t${option}`).join('\n');
      message = `Could not find '${path}'\n`;
      if (options.length > 0) message += `\nAvailable options in '${group}':\n${list}`;
    } else message = `Could not load '${path}'.\n`;
    if (parent) message = `In '${configPath(parent.at)}': ${message}`;
    return refuse('MissingConfigException', message + searched, details);
  }
}

/** The items of a config with `_self_` among them; where it is not written, it comes last. */
function withSelf(config: ConfigFile, path: string, appends: boolean): readonly DefaultsItem[] {
  const items = config.defaults;
  const selves = items.filter((item) => item.kind === 'self');
  const [, second] = selves;
  if (second) {
    refuse('ConfigCompositionException', `Duplicate _self_ defined in ${path}`, {
      ...(second.place && { place: second.place }),
      hint: 'Remove one of the two.',
    });
  }
  if (items.length === 0 && !appends) return items;
  const hasOwn = items.some((item) => !(item.kind === 'group' && item.override));
  const implied = selves.length === 0 && (hasOwn || items.length === 0);
  return implied ? [...items, { kind: 'self', place: undefined }] : items;
}

/** A group set to a list stands for one config per option. */
function options(at: Mount, path: string): Mount[] {
  const { item } = at;
  if (item.kind !== 'group' || item.choice === null || typeof item.choice === 'string') return [at];
  const { group, package: pkg, optional, place } = item;
  return item.choice.map((option) => {
    if (option.includes('${')) {
      refuse(
        'ConfigCompositionException',
        `In '${path}': Defaults List interpolation is not supported in options list items`,
        { ...(place && { place }) },
      );
    }
    const config: ConfigItem = {
      kind: 'config',
      path: `${group}/${option}`,
      package: pkg,
      optional,
      place,
    };
    return mount(config, at.base, at.parentPackage);
  });
}

function isOverride({ item }: Mount): boolean {
  return item.kind === 'group' && item.override;
}

/**
 * `- group: _self_` is a `_self_` with the package of its config, so that Hydra fails where the config
 * has none of its own.
 */
function selfMount(group: GroupItem, parent: Mount): Mount {
  const pkg = parent.package ?? parent.header;
  if (pkg !== undefined) return mount(group, parent.base, pkg);
  return refuse('AssertionError', `'${group.group}: _self_' has no package`, {
    ...(group.place && { place: group.place }),
    hint: "Write '- _self_'.",
  });
}

function isInterpolated({ item }: Mount): boolean {
  const text = item.kind === 'config' ? item.path : item.choice;
  return typeof text === 'string' && text.includes('${');
}

/** Hydra's own groups (logging, launcher, sweeper) are part of Hydra and not of the result. */
function isHydrasOwn(path: string): boolean {
  return path.startsWith('hydra/');
}

function flatten(tree: Tree, entries: DefaultsEntry[], seen: Set<string>): void {
  if (tree.absent || !tree.config) return;
  const { at, config, primary } = tree;
  const entry = { configPath: configPath(at), package: finalPackage(at), config, primary };
  if (tree.children.length === 0) {
    if (at.item.kind === 'group') refuseTwice(at, seen);
    entries.push(entry);
  }
  for (const child of tree.children) {
    if ('kind' in child) entries.push(entry);
    else flatten(child, entries, seen);
  }
}

function refuseTwice(at: Mount, seen: Set<string>): void {
  const key = overrideKey(at);
  if (seen.has(key)) {
    refuse(
      'ConfigCompositionException',
      `${key} appears more than once in the final defaults list`,
      {
        ...(at.item.place && { place: at.item.place }),
        hint: `To set it again write '- override ${key}: OPTION', or mount it at another @package.`,
      },
    );
  }
  seen.add(key);
}

/** Shows a cycle once, from the first file that comes back to its return. */
function refuseCycle(branch: readonly Tree[]): never {
  const paths = branch.map(({ at }) => normalize(configPath(at)));
  const last = paths.at(-1) ?? '';
  const start = paths.lastIndexOf(last, -2);
  const cycle = paths.slice(start === -1 ? Math.max(0, paths.length - 10) : start);
  const place = branch.at(-1)?.at.item.place;
  return refuse('ImportCycle', `these defaults lists include each other: ${cycle.join(' -> ')}`, {
    ...(place && { place }),
    hint: 'Remove one of the items.',
  });
}
