import { identical } from '../../../yaml/value/identical';
import type { GappedText } from '../../../yaml/value/canonical-text';
import { canonicalText, scalarText } from '../../../yaml/value/canonical-text';
import { valueAt } from '../../../yaml/value/value-path';
import type { YamlMap, YamlScalar, YamlValue } from '../../../yaml/value/value';
import { isContainer, str } from '../../../yaml/value/value';
import { isFolder } from '../../bases/base';
import type { Assignment } from '../overlay';
import { Draft, refuseMissingItem, removeAll } from '../overlay';

/** Where a value of a run stands in its config. */
export interface Slot {
  /** Which of the run's values. */
  readonly index: number;
  readonly path: readonly string[];
}

/**
 * What runs have in common that set single values of the same kinds at the same paths: their configs
 * differ in these values and in nothing else. So what is made of a config (its text, its fingerprint,
 * what is to be warned of) is made once for a shape, and filled with the values of each run.
 */
export interface RunShape {
  /** The merged config, with a stand-in for each value in a slot. It is the config of a run, too. */
  readonly config: YamlMap;
  /** By stand-in. A value that another one replaces, or that is deleted, has no slot. */
  readonly slots: ReadonlyMap<YamlValue, Slot>;
  /** What tells the run from others, before it gets its own output folder. */
  readonly identity: GappedText;
  /** The output folder before runs get their own: a text, or one of the run's values. */
  readonly outputDir: string | Slot | undefined;
  /** Whether runs get names of their own: nothing else gives them one. */
  readonly isNamed: boolean;
  /** Which of a run's values are its alone: its folder and its name. */
  readonly own: ReadonlySet<number>;
}

/** A value at its path, with what every run that sets it needs of it. */
export interface Placed extends Assignment {
  /** Values of one sort leave the rest of a config as it is when one takes the other's place. */
  readonly sort: number;
  /** How it stands in a run's identity. */
  readonly text: string;
}

/** How all runs of a sweep are merged. */
export interface Merge {
  readonly base: YamlMap;
  /** The base with what all runs set. */
  readonly start: YamlMap;
  readonly deleted: readonly (readonly string[])[];
  readonly outputDir: readonly string[] | undefined;
  /** Whether each run gets a folder of its own. */
  readonly perRunOutputDir: boolean;
  /** Where each run gets a name of its own, unless the experiment sets it. */
  readonly jobName: readonly string[] | undefined;
}

/** Most sweeps have one shape; one whose variables are mappings has many, and keeps so many. */
const KEPT = 1000;

/** Finds the shapes of runs. */
export class RunShapes {
  readonly #merge: Merge;
  readonly #sorts = new Map<string, number>();
  readonly #containers = new Map<YamlValue, number>();
  readonly #known = new Map<string, RunShape>();

  constructor(merge: Merge) {
    this.#merge = merge;
  }

  place(assignment: Assignment): Placed {
    const { value } = assignment;
    const identity = assignment.identity ?? value;
    const text = isContainer(identity) ? '' : scalarText(identity);
    return { ...assignment, sort: this.#sortOf(assignment), text };
  }

  /**
   * @param values in the order in which they are merged
   * @throws DiagnosticError `TypeMismatch` for an item of a list that another value has made shorter
   */
  of(values: readonly Placed[]): RunShape {
    let key = '';
    for (const { sort } of values) key += `${sort},`;
    let shape = this.#known.get(key);
    if (!shape) {
      if (this.#known.size === KEPT) this.#known.clear();
      shape = shapeOf(this.#merge, values);
      this.#known.set(key, shape);
    }
    return shape;
  }

  /** Containers merge with what is there: each is a sort of its own. */
  #sortOf({ path, value }: Assignment): number {
    const count = this.#sorts.size + this.#containers.size;
    if (isContainer(value)) return numberOf(this.#containers, value, count);
    const old = valueAt(this.#merge.base, path);
    // What the base says already keeps the base's spelling, and is no edit.
    const kind = old && identical(old, value) ? 'as the base' : value.kind;
    return numberOf(this.#sorts, `${path.join('\0')}\0${kind}`, count);
  }
}

function numberOf<K>(numbers: Map<K, number>, key: K, next: number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, next);
  return next;
}

/** The config that says what a run is: the merged one, with what counts of its values. */
function identityOf(merge: Merge, values: readonly Placed[]): YamlMap {
  const draft = new Draft(merge.start);
  for (const placed of values) draft.assign({ ...placed, value: placed.identity ?? placed.value });
  return removeAll(draft.config, merge.deleted);
}

function shapeOf(merge: Merge, values: readonly Placed[]): RunShape {
  const standIns = new Map<YamlValue, Slot>();
  const merged = new Draft(merge.start);
  for (const [index, placed] of values.entries()) {
    const value = isContainer(placed.value) ? placed.value : { ...placed.value };
    if (!isContainer(value)) standIns.set(value, { index, path: placed.path });
    refuseMissingItem(merged.config, placed);
    merged.assign({ ...placed, value });
  }
  merged.config = removeAll(merged.config, merge.deleted);
  const isOther = values.some(({ identity, value }) => identity && isContainer(value));
  const identity = isOther
    ? canonicalText(identityOf(merge, values))
    : canonicalText(merged.config, (value) => standIns.get(value)?.index);
  const own = new Set<number>();
  const give = (path: readonly string[]): void => {
    const index = values.length + own.size;
    const value = str('');
    standIns.set(value, { index, path });
    own.add(index);
    merged.assign({ path, value });
  };
  const { outputDir: path, jobName } = merge;
  // Who sets a value puts another object in its place, though it may say the same.
  const isNamed = jobName !== undefined && sameAt(merge.base, merged.config, jobName);
  const folder = path && valueAt(merged.config, path);
  const outputDir =
    folder?.kind === 'str' && isFolder(folder) ? (standIns.get(folder) ?? folder.value) : undefined;
  if (path && outputDir !== undefined && merge.perRunOutputDir) give(path);
  if (isNamed) give(jobName);
  const slots = among(merged.config, standIns);
  return { config: merged.config, slots, identity, outputDir, isNamed, own };
}

function sameAt(one: YamlMap, other: YamlMap, path: readonly string[]): boolean {
  return valueAt(one, path) === valueAt(other, path);
}

/** The stand-ins that a config really has. */
function among(config: YamlMap, standIns: ReadonlyMap<YamlValue, Slot>): Map<YamlValue, Slot> {
  const found = new Map<YamlValue, Slot>();
  const look = (value: YamlValue): void => {
    const slot = standIns.get(value);
    if (slot) found.set(value, slot);
    else if (value.kind === 'map') value.entries.forEach((_, item) => look(item));
    else if (value.kind === 'list') value.items.forEach(look);
  };
  look(config);
  return found;
}

/** A value of a shape with a run's values in its slots. */
export function filled(
  { slots }: RunShape,
  value: YamlValue,
  values: readonly YamlValue[],
): YamlValue {
  const fill = (at: YamlValue): YamlValue => {
    const slot = slots.get(at);
    if (slot) return values[slot.index] as YamlScalar;
    if (at.kind === 'list') {
      const items = at.items.map(fill);
      return items.some((item, index) => item !== at.items[index]) ? { ...at, items } : at;
    }
    if (at.kind !== 'map') return at;
    let entries: YamlMap['entries'] | undefined;
    at.entries.forEach((key, item) => {
      const other = fill(item);
      if (other !== item) (entries ??= at.entries.copy()).set(key, other);
    });
    return entries ? { ...at, entries } : at;
  };
  return fill(value);
}
