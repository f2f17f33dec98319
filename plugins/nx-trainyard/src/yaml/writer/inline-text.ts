import { Dict } from '../value/dict';
import { shapeOf } from './scalar-shape';
import { newLine, formatString } from './scalar-style';
import { scalarToYaml, toYaml } from './to-yaml';
import type { YamlList, YamlMap, YamlScalar, YamlValue } from '../value/value';

/** PyYAML's emitter never leaves a text with one of these without quotes in flow style. */
const FLOW_INDICATOR = /[,?[\]{}:]/;

/** Line ends that `to_yaml` writes as they are, and PyYAML then reads as others. */
const RARE_BREAK = /[\x85\u2028\u2029]/;

/** Longest flow list, in characters, that a flow list is replaced by. */
const LONGEST_FLOW_LIST = 80;

export function isEmpty(value: YamlValue): boolean {
  return value.kind === 'map' ? value.entries.size === 0 : value.kind === 'list' && !value.items[0];
}

/** A scalar on one line, in a place where brackets, commas and colons have a meaning. */
function flowScalar(value: YamlScalar): string {
  const at = { column: 0, indent: 0, key: true };
  if (value.kind !== 'str') return scalarToYaml(value, at);
  const shape = shapeOf(value.value);
  const plain = shape.plain && !FLOW_INDICATOR.test(value.value);
  return formatString(value.value, { ...shape, plain }, at);
}

/** A value on one line: `{a: 1}`, `[1, 2]`, or a scalar. */
export function flowText(value: YamlValue): string {
  if (value.kind === 'list') return `[${value.items.map(flowText).join(', ')}]`;
  if (value.kind === 'map') return `{${flowEntries(value)}}`;
  return flowScalar(value);
}

/** The entries of a map as they stand between braces. */
export function flowEntries(map: YamlMap): string {
  return Array.from(map.entries, ([key, value]) => `${flowScalar(key)}: ${flowText(value)}`).join(
    ', ',
  );
}

/** A short list of scalars as a flow list, in place of another one; undefined for other values. */
export function shortFlowList(value: YamlValue): string | undefined {
  if (value.kind !== 'list') return undefined;
  if (value.items.some((item) => item.kind === 'map' || item.kind === 'list')) return undefined;
  const text = flowText(value);
  return text.length <= LONGEST_FLOW_LIST ? text : undefined;
}

/**
 * A scalar or an empty container in block style. `indent` is the column of further lines, which
 * only a text with line ends has: nothing is folded, so that an edited value stays one line of a
 * diff.
 */
export function inlineText(value: YamlValue, indent: number): string | undefined {
  if (value.kind === 'map' || value.kind === 'list') {
    return isEmpty(value) ? flowText(value) : undefined;
  }
  // Bytes would be a block text, which a comment cannot follow.
  if (value.kind === 'bytes') return flowScalar(value);
  const at = { column: indent, indent, width: Infinity };
  if (value.kind === 'str' && RARE_BREAK.test(value.value)) {
    return formatString(value.value, { ...shapeOf(value.value), plain: false, single: false }, at);
  }
  return scalarToYaml(value, at);
}

/**
 * A map or list that is not empty, as `to_yaml` lays it out but never folded. The text stands at
 * `column`: its first line is not indented, and it has no final line end.
 */
export function blockText(value: YamlMap | YamlList, column: number): string {
  const parts =
    value.kind === 'list'
      ? value.items.map((item) => `-${itemText(item, column)}`)
      : Array.from(value.entries, ([key, item]) => keyText(key, column) + pairText(item, column));
  return parts.join(newLine(column));
}

/** A key up to its colon; one that cannot stand before a colon alone is introduced by `?`. */
function keyText(key: YamlScalar, column: number): string {
  const entries = new Dict<YamlValue>();
  entries.set(key, { kind: 'null' });
  const text = toYaml({ kind: 'map', entries });
  return text.slice(0, -' null\n'.length).replaceAll('\n', newLine(column));
}

function itemText(value: YamlValue, column: number): string {
  const inner = column + 2;
  return ` ${inlineText(value, inner) ?? blockText(value as YamlMap | YamlList, inner)}`;
}

function pairText(value: YamlValue, column: number): string {
  const inline = inlineText(value, column + 2);
  if (inline !== undefined) return ` ${inline}`;
  const inner = childColumn(value, column);
  return newLine(inner) + blockText(value as YamlMap | YamlList, inner);
}

/** Where `to_yaml` puts a container below a key at `column`: a dash stands under the key. */
export function childColumn(value: YamlValue, column: number): number {
  return value.kind === 'list' ? column : column + 2;
}
