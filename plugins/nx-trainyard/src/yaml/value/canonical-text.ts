import { jsonText } from '../../basics/json';
import { pythonFloatRepr } from './python-number';
import type { YamlMap, YamlScalar, YamlValue } from './value';

/**
 * A value as text: typed, keys sorted, so that equal values have equal texts and others never.
 *
 * @param textOf what a scalar becomes
 */
export function canonicalText(
  value: YamlValue,
  textOf: (scalar: YamlScalar) => string = scalarText,
): string {
  const parts: string[] = [];
  const add = (at: YamlValue): void => {
    if (at.kind === 'map') {
      parts.push('{');
      for (const [index, { prefix, item }] of sorted(at).entries()) {
        parts.push(index === 0 ? prefix : `,${prefix}`);
        add(item);
      }
      parts.push('}');
    } else if (at.kind === 'list') {
      parts.push('[');
      for (const [index, item] of at.items.entries()) {
        if (index > 0) parts.push(',');
        add(item);
      }
      parts.push(']');
    } else parts.push(textOf(at));
  };
  add(value);
  return parts.join('');
}

/** The entries of a map in the order of their keys' texts. */
function sorted({ entries }: YamlMap): { readonly prefix: string; readonly item: YamlValue }[] {
  return Array.from(entries, ([key, item]) => ({ prefix: `${scalarText(key)}:`, item })).sort(
    (a, b) => (a.prefix < b.prefix ? -1 : 1),
  );
}

/** A scalar as it stands in a canonical text. */
export function scalarText(value: YamlScalar): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'str':
      return jsonText(value.value);
    case 'float':
      return `f${pythonFloatRepr(value.value)}`;
    case 'int':
      return `i${value.value}`;
    case 'bool':
      return `b${value.value}`;
    case 'bytes':
      return `x${Buffer.from(value.value).toString('hex')}`;
  }
}
