import type { Location, SourceText } from '../../diagnostics';
import { throwDiagnostic } from '../../diagnostics';
import type { YamlMap, YamlScalar, YamlValue } from '../../yaml/value/value';
import { isContainer, pythonTypeName } from '../../yaml/value/value';

/** What a group is set to: one option, several, or none (`null`). */
export type Choice = string | null | readonly string[];

/** `- path[@package]` */
export interface ConfigItem {
  readonly kind: 'config';
  readonly path: string;
  readonly package: string | undefined;
  readonly optional: boolean;
  readonly location: Location | undefined;
  /** The list of options of a group that the config is one of. */
  readonly listed?: { readonly group: GroupItem; readonly index: number };
}

/** `- [optional ][override ]group[@package]: choice` */
export interface GroupItem {
  readonly kind: 'group';
  readonly group: string;
  readonly package: string | undefined;
  readonly choice: Choice;
  readonly optional: boolean;
  readonly override: boolean;
  readonly location: Location | undefined;
  /** Came from a `+group=choice` on the command line, and so may follow overrides. */
  readonly appended?: true;
}

/** `- _self_`: the file's own content stands here. */
export interface SelfItem {
  readonly kind: 'self';
  /** The item was written as `- group: _self_`. */
  readonly group?: GroupItem;
  readonly location: Location | undefined;
}

export type DefaultsItem = ConfigItem | GroupItem | SelfItem;

/**
 * Reads a `defaults` list. (Hydra 1.3; the messages are Hydra's, so that they can be searched for.)
 *
 * @param configPath the file's config path, for messages
 * @throws DiagnosticError `ValueError` at the first item that Hydra refuses
 */
export function parseDefaults(
  defaults: YamlValue,
  configPath: string,
  source: SourceText,
): DefaultsItem[] {
  if (defaults.kind === 'list') return defaults.items.map((item) => parseItem(item, configPath));
  const type = defaults.kind === 'map' ? 'mapping' : pythonTypeName(defaults);
  const message = `Invalid defaults list in '${configPath}', defaults must be a list (got ${type})`;
  return throwDiagnostic('ValueError', message, {
    location: defaults.location ?? { source, start: 0, end: 0 },
    hint: 'Write the items as a list, each after a dash:\n  defaults:\n    - group: option',
  });
}

function parseItem(item: YamlValue, configPath: string): DefaultsItem {
  if (item.kind === 'str') {
    const [path, pkg] = splitPackage(item.value);
    if (path === '_self_') {
      if (pkg !== undefined) invalid('_self_@PACKAGE is not supported', item);
      return { kind: 'self', location: item.location };
    }
    return { kind: 'config', path, package: pkg, optional: false, location: item.location };
  }
  if (item.kind === 'map') return parseGroup(item, configPath);
  const type = item.kind === 'list' ? 'ListConfig' : pythonTypeName(item);
  return invalid(`Unsupported type in defaults : ${type}`, item, quoted(item));
}

function parseGroup(item: YamlMap, configPath: string): DefaultsItem {
  const pairs = [...item.entries];
  const [pair] = pairs;
  if (!pair) return invalid(`In ${configPath}: Missing group name in {}`, item);
  if (pairs.length > 1) {
    const text = pairs.map(([key, value]) => `'${plain(key)}': '${plain(value)}'`).join(', ');
    const message = `In ${configPath}: Too many keys in default item {${text}}`;
    return invalid(message, item, 'Give each key its own dash.');
  }
  const [key, value] = pair;
  if (key.kind !== 'str') {
    return invalid(`In ${configPath}: a group name must be a string`, key, quoted(key));
  }
  const choice = parseChoice(value);
  const [words, pkg] = splitPackage(key.value);
  const keywords = words.split(' ');
  const group = keywords.pop() ?? '';
  if (group === '') {
    return invalid(`In ${configPath}: Missing group name in '${words}'`, key);
  }
  // A word that is no keyword ends the keywords; Hydra 1.3 passes over the rest in silence.
  const end = keywords.findIndex((word) => word !== 'optional' && word !== 'override');
  const known = end === -1 ? keywords : keywords.slice(0, end);
  const made: GroupItem = {
    kind: 'group',
    group,
    package: pkg,
    choice,
    optional: known.includes('optional'),
    override: known.includes('override'),
    location: key.location,
  };
  return choice === '_self_' ? { kind: 'self', group: made, location: key.location } : made;
}

function parseChoice(value: YamlValue): Choice {
  if (value.kind === 'null') return null;
  if (value.kind === 'str') return value.value;
  if (value.kind !== 'list') {
    const type = pythonTypeName(value);
    return invalid(
      `Unsupported item value in defaults : ${type}. Supported: string or list`,
      value,
      quoted(value),
    );
  }
  return value.items.map((option) => {
    if (option.kind === 'str') return option.value;
    const type = pythonTypeName(option);
    return invalid(
      `Unsupported item value in defaults : ${type}, nested list items must be strings`,
      option,
      quoted(option),
    );
  });
}

/** Splits `path@package`; in `@a:b` only `a` counts, and `_here_` is the parent's own package. */
function splitPackage(text: string): [path: string, pkg: string | undefined] {
  const at = text.indexOf('@');
  if (at === -1) return [text, undefined];
  const pkg = text.slice(at + 1).split(':', 1)[0] ?? '';
  return [text.slice(0, at), pkg === '_here_' ? '' : pkg];
}

/** A value of another type that is the name of an option all the same, as it is written. */
function quoted(value: YamlValue): string | undefined {
  if (!value.location || value.kind === 'null' || isContainer(value)) return undefined;
  const { source, start, end } = value.location;
  return `Put the name in quotes: "${source.text.slice(start, end)}".`;
}

function invalid(message: string, at: YamlValue, hint?: string): never {
  return throwDiagnostic('ValueError', message, {
    ...(at.location && { location: at.location }),
    hint:
      hint ??
      "An item is 'path', 'path@package', 'group: option', 'group@package: option' or '_self_'.",
  });
}

function plain(value: YamlValue | YamlScalar): string {
  return 'value' in value ? String(value.value) : value.kind;
}
