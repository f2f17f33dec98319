import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Diagnostic, DiagnosticId, Location, SourceText } from '../../diagnostics';
import { error, nearest } from '../../diagnostics';
import { packageJson } from '../../files/package-files';
import type { YamlScalar, YamlValue } from '../value/value';
import type { SchemaFinding, Problem, Schema } from './finding';
import { keysOf, wordsFor } from './words';
import { formatValue } from '../writer/format-value';

/** A kind of file that people write in YAML. */
export interface FileSchema {
  /** Its JSON Schema, from the package's folder: editors read it too. */
  readonly file: string;
  /** Loads the schema compiled, as `npm run validators` writes it: only what is new is checked. */
  readonly validator: () => ValidateFunction;
  readonly id: DiagnosticId;
  /** What is said in other words than of any file; undefined where there is nothing special about it. */
  readonly words?: (finding: SchemaFinding) => Problem | undefined;
}

/** A value as JSON Schema sees it. */
function plain(value: YamlValue): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'int':
      return Number(value.value);
    case 'bytes':
      // Of no type that JSON has, unlike a text of the same letters.
      return Symbol(formatValue(value));
    case 'list':
      return value.items.map(plain);
    case 'map': {
      // Without a prototype, so that a key `__proto__` is a key.
      const object = Object.create(null) as Record<string, unknown>;
      for (const [key, item] of value.entries) object[nameOf(key)] = plain(item);
      return object;
    }
    default:
      return value.value;
  }
}

/** A key as JSON Schema sees it. */
function nameOf(key: YamlScalar): string {
  return key.kind === 'bytes' ? `!!binary ${formatValue(key)}` : formatValue(key);
}

interface Located {
  readonly value: YamlValue;
  /** The key that it stands under, if not in a list. */
  readonly key: YamlScalar | undefined;
}

function child({ value }: Located, name: string): Located | undefined {
  if (value.kind === 'list') {
    const item = value.items[Number(name)];
    return item && { value: item, key: undefined };
  }
  if (value.kind !== 'map') return undefined;
  for (const [key, item] of value.entries) if (nameOf(key) === name) return { value: item, key };
  return undefined;
}

function segmentsOf(pointer: string): string[] {
  const segments = pointer.split('/').slice(1);
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function findingOf(
  problem: ErrorObject,
  file: Located,
  root: Schema,
  source: SourceText,
): SchemaFinding {
  const path = segmentsOf(problem.instancePath);
  let at = file;
  for (const segment of path) at = child(at, segment) ?? at;
  const { value, key } = at;
  const start: Location = { source, start: 0, end: 0 };
  const keyLocation = key?.location ?? value.location ?? start;
  // An empty value has no text that could be underlined.
  const empty = !value.location || value.location.start === value.location.end;
  return {
    problem,
    root,
    path,
    value,
    keyLocation: path.length === 0 ? start : keyLocation,
    valueLocation: (empty ? undefined : value.location) ?? keyLocation,
    locationOfKey: (name) => child(at, name)?.key?.location ?? keyLocation,
  };
}

/** Only what went wrong itself: not the branches of a choice, and not the choice between `if`s. */
function withoutBranches(problems: readonly ErrorObject[]): ErrorObject[] {
  const choices = problems.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  return problems.filter(
    ({ keyword, schemaPath, instancePath }) =>
      keyword !== 'if' &&
      !choices.some(
        (choice) =>
          instancePath === choice.instancePath && schemaPath.startsWith(`${choice.schemaPath}/`),
      ),
  );
}

/** Whether something is only missing because its key is misspelled, which is reported anyway. */
function isMisspelled(problem: ErrorObject, problems: readonly ErrorObject[]): boolean {
  const missing = keysOf(problem);
  return problems.some(
    ({ keyword, instancePath, params }) =>
      keyword === 'additionalProperties' &&
      instancePath === problem.instancePath &&
      nearest(String(params['additionalProperty']), missing).length > 0,
  );
}

/** The first problem of each value: a wrong type makes the others of that value meaningless. */
function firstOfEach(problems: readonly ErrorObject[]): ErrorObject[] {
  const seen = new Set<string>();
  return problems.filter(({ keyword, instancePath, params }) => {
    const name: unknown = params['additionalProperty'] ?? params['missingProperty'] ?? '';
    const aboutKeys = name === '' ? '' : `${keyword} ${String(name)}`;
    const id = `${instancePath} ${aboutKeys}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/**
 * Compares the value of a file with the schema of such files.
 *
 * @returns all problems, each with its place; with the id of the file's kind, unless its words have another
 */
export function checkSchema(
  value: YamlValue,
  source: SourceText,
  { file, validator, id, words }: FileSchema,
): Diagnostic[] {
  const validate = validator();
  if (validate(plain(value))) return [];
  const schema = packageJson<Schema>(file);
  const problems = firstOfEach(withoutBranches(validate.errors ?? []));
  const found = problems
    .filter((problem) => keysOf(problem).length === 0 || !isMisspelled(problem, problems))
    .map((problem) => {
      const finding = findingOf(problem, { value, key: undefined }, schema, source);
      const { message, ...details } = words?.(finding) ?? wordsFor(finding);
      return error(details.id ?? id, message, details);
    });
  // What is said of a mapping as a whole is found at each of its keys.
  const ids = found.map(({ message, location }) => `${location?.start} ${message}`);
  return found.filter((_, index) => ids.indexOf(ids[index] ?? '') === index);
}
