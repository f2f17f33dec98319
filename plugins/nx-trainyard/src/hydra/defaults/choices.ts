import type { Diagnostic, Location } from '../../diagnostics';
import { nearest, DiagnosticError, error, throwDiagnostic } from '../../diagnostics';
import { HYDRA_CONFIG } from '../config-files/built-in';
import type { Choice, GroupItem } from '../config-files/defaults-item';
import type { PackagedItem } from './packaged-item';
import { configName, groupPath, overrideKey } from './packaged-item';
import { overrideFrom } from './written-item';

/** A choice that replaces the one a defaults list makes. */
interface Override {
  readonly choice: Choice;
  /** The config whose defaults list overrides; undefined for the command line. */
  readonly from: string | undefined;
  /** The item of its defaults list that overrides. */
  readonly at: PackagedItem | undefined;
  readonly location: Location | undefined;
  used: boolean;
}

/** A `~group` or `~group=option` of the command line. */
interface Deletion {
  readonly option: string | null;
  readonly location: Location;
  used: boolean;
}

/**
 * Which option each group has, while a tree of defaults lists is expanded: what overrides say, what
 * was chosen so far, and whether every override and deletion found its group. (Hydra 1.3)
 */
export class Choices {
  /** `+group=choice` items, which follow the primary's own defaults list. */
  readonly appended: GroupItem[] = [];
  readonly #overrides = new Map<string, Override>();
  readonly #deletions = new Map<string, Deletion>();
  readonly #known = new Map<string, string | null>();
  readonly #locations = new Map<string, Location | undefined>();
  readonly #knownKeys = new Map<string, Set<string>>();

  get known(): ReadonlyMap<string, string | null> {
    return this.#known;
  }

  /** The names under which groups can be overridden. */
  get keys(): readonly string[] {
    return [...this.#known.keys()];
  }

  /** Records an override. Of the command line the last one counts, of defaults lists the first. */
  override(
    key: string,
    choice: Choice,
    location?: Location,
    from?: string,
    at?: PackagedItem,
  ): void {
    if (from !== undefined && this.#overrides.has(key)) return;
    this.#overrides.set(key, { choice, from, at, location, used: false });
  }

  delete(key: string, option: string | null, location: Location): void {
    this.#deletions.set(key, { option, location, used: false });
  }

  /** Whether anything chooses, changes or takes away a group of Hydra's own. */
  get touchHydra(): boolean {
    const keys = [...this.#overrides.keys(), ...this.#deletions.keys(), ...this.#known.keys()];
    return keys.some((key) => /^hydra[/@]/.test(key) || key === 'hydra');
  }

  /** The item with the choice that applies to it. */
  applied(at: PackagedItem): PackagedItem {
    if (at.item.kind !== 'group') return at;
    const override = this.#overrides.get(overrideKey(at));
    if (!override) return at;
    override.used = true;
    // What is wrong with a choice is wrong where it is made.
    return { ...at, item: { ...at.item, choice: override.choice, location: override.location } };
  }

  /** Whether a deletion takes the item away; notes that the deletion found its group. */
  takesAway(at: PackagedItem): boolean {
    if (at.item.kind !== 'group') return false;
    const deletion = this.#deletions.get(overrideKey(at));
    if (!deletion || (deletion.option !== null && deletion.option !== configName(at))) return false;
    deletion.used = true;
    return true;
  }

  /** Notes what a group is set to; a group has one option in a composition. */
  choose(at: PackagedItem): void {
    if (at.item.kind !== 'group') return;
    const key = overrideKey(at);
    const name = configName(at);
    const previous = this.#known.get(key);
    if (previous === undefined) {
      this.#known.set(key, name);
      this.#locations.set(key, at.item.location);
    } else if (previous !== name) {
      const appended = [at.item.location, this.#locations.get(key)].find(
        (one) => one?.source.path === 'override',
      );
      // Nobody can change the item that Hydra brings.
      const location = appended ?? (isBuiltIn(at) ? this.#locations.get(key) : at.item.location);
      const hint = appended && `To change it, write '${appended.source.text.replace(/^\+/, '')}'.`;
      throwDiagnostic(
        'ConfigCompositionException',
        `Multiple values for ${key}. To override a value use 'override ${key}: ${previous}'`,
        { ...(location && { location }), ...(hint && { hint }) },
      );
    }
    const group = groupPath(at);
    const keys = this.#knownKeys.get(group) ?? new Set();
    this.#knownKeys.set(group, keys.add(key));
  }

  /** @throws DiagnosticError naming every override and deletion that matched nothing */
  checkUnused(): void {
    const problems: Diagnostic[] = [];
    for (const [key, override] of this.#overrides) {
      if (!override.used) problems.push(this.#unusedOverride(key, override));
    }
    for (const [key, { option, location, used }] of this.#deletions) {
      const name = option === null ? key : `${key}=${option}`;
      const message = `Could not delete '${name}'. No match in the defaults list`;
      const hint = this.#insteadOfDeleting(key);
      if (!used) problems.push(error('ConfigCompositionException', message, { location, hint }));
    }
    if (problems.length > 0) throw new DiagnosticError(problems);
  }

  #unusedOverride(key: string, { from, at, choice, location }: Override): Diagnostic {
    const near = [...(this.#knownKeys.get(key.split('@', 1)[0] ?? '') ?? [])].sort();
    let message = `Could not override '${key}'.`;
    if (near.length === 0) message += ' No match in the defaults list.';
    else if (near.length === 1) message += `\nDid you mean to override ${near[0]}?`;
    else message += `\nDid you mean to override one of ${near.join(', ')}?`;
    if (from !== undefined) message = `In '${from}': ${message}`;
    else message += `\nTo append to your default list use +${key}=${formatChoice(choice)}`;
    const similar = near.length === 0 ? nearest(key, this.#known.keys()).slice(0, 1) : near;
    const written = similar.slice(0, MOST).map((each) => `'${overrideIn(at, each, choice)}'`);
    const hint =
      written.length > 0
        ? `Did you mean ${written.join(' or ')}?`
        : at
          ? `To choose it again, write '${anew(at, key, choice)}', before the overrides.`
          : `To add it, write '+${key}=${formatChoice(choice)}'.`;
    return error('ConfigCompositionException', message, { ...(location && { location }), hint });
  }

  /** What can be deleted, where a deletion finds nothing. */
  #insteadOfDeleting(key: string): string {
    const has = this.#known.get(key);
    if (has) return `Its option is ${has}. Write '~${key}=${has}', or '~${key}' for any option.`;
    const [group = ''] = key.split('@', 1);
    const same = [...(this.#knownKeys.get(group) ?? [])];
    const near = same.length > 0 ? same : nearest(key, this.#known.keys());
    const names = near.slice(0, MOST).map((name) => `'~${name}'`);
    if (names.length > 0) return `Did you mean ${names.join(' or ')}?`;
    const keys = [...this.#known.keys()].filter((name) => !name.startsWith('hydra/'));
    const rest = keys.length > 0 ? `: the defaults list has ${keys.join(', ')}.` : '.';
    return `Remove it${rest}`;
  }
}

/** As many names as a question can hold. */
const MOST = 3;

/** An override of a group, in the form of the command line or of the list where it stands. */
function overrideIn(at: PackagedItem | undefined, key: string, choice: Choice): string {
  if (!at) return `${key}=${formatChoice(choice)}`;
  return `override ${overrideFrom(at, key)}: ${formatChoice(choice)}`;
}

/** The item of a defaults list that chooses an option of a group. */
function anew(at: PackagedItem, key: string, choice: Choice): string {
  return `${overrideFrom(at, key)}: ${formatChoice(choice)}`;
}

function isBuiltIn({ base, item }: PackagedItem): boolean {
  return base === 'hydra' && item.location?.source.path === `structured://${HYDRA_CONFIG}`;
}

export function formatChoice(choice: Choice): string {
  if (choice === null) return 'null';
  return typeof choice === 'string' ? choice : `[${choice.join(',')}]`;
}
