import { canonicalText, scalarText } from '../../../yaml/value/canonical-text';
import type { YamlMap, YamlValue } from '../../../yaml/value/value';
import { isContainer, str } from '../../../yaml/value/value';
import { valueAt } from '../../../yaml/value/value-path';
import { isFolder } from '../../bases/base';
import type { Assignment } from '../overlay';
import { Draft, checkItem, removeAll } from '../overlay';
import { TextWithGaps, gap } from './text-with-gaps';

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

/** Where a value of a run stands in its config. */
export interface Slot {
  /** Which of the run's values. */
  readonly index: number;
  readonly path: readonly string[];
  /** Whether it is the run's alone: its folder or its name. */
  readonly isOwn: boolean;
}

/**
 * What runs have in common that set single values of the same kinds at the same paths: their configs
 * differ in these values and in nothing else.
 */
export class Shape {
  /** The merged config, with a stand-in for each value in a slot. */
  readonly config: YamlMap;
  /** By stand-in. A value that another one replaces, or that is deleted, has no slot. */
  readonly slots: ReadonlyMap<YamlValue, Slot>;
  /** What tells the run from others, before it gets its own output folder. */
  readonly identity: TextWithGaps;
  /** The output folder before runs get their own: a text, or one of the run's values. */
  readonly outputDir: string | Slot | undefined;
  /** Whether runs get names of their own: nothing else gives them one. */
  readonly isNamed: boolean;

  /** @throws DiagnosticError `TypeMismatch` for an item of a list that another value has made shorter */
  constructor(merge: Merge, values: readonly Assignment[]) {
    const standIns = new Map<YamlValue, Slot>();
    const merged = new Draft(merge.start);
    for (const [index, assignment] of values.entries()) {
      const { path } = assignment;
      const value = isContainer(assignment.value) ? assignment.value : { ...assignment.value };
      if (!isContainer(value)) standIns.set(value, { index, path, isOwn: false });
      checkItem(merged.config, assignment);
      merged.assign({ ...assignment, value });
    }
    merged.config = removeAll(merged.config, merge.deleted);
    this.identity = identityOf(merge, values, merged.config, standIns);
    let count = values.length;
    const give = (path: readonly string[]): void => {
      const value = str('');
      standIns.set(value, { index: count++, path, isOwn: true });
      merged.assign({ path, value });
    };
    const { outputDir: path, jobName } = merge;
    const folder = path && valueAt(merged.config, path);
    this.outputDir =
      folder?.kind === 'str' && isFolder(folder)
        ? (standIns.get(folder) ?? folder.value)
        : undefined;
    // Who sets a value puts another object in its place, though it may say the same.
    const isUnset = jobName && valueAt(merge.base, jobName) === valueAt(merged.config, jobName);
    this.isNamed = isUnset ?? false;
    if (path && this.outputDir !== undefined && merge.perRunOutputDir) give(path);
    if (jobName && this.isNamed) give(jobName);
    this.config = merged.config;
    this.slots = among(merged.config, standIns);
  }

  /** A part of the config with a run's values in its slots. */
  fill(value: YamlValue, values: readonly YamlValue[]): YamlValue {
    const slot = this.slots.get(value);
    if (slot) return values[slot.index] as YamlValue;
    if (value.kind === 'list') {
      const items = value.items.map((item) => this.fill(item, values));
      return items.some((item, index) => item !== value.items[index]) ? { ...value, items } : value;
    }
    if (value.kind !== 'map') return value;
    let entries: YamlMap['entries'] | undefined;
    value.entries.forEach((key, item) => {
      const other = this.fill(item, values);
      if (other !== item) (entries ??= value.entries.copy()).set(key, other);
    });
    return entries ? { ...value, entries } : value;
  }
}

/** The text that says what a run is: of the merged config, with what counts of its values. */
function identityOf(
  merge: Merge,
  values: readonly Assignment[],
  merged: YamlMap,
  standIns: ReadonlyMap<YamlValue, Slot>,
): TextWithGaps {
  const isOther = values.some(({ identity, value }) => identity && isContainer(value));
  if (isOther) {
    const draft = new Draft(merge.start);
    for (const each of values) draft.assign({ ...each, value: each.identity ?? each.value });
    return new TextWithGaps(canonicalText(removeAll(draft.config, merge.deleted)));
  }
  const text = canonicalText(merged, (value) => {
    const slot = standIns.get(value);
    return slot ? gap(slot.index) : scalarText(value);
  });
  return new TextWithGaps(text);
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
