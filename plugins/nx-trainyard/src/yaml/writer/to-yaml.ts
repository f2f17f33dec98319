import { sortedEntries } from '../value/python-order';
import { yamlFloat } from './float-text';
import { columnsOf, shapeOf } from './scalar-shape';
import type { ScalarPosition } from './scalar-style';
import { newLine, formatString } from './scalar-style';
import type { YamlList, YamlMap, YamlScalar, YamlValue } from '../value/value';

export interface ToYamlOptions {
  /** Sorts the keys of every mapping as Python does; otherwise they keep their order. */
  readonly sortKeys?: boolean;
}

/** From this length on a key needs a `?`; PyYAML counts its tag (`!!str`) too. */
const SIMPLE_KEY_LENGTH = 128;

/** Python's `base64.encodebytes` breaks lines here. */
const BASE64_LINE = /.{1,76}/g;

function formatBytes(value: Uint8Array, at: ScalarPosition): string {
  const lines = Buffer.from(value).toString('base64').match(BASE64_LINE) ?? [];
  if (lines.length > 0 && !at.key) {
    return ['!!binary |', ...lines].join(newLine(at.indent));
  }
  const text = lines.map((line) => `${line}\n`).join('');
  return `!!binary ${formatString(text, { ...shapeOf(text), plain: false, single: false }, at)}`;
}

/**
 * One scalar as OmegaConf's `to_yaml` writes it at a place. The text has no final line end; it has
 * several lines where a string is folded or bytes are written.
 */
export function scalarToYaml(value: YamlScalar, at: ScalarPosition): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'bool':
    case 'int':
      return String(value.value);
    case 'float':
      return yamlFloat(value.value);
    case 'str':
      return formatString(value.value, shapeOf(value.value), at);
    case 'bytes':
      return formatBytes(value.value, at);
  }
}

/** The key as it stands before a `:`, or undefined when only `? ` can introduce it. */
function simpleKey(key: YamlScalar): string | undefined {
  const at = { column: 0, indent: 0, key: true };
  if (key.kind === 'bytes') return undefined;
  if (key.kind !== 'str') {
    const text = scalarToYaml(key, at);
    return `!!${key.kind}`.length + text.length < SIMPLE_KEY_LENGTH ? text : undefined;
  }
  const shape = shapeOf(key.value);
  const fits = '!!str'.length + shape.length < SIMPLE_KEY_LENGTH;
  return fits && shape.length > 0 && !shape.multiline
    ? formatString(key.value, shape, at)
    : undefined;
}

/** The entries of a mapping in the order in which they are written. */
type Order = (map: YamlMap) => Iterable<[YamlScalar, YamlValue]>;

// Every text below starts at column `indent` and has no final line end.

function writeNode(value: YamlValue, indent: number, order: Order): string {
  if (value.kind === 'map') return writeMap(value, indent, order);
  if (value.kind === 'list') return writeList(value, indent, order);
  return scalarToYaml(value, { column: indent, indent });
}

function writeList(list: YamlList, indent: number, order: Order): string {
  if (list.items.length === 0) return '[]';
  const items = list.items.map((item) => `- ${writeNode(item, indent + 2, order)}`);
  return items.join(newLine(indent));
}

function writeMap(map: YamlMap, indent: number, order: Order): string {
  if (map.entries.size === 0) return '{}';
  const texts: string[] = [];
  for (const [key, value] of order(map)) texts.push(writeEntry(key, value, indent, order));
  return texts.join(newLine(indent));
}

function writeEntry(key: YamlScalar, value: YamlValue, indent: number, order: Order): string {
  const inner = indent + 2;
  const simple = simpleKey(key);
  if (simple === undefined) {
    const complex = scalarToYaml(key, { column: inner, indent: inner });
    return `? ${complex}${newLine(indent)}: ${writeNode(value, inner, order)}`;
  }
  if (value.kind === 'map') {
    const start = value.entries.size === 0 ? ' ' : newLine(inner);
    return `${simple}:${start}${writeMap(value, inner, order)}`;
  }
  if (value.kind === 'list') {
    const start = value.items.length === 0 ? ' ' : newLine(indent);
    return `${simple}:${start}${writeList(value, indent, order)}`;
  }
  const column = indent + columnsOf(simple) + 2;
  return `${simple}: ${scalarToYaml(value, { column, indent: inner })}`;
}

/**
 * The text of `OmegaConf.to_yaml(value)` (OmegaConf 2.2 on PyYAML 6), byte for byte: block style,
 * two spaces, folded at column 80, characters beyond ASCII as they are.
 */
export function toYaml(value: YamlMap | YamlList, options: ToYamlOptions = {}): string {
  const order: Order = (map) => (options.sortKeys ? sortedEntries(map.entries) : map.entries);
  return `${writeNode(value, 0, order)}\n`;
}
