import { createRequire } from 'node:module';
import type AjvModule from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Diagnostic, Place, SourceText } from '../../../diagnostics';
import { error, nearest } from '../../../diagnostics';
import { packageJson } from '../../../files/package-files';
import type { YamlScalar, YamlValue } from '../../../yaml/value/value';
import type { Finding, Schema } from './schema-terms';
import { keysOf, toldFor } from './schema-words';
import { spell } from '../../../yaml/writer/text-of';

/** The schema of experiment.yaml, which editors read too. */
export const SCHEMA_FILE = 'schemas/experiment.schema.json';

interface Compiled {
  readonly schema: Schema;
  readonly validate: ValidateFunction;
}

let compiled: Compiled | undefined;

function compile(): Compiled {
  if (compiled) return compiled;
  // Loaded on first use: it takes 30 ms, and most commands read no experiment.
  const load = createRequire(__filename);
  const { Ajv } = load('ajv') as { Ajv: typeof AjvModule };
  const ajv = new Ajv({ allErrors: true, verbose: true, strictTypes: false, ownProperties: true });
  const schema = packageJson<Schema>(SCHEMA_FILE);
  compiled = { schema, validate: ajv.compile(schema) };
  return compiled;
}

/** A value as JSON Schema sees it. */
function plain(value: YamlValue): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'int':
      return Number(value.value);
    case 'bytes':
      return spell(value);
    case 'list':
      return value.items.map(plain);
    case 'map': {
      // Without a prototype, so that a key `__proto__` is a key.
      const object = Object.create(null) as Record<string, unknown>;
      for (const [key, item] of value.entries) object[spell(key)] = plain(item);
      return object;
    }
    default:
      return value.value;
  }
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
  for (const [key, item] of value.entries) if (spell(key) === name) return { value: item, key };
  return undefined;
}

function segmentsOf(pointer: string): string[] {
  const segments = pointer.split('/').slice(1);
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function findingOf(problem: ErrorObject, file: Located, root: Schema, source: SourceText): Finding {
  const path = segmentsOf(problem.instancePath);
  let at = file;
  for (const segment of path) at = child(at, segment) ?? at;
  const { value, key } = at;
  const start: Place = { source, start: 0, end: 0 };
  const keyPlace = key?.place ?? value.place ?? start;
  // An empty value has no text that could be underlined.
  const empty = !value.place || value.place.start === value.place.end;
  return {
    problem,
    root,
    path,
    value,
    keyPlace: path.length === 0 ? start : keyPlace,
    valuePlace: (empty ? undefined : value.place) ?? keyPlace,
    placeOfKey: (name) => child(at, name)?.key?.place ?? keyPlace,
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
 * Compares a value with the schema of experiment.yaml.
 *
 * @returns all problems, each with its place: `EmptyVariable` for a variable without values, else
 *   `ExperimentSchema`
 */
export function checkSchema(value: YamlValue, source: SourceText): Diagnostic[] {
  const { schema, validate } = compile();
  if (validate(plain(value))) return [];
  const problems = firstOfEach(withoutBranches(validate.errors ?? []));
  const found = problems
    .filter((problem) => keysOf(problem).length === 0 || !isMisspelled(problem, problems))
    .map((problem) => {
      const finding = findingOf(problem, { value, key: undefined }, schema, source);
      const { id = 'ExperimentSchema', message, ...details } = toldFor(finding);
      return error(id, message, details);
    });
  // What is said of a mapping as a whole is found at each of its keys.
  const ids = found.map(({ message, place }) => `${place?.start} ${message}`);
  return found.filter((_, index) => ids.indexOf(ids[index] ?? '') === index);
}
