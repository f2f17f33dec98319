import type { ErrorObject } from 'ajv';
import type { DiagnosticDetails, DiagnosticId, Location } from '../../diagnostics';
import type { YamlValue } from '../value/value';
import { formatValue } from '../writer/format-value';

/** What is used here of a JSON Schema of an object or a value. */
export interface Schema {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema & { readonly deprecated?: boolean }>>;
}

/** What ajv found, with what it was found in. */
export interface SchemaFinding {
  readonly problem: ErrorObject;
  /** The schema of the whole file. */
  readonly root: Schema;
  readonly path: readonly string[];
  readonly value: YamlValue;
  /** The key that the value stands under. */
  readonly keyLocation: Location;
  readonly valueLocation: Location;
  readonly locationOfKey: (name: string) => Location;
}

/** A problem in words. */
export interface Problem extends DiagnosticDetails {
  readonly id?: DiagnosticId;
  readonly message: string;
}

/** The types of JSON Schema as people call them. */
export const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

export function wantsNumber(types: readonly string[]): boolean {
  return types.includes('integer') || types.includes('number');
}

const LONGEST_SHOWN = 40;

/** A value as it is spoken of. */
export function shown(value: YamlValue): string {
  if (value.kind === 'list') return 'a list';
  if (value.kind === 'map') return 'a mapping';
  if (value.kind === 'null') return 'empty';
  if (value.kind === 'bytes') return 'binary data';
  const text = formatValue(value);
  const short = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  if (value.kind === 'str') return `the string '${short}'`;
  return value.kind === 'bool' ? short : `the number ${short}`;
}

const isIndex = (part: string): boolean => /^\d+$/.test(part);

/** `'sweep.zip[0].lora_rank'`, or `the file` for its root. */
export function pathText(path: readonly string[]): string {
  if (path.length === 0) return 'the file';
  const parts = path.map((part) => (isIndex(part) ? `[${part}]` : `.${part}`));
  return `'${parts.join('').replace(/^\./, '')}'`;
}

/** `key: value` with the first example of a schema. */
export function exampleOf(schema: Schema | undefined, key: string): string | undefined {
  const [first] = schema?.examples ?? [];
  if (first === undefined) return undefined;
  const bare = typeof first === 'string' && /^[\w./-]*[A-Za-z][\w./-]*$/.test(first);
  return `${key}: ${bare ? first : JSON.stringify(first)}`;
}

/** The key that a path ends in, outside of lists. */
export function lastKey(path: readonly string[]): string {
  return path.findLast((part) => !isIndex(part)) ?? '';
}

export function listed(names: readonly string[], last: 'and' | 'or'): string {
  const quoted = names.map((name) => `'${name}'`);
  const end = quoted.pop() ?? '';
  return quoted.length === 0 ? end : `${quoted.join(', ')} ${last} ${end}`;
}

/** Where a key belongs that stands in the wrong section. */
export function homeOf(root: Schema, name: string, path: readonly string[]): string | undefined {
  const properties = root.properties ?? {};
  if (path.length > 0 && Object.hasOwn(properties, name) && !properties[name]?.deprecated) {
    return `'${name}' belongs at the top level.`;
  }
  const sections = Object.keys(properties).filter((key) =>
    Object.hasOwn(properties[key]?.properties ?? {}, name),
  );
  return sections.length === 0 ? undefined : `'${name}' belongs under ${listed(sections, 'or')}.`;
}

/** A problem from its parts; a hint only where there is one. */
export function problemAt(message: string, location: Location, hint: string | undefined): Problem {
  return { message, location, ...(hint !== undefined && { hint }) };
}

/** The part of the schema that was not met. */
export function schemaOf({ problem }: SchemaFinding): Schema {
  return problem.parentSchema as Schema;
}

/** The schema of the key that an item of a list stands under. */
function schemaAt({ root, path }: SchemaFinding): Schema | undefined {
  const last = path.findLastIndex((part) => !isIndex(part));
  return path
    .slice(0, last + 1)
    .reduce<Schema | undefined>((schema, part) => schema?.properties?.[part], root);
}

/** What the schema gives as an example for the value. */
export function forExample(finding: SchemaFinding): string | undefined {
  const example =
    exampleOf(schemaOf(finding), lastKey(finding.path)) ??
    exampleOf(schemaAt(finding), lastKey(finding.path));
  return example && `For example, ${example}`;
}

/** What the value is for, with an example of it. */
export function explained(finding: SchemaFinding): string {
  return [schemaOf(finding).description, forExample(finding)].filter(Boolean).join(' ');
}
