import type { Diagnostic } from '../../diagnostics';
import { error, nearest } from '../../diagnostics';
import { locationWithin } from '../../yaml/value/scalar-location';
import type { YamlString } from '../../yaml/value/value';

/** The placeholders that every template may use; `config.` reaches any value of the recipe. */
export const PLACEHOLDERS = [
  'recipe_path',
  'recipe_name',
  'run_name',
  'model_save_name',
  // Where a sweep puts the arguments of a run; nothing in a recipe's own script.
  'overrides',
] as const;
export type PlaceholderName = (typeof PLACEHOLDERS)[number] | `config.${string}`;
/** The key of the recipe that a placeholder names. Takes no other placeholder, so that none is forgotten. */
export function configKey(name: `config.${string}`): string {
  return name.slice('config.'.length);
}

/** The placeholders that stand for one value. */
export type ValueName = Exclude<PlaceholderName, 'overrides'>;

/** A part of a header or template, as it was written. */
export interface Written {
  readonly scalar: YamlString;
  readonly start: number;
  readonly end: number;
}

export interface TextPart {
  readonly text: string;
  readonly written: Written;
}

export interface Placeholder {
  readonly name: PlaceholderName;
  readonly written: Written;
}

/**
 * Takes a text apart as Python's `str.format` does: `{{` and `}}` are braces. Of its fields there are
 * only our placeholders, without conversions and format specifications.
 *
 * @param problems takes what means nothing
 */
export function parseFormat(
  scalar: YamlString,
  problems: Diagnostic[],
): (TextPart | Placeholder)[] {
  const parts: (TextPart | Placeholder)[] = [];
  const between = (start: number, end: number): void => {
    const text = scalar.value.slice(start, end);
    if (text !== '') parts.push({ text, written: { scalar, start, end } });
  };
  const pattern = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;
  let at = 0;
  for (const match of scalar.value.matchAll(pattern)) {
    const [whole, field] = match;
    const end = match.index + whole.length;
    between(at, match.index);
    at = end;
    const written = { scalar, start: match.index, end };
    if (whole === '{{' || whole === '}}') parts.push({ text: whole.charAt(0), written });
    else if (field !== undefined && isPlaceholder(field)) parts.push({ name: field, written });
    else problems.push(badField(field ?? whole, written));
  }
  between(at, scalar.value.length);
  return parts;
}

function isPlaceholder(field: string): field is PlaceholderName {
  if (field.startsWith('config.')) return /^config(?:\.[^.!:[\]\s]+)+$/.test(field);
  return (PLACEHOLDERS as readonly string[]).includes(field);
}

/** A field as it would be without what Python's format adds: ` x[0]!r:>3` is `x.0`. */
function withoutFormat(field: string): string {
  return field
    .replace(/[!:][^]*$/, '')
    .replace(/\[([^[\]]*)\]/g, '.$1')
    .trim();
}

function badField(field: string, { scalar, start, end }: Written): Diagnostic {
  const location = locationWithin(scalar, { start, end });
  const at = location ? { location } : {};
  if (field === '{' || field === '}') {
    const hint = `To write a literal brace, double it: '${field}${field}'.`;
    return error('TemplateSyntax', `a single '${field}' in a template`, { ...at, hint });
  }
  const bare = withoutFormat(field);
  const near = isPlaceholder(bare) ? [bare] : nearest(field, PLACEHOLDERS);
  const isVariable = scalar.value.charAt(start - 1) === '$';
  const hint = isVariable
    ? `For the shell variable, write '\${{${field}}}'.`
    : near.length > 0
      ? `Did you mean ${near.map((name) => `'{${name}}'`).join(' or ')}?`
      : `The placeholders are ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')} and {config.a.b}; ` +
        `for literal braces, write '{{${field}}}'.`;
  return error('UnknownPlaceholder', `unknown placeholder '{${field}}'`, { ...at, hint });
}
