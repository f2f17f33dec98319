import { flowText } from '../../../yaml/writer/inline-text';
import { pythonFloatAccepts } from '../../../yaml/value/python-number';
import type { YamlValue } from '../../../yaml/value/value';
import type { Finding } from './schema-terms';
import { lastKey, schemaOf, wantsNumber } from './schema-terms';

/** A key inside another is varied by its whole path, with the list that is written for it. */
export function nestedHint({ path, value }: Finding, name: string): string {
  let key = `${lastKey(path)}.${name}`;
  let inner = value.kind === 'map' ? value.entries.at(name) : undefined;
  while (inner?.kind === 'map' && inner.entries.size === 1) {
    const [[only, item]] = [...inner.entries] as [[YamlValue, YamlValue]];
    if (only.kind !== 'str' || SUGAR.includes(only.value)) break;
    key += `.${only.value}`;
    inner = item;
  }
  const isList = inner?.kind === 'list' || (inner?.kind === 'map' && inner.entries.size === 1);
  const values = inner && (isList ? flowText(inner) : `[${flowText(inner)}]`);
  const whole = `or a list of mappings: [{${name}: …}]`;
  return `Write a nested key with dots, '${key}: ${values ?? '[…]'}', ${whole}.`;
}

const SUGAR = ['range', 'linspace', 'log'];

/** What would make a value of the wrong type right, where a pair of quotes decides. */
export function quotesHint(
  { value, valuePlace }: Finding,
  types: readonly string[],
): string | undefined {
  const isScalar = value.kind === 'int' || value.kind === 'float' || value.kind === 'bool';
  if (types.includes('string') && !wantsNumber(types) && isScalar) {
    return `Put it in quotes: '${valuePlace.source.text.slice(valuePlace.start, valuePlace.end)}'`;
  }
  if (wantsNumber(types) && value.kind === 'str' && pythonFloatAccepts(value.value)) {
    return `Remove the quotes: ${value.value}`;
  }
  return undefined;
}

/** What would make a value of the wrong type right, where a pair of brackets decides. */
export function bracketsHint(finding: Finding, types: readonly string[]): string | undefined {
  const { value, valuePlace } = finding;
  const schema = schemaOf(finding);
  const text = valuePlace.source.text.slice(valuePlace.start, valuePlace.end);
  if (!types.includes('array')) return undefined;
  const wanted = [schema.items?.type].flat();
  const fits = value.kind === 'map' ? text.startsWith('{') : value.kind === 'str';
  // Items that are said elsewhere in the schema are mappings.
  const isItem =
    value.kind === 'map'
      ? wanted.includes('object') || wanted[0] === undefined
      : wanted.includes('string');
  return fits && isItem ? `Write [${text}].` : undefined;
}
