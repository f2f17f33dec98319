import type { Diagnostic, Location } from '../../diagnostics';
import { error } from '../../diagnostics';
import { readPath, writePath } from '../../yaml/value/key-path';
import type { YamlMap, YamlScalar, YamlValue } from '../../yaml/value/value';
import type { WrittenKey } from './experiment';
import { formatValue } from '../../yaml/writer/format-value';
import { listOf, mapOf, textOf } from '../../yaml/schema/fields';

export type Report = (problem: Diagnostic) => void;

/** A whole number; `3.0` is one too, as in JSON Schema. */
export function wholeOf(value: YamlValue | undefined): bigint | undefined {
  if (value?.kind === 'int') return value.value;
  return value?.kind === 'float' && Number.isInteger(value.value) ? BigInt(value.value) : undefined;
}

/** What has no place was made here, from something at the start of the file. */
export function locationOf(value: YamlValue, root: Location): Location {
  return value.location ?? { source: root.source, start: 0, end: 0 };
}

/** A text with its place. */
export function written(value: YamlValue | undefined, root: Location): WrittenKey | undefined {
  const name = textOf(value);
  return value && name !== undefined ? { name, location: locationOf(value, root) } : undefined;
}

/** A text that is a path, in the one spelling that paths have here; what is none is reported. */
export function writtenPath(
  value: YamlValue | undefined,
  root: Location,
  report: Report,
): WrittenKey | undefined {
  const key = written(value, root);
  return key && { ...key, name: pathFormatted(key, report) };
}

function pathFormatted({ name, location }: WrittenKey, report: Report): string {
  // Another tool's `key=value` may hold anything; it is refused where the base is known.
  if (name.includes('=')) return name;
  const path = readPath(name);
  if (path) return writePath(path);
  const isEmpty = !name.includes('[');
  const parts = name.split(/[.[\]]+/).filter((part) => part !== '');
  const hint =
    parts.length > 0
      ? `Write ${parts.join('.')}, with one dot between keys.`
      : "Write one dot between keys, as in 'optimizer.lr'.";
  const why = isEmpty ? 'a part of it is empty' : 'each pair of brackets must contain one key';
  report(error('ExperimentSchema', `'${name}' is not a valid path: ${why}`, { location, hint }));
  return name;
}

/** A list of dotted paths. */
export function pathsOf(
  value: YamlValue | undefined,
  root: Location,
  report: Report,
): WrittenKey[] {
  return listOf(value).flatMap((item) => writtenPath(item, root, report) ?? []);
}

/** A key that is a text; others are reported. */
function keyName(key: YamlScalar, root: Location, report: Report): WrittenKey | undefined {
  const name = writtenPath(key, root, report);
  if (!name) {
    report(
      error(
        'ExperimentSchema',
        `the key ${formatValue(key)} is read as ${key.kind}, but must be a string`,
        {
          location: locationOf(key, root),
          hint: `Put it in quotes.`,
        },
      ),
    );
  }
  return name;
}

export interface WrittenEntry {
  readonly key: WrittenKey;
  readonly value: YamlValue;
}

/** The entries of a mapping whose keys are paths. */
export function entriesOf(
  value: YamlValue | undefined,
  root: Location,
  report: Report,
): WrittenEntry[] {
  return Array.from(mapOf(value)?.entries ?? []).flatMap(([key, item]) => {
    const name = keyName(key, root, report);
    return name ? [{ key: name, value: item }] : [];
  });
}

/**
 * The leaves of nested mappings under their dotted paths, each with the place of its last key. A
 * mapping is a leaf itself where it is empty, where it has a key that is no text or has an empty
 * part, and where `whole` names it.
 */
export function leavesOf(
  value: YamlValue | undefined,
  root: Location,
  whole: ReadonlySet<string>,
  report: Report,
): WrittenEntry[] {
  const open = ({ key, value: item }: WrittenEntry): WrittenEntry[] => {
    const placeholder = unquotedPlaceholder(item);
    if (placeholder) {
      report(placeholder);
      return [];
    }
    if (item.kind !== 'map' || whole.has(key.name) || !hasPathKeys(item))
      return [{ key, value: item }];
    return entriesOf(item, root, report).flatMap((inner) =>
      open({ key: { ...inner.key, name: `${key.name}.${inner.key.name}` }, value: inner.value }),
    );
  };
  return entriesOf(value, root, report).flatMap(open);
}

/** `key: {run_id}`, which YAML reads as a mapping with a key and no value. */
function unquotedPlaceholder(value: YamlValue): Diagnostic | undefined {
  if (value.kind !== 'map' || value.entries.size !== 1 || !value.location) return undefined;
  const { source, start, end } = value.location;
  const text = source.text.slice(start, end);
  if (!/^\{[\w.]+\}$/.test(text)) return undefined;
  return error('ExperimentSchema', `without quotes, ${text} is a mapping with one key`, {
    location: value.location,
    hint: `Put it in quotes: '${text}'`,
  });
}

function hasPathKeys({ entries }: YamlMap): boolean {
  const keys = Array.from(entries.keys());
  return keys.length > 0 && keys.every((key) => readPath(textOf(key) ?? '') !== undefined);
}
