import { choiceScope, resolveChoice } from './choice-interpolation';
import type { Choices } from './choices';
import type { ConfigFile } from '../config-files/config-file';
import type { ConfigRepository } from '../config-files/config-repository';
import type { SelfItem } from '../config-files/defaults-item';
import {
  throwCycle,
  throwMissingChoice,
  throwNoGroup,
  throwNotFound,
  throwOverrideBefore,
  throwOverrideBelowInterpolation,
} from './defaults-problems';
import { isInterpolated, isOverride, options, packageSelf, withSelf } from './defaults-siblings';
import type { ResolveContext } from '../interpolation/interpolation';
import type { PackagedItem } from './packaged-item';
import {
  absoluteHeader,
  configName,
  configPath,
  finalPackage,
  groupPath,
  packageItem,
  overrideKey,
} from './packaged-item';

/**
 * Python gives up when defaults lists nest about this deep. A list that includes itself under other
 * choices may be finite, so depth is what tells a cycle, not the return to a file.
 */
const DEEPEST = 240;

/** A config in the tree of defaults lists; one without children stands for itself. */
export interface DefaultsTree {
  readonly at: PackagedItem;
  readonly primary: boolean;
  config?: ConfigFile;
  /** Loses its place in the list: deleted, optional and missing, or set to nothing. */
  absent?: true;
  children: readonly (DefaultsTree | SelfItem)[];
}

type Child = DefaultsTree | SelfItem;

/**
 * The expansion of defaults lists to a tree. Items are visited from the last to the first, so that
 * later overrides are known first. (Hydra 1.3)
 */
export class Expansion {
  readonly #repository: ConfigRepository;
  readonly #choices: Choices;
  readonly #context: ResolveContext;

  constructor(repository: ConfigRepository, choices: Choices, context: ResolveContext) {
    this.#repository = repository;
    this.#choices = choices;
    this.#context = context;
  }

  /**
   * Loads the config of a tree and expands its defaults list, which fills the tree.
   *
   * @param above the trees from the primary down to the parent
   * @param interpolated whether an interpolation chose the config or one above it
   * @throws DiagnosticError under the name of the exception that Hydra raises, with its message
   */
  expand(tree: DefaultsTree, above: readonly DefaultsTree[], interpolated: boolean): void {
    const { at } = tree;
    if (above.length > DEEPEST) throwCycle([...above, tree].map((one) => one.at));
    if (at.item.kind === 'group' && groupPath(at) === '') throwNoGroup(at);
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
    if (path.endsWith('???')) {
      throwMissingChoice(at, this.#repository, above[0]?.config?.source.path);
    }
    if (!config) {
      if (!at.item.optional) throwNotFound(at, above.at(-1)?.at, this.#repository);
      tree.absent = true;
      return;
    }
    tree.config = config;
    tree.children = this.#children(tree, config, above, interpolated);
  }

  #load(path: string, tree: DefaultsTree): ConfigFile | undefined {
    // Hydra looks the primary up before `hydra.searchpath` is known.
    const main = this.#repository.sources.slice(0, 1);
    return this.#repository.load(path, tree.primary ? main : undefined);
  }

  #children(
    tree: DefaultsTree,
    config: ConfigFile,
    above: readonly DefaultsTree[],
    interpolated: boolean,
  ): Child[] {
    const { at, primary } = tree;
    const path = configPath(at);
    const appended = primary ? this.#choices.appended : [];
    const items = withSelf(config, path, appended.length > 0);
    const base = groupPath(at);
    const pkg = finalPackage(at);
    const all = [...items, ...appended].map((item) =>
      item.kind === 'self' ? item : packageItem(item, base, pkg),
    );
    this.#recordOverrides(all, path, interpolated);

    const branch = [...above, tree];
    const children: Child[] = [];
    const postponed: { index: number; at: PackagedItem }[] = [];
    for (const child of all.toReversed()) {
      if ('kind' in child) {
        if (child.group) packageSelf(child.group, at);
        children.push(child);
        continue;
      }
      if (isOverride(child)) continue;
      const applied = this.#choices.applied(child);
      for (const one of options(applied, path).toReversed()) {
        if (isInterpolated(one)) postponed.push({ index: children.length, at: one });
        const subtree: DefaultsTree = { at: one, primary: false, children: [] };
        children.push(subtree);
        if (!isInterpolated(one)) this.expand(subtree, branch, interpolated);
      }
    }
    if (postponed.length === 0) return children.reverse();
    // Only now are the choices of all siblings known; those made from here on do not count.
    const scope = choiceScope(this.#choices.known, this.#siblings(all, config, at));
    for (const { index, at: unresolved } of postponed) {
      const item = resolveChoice(unresolved, scope, this.#context);
      const subtree: DefaultsTree = {
        at: packageItem(item, base, pkg),
        primary: false,
        children: [],
      };
      this.expand(subtree, branch, true);
      children[index] = subtree;
    }
    return children.reverse();
  }

  /** The items as interpolations see them; a `_self_` counts only where it is written. */
  #siblings(
    all: readonly (PackagedItem | SelfItem)[],
    config: ConfigFile,
    parent: PackagedItem,
  ): (PackagedItem | string)[] {
    return all.flatMap((at): (PackagedItem | string)[] => {
      if (!('kind' in at)) return [isOverride(at) ? at : this.#choices.applied(at)];
      if (at.group) return [packageSelf(at.group, parent)];
      const path = parent.base === '' ? '_self_' : `${parent.base}/_self_`;
      return config.defaults.includes(at) ? [path] : [];
    });
  }

  /** Overrides end a defaults list, and take effect on what is visited after them. */
  #recordOverrides(
    items: readonly (PackagedItem | SelfItem)[],
    path: string,
    interpolated: boolean,
  ): void {
    let last: PackagedItem | undefined;
    for (const at of items) {
      if ('kind' in at) continue;
      const { item } = at;
      if (item.kind === 'group' && item.override) {
        if (interpolated) throwOverrideBelowInterpolation(at, item.choice, path);
        this.#choices.override(overrideKey(at), item.choice, item.location, path, at);
        last = at;
      } else if (last && !(item.kind === 'group' && item.appended)) {
        throwOverrideBefore(last, at, path);
      }
    }
  }
}
