import { jsonText } from '../../basics/json';
import { pythonFloatRepr } from './python-number';
import type { YamlMap, YamlScalar, YamlValue } from './value';

/** A text with gaps, each for the text of one of a run's values. */
export class GappedText {
  readonly #kept: readonly string[];
  readonly #gaps: readonly number[];

  /** @param parts texts, and numbers of values */
  constructor(parts: readonly (string | number)[]) {
    const kept: string[][] = [[]];
    const gaps: number[] = [];
    for (const part of parts) {
      if (typeof part === 'string') kept[gaps.length]?.push(part);
      else kept[gaps.push(part)] = [];
    }
    // A joined text is one piece for V8, and much faster to copy than the sum of its parts.
    this.#kept = kept.map((texts) => texts.join(''));
    this.#gaps = gaps;
  }

  fill(values: readonly { readonly text: string }[]): string {
    let text = this.#kept[0] ?? '';
    for (let index = 0; index < this.#gaps.length; index++) {
      text += values[this.#gaps[index] ?? -1]?.text ?? '';
      text += this.#kept[index + 1] ?? '';
    }
    return text;
  }
}

/**
 * A value as text: typed, keys sorted, so that equal values have equal texts and others never.
 *
 * @param gapFor the number of the gap that is left for a scalar
 */
export function canonicalText(
  value: YamlValue,
  gapFor: (value: YamlValue) => number | undefined = () => undefined,
): GappedText {
  const parts: (string | number)[] = [];
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
    } else parts.push(gapFor(at) ?? scalarText(at));
  };
  add(value);
  return new GappedText(parts);
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
