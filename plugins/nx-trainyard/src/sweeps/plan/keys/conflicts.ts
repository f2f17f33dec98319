import { writePath } from '../../../yaml/value/key-path';
import type { Diagnostic } from '../../../diagnostics';
import { error } from '../../../diagnostics';
import type { YamlValue } from '../../../yaml/value/value';
import type { KeySource, PartialRow, WrittenKey } from '../../experiment/experiment';

/** A key with a value that it can get, and who gives it. */
export interface Use {
  readonly key: WrittenKey;
  readonly value: YamlValue;
  readonly by: KeySource;
  /** The explicit row that the key stands in. */
  readonly row?: PartialRow;
}

/**
 * Finds paths that are set from two sides. Explicit rows may set what others set, and so may
 * conditions set what the controls set; what is varied, computed or deleted has one source.
 */
export class Conflicts {
  readonly problems: Diagnostic[] = [];
  /** Who sets a path, by dotted path; a path is a leaf of a value. */
  readonly #setters = new Map<string, readonly Use[]>();
  /** Who sets something below a path. */
  readonly #below = new Map<string, readonly Use[]>();
  readonly #deleted = new Map<string, WrittenKey>();
  /** Pairs of keys that are reported already. */
  readonly #reported = new Set<string>();

  delete(path: readonly string[], key: WrittenKey): void {
    this.#deleted.set(writePath(path), key);
  }

  /**
   * @param value as it is merged at the path
   * @param replaced dotted paths at which a mapping replaces what is there
   */
  set(use: Use, path: readonly string[], value: YamlValue, replaced: ReadonlySet<string>): void {
    this.#reportDeleted(use, path);
    for (const leaf of leafPaths(path, value, replaced)) {
      const at = writePath(leaf);
      const above = leaf.slice(0, -1).map((_, depth) => writePath(leaf.slice(0, depth + 1)));
      this.#reportAny(
        use,
        [at, ...above].flatMap((other) => this.#setters.get(other) ?? []),
        at,
      );
      this.#reportAny(use, this.#below.get(at) ?? [], at);
      this.#reportDeletedBelow(use, at);
      add(this.#setters, at, use);
      for (const parent of above) add(this.#below, parent, use);
    }
  }

  #reportAny(use: Use, others: readonly Use[], leaf: string): void {
    for (const other of others) if (!mayMeet(other, use)) this.#reportBoth(use, other, leaf);
  }

  /** What replaces a whole value leaves nothing of it that could be deleted. */
  #reportDeletedBelow(use: Use, leaf: string): void {
    for (const [path, key] of this.#deleted) {
      if (path.startsWith(`${leaf}.`)) this.#reportOneDeleted(use, key);
    }
  }

  #reportBoth(use: Use, { key: other }: Use, leaf: string): void {
    this.#report(`'${use.key.name}' and '${other.name}' both set ${leaf}`, use, other, {
      hint: 'Remove one of the two.',
      related: `'${other.name}' is set here`,
    });
  }

  #reportDeleted(use: Use, path: readonly string[]): void {
    for (let length = path.length; length > 0; length--) {
      const deleted = this.#deleted.get(writePath(path.slice(0, length)));
      if (deleted) this.#reportOneDeleted(use, deleted);
    }
  }

  #reportOneDeleted(use: Use, deleted: WrittenKey): void {
    this.#report(`'${use.key.name}' is set and '${deleted.name}' is deleted`, use, deleted, {
      hint: "Keep one of them. To replace a mapping as a whole, list it under 'replace'.",
      related: 'deleted here',
    });
  }

  #report(
    message: string,
    { key }: Use,
    other: WrittenKey,
    { hint, related }: { readonly hint: string; readonly related: string },
  ): void {
    const id = `${key.location.start} ${other.location.start}`;
    if (this.#reported.has(id)) return;
    this.#reported.add(id);
    const details = { hint, related: [{ message: related, location: other.location }] };
    this.problems.push(error('Conflict', message, { location: key.location, ...details }));
  }
}

/** Who comes later in the merge, and may therefore set what another has set. */
const MAY_SET_AGAIN: Readonly<Record<Use['by'], readonly Use['by'][]>> = {
  variable: [],
  control: [],
  row: ['variable', 'control'],
  when: ['control', 'row', 'when'],
  derived: [],
  seed: [],
};

function mayMeet(first: Use, second: Use): boolean {
  if (first.key.location === second.key.location) return true;
  if (first.by === 'row' && second.by === 'row') return first.row !== second.row;
  return MAY_SET_AGAIN[second.by].includes(first.by);
}

/** The paths at which a value is merged: maps merge key by key. */
function* leafPaths(
  path: readonly string[],
  value: YamlValue,
  replaced: ReadonlySet<string>,
): Generator<readonly string[]> {
  if (value.kind !== 'map' || replaced.has(writePath(path))) {
    yield path;
    return;
  }
  for (const [key, item] of value.entries) {
    if (key.kind === 'str') yield* leafPaths([...path, key.value], item, replaced);
  }
}

/** Adds a use; of the values of one key, the last one stands for all. */
function add(uses: Map<string, readonly Use[]>, path: string, use: Use): void {
  const others = uses.get(path)?.filter(({ key }) => key.location !== use.key.location) ?? [];
  uses.set(path, [...others, use]);
}
