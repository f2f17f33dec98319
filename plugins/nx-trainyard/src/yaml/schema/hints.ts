import { pythonFloatAccepts } from '../value/python-number';
import type { SchemaFinding } from './finding';
import { schemaOf, wantsNumber } from './finding';

/** What would make a value of the wrong type right, where a pair of quotes decides. */
export function quotesHint(
  { value, valueLocation }: SchemaFinding,
  types: readonly string[],
): string | undefined {
  const isScalar = value.kind === 'int' || value.kind === 'float' || value.kind === 'bool';
  if (types.includes('string') && !wantsNumber(types) && isScalar) {
    return `Put it in quotes: '${valueLocation.source.text.slice(valueLocation.start, valueLocation.end)}'`;
  }
  if (types.includes('boolean') && value.kind === 'str' && /^(?:true|false)$/i.test(value.value)) {
    return `Remove the quotes: ${value.value.toLowerCase()}`;
  }
  if (wantsNumber(types) && value.kind === 'str' && pythonFloatAccepts(value.value)) {
    return `Remove the quotes: ${value.value}`;
  }
  return undefined;
}

/** What would make a value of the wrong type right, where a pair of brackets decides. */
export function bracketsHint(finding: SchemaFinding, types: readonly string[]): string | undefined {
  const { value, valueLocation } = finding;
  const schema = schemaOf(finding);
  const text = valueLocation.source.text.slice(valueLocation.start, valueLocation.end);
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
