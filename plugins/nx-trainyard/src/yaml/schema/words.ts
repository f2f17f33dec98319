import type { ErrorObject } from 'ajv';
import { count } from '../../basics/count';
import { didYouMean, nearest } from '../../diagnostics';
import { formatValue } from '../writer/format-value';
import type { SchemaFinding, Problem } from './finding';
import {
  TYPES,
  exampleOf,
  explained,
  forExample,
  homeOf,
  listed,
  pathText,
  schemaOf,
  shown,
  problemAt,
  wantsNumber,
} from './finding';
import { bracketsHint, quotesHint } from './hints';

type Words = (finding: SchemaFinding) => Problem;

/** @param otherwise the hint where the key is like none that is known, instead of all that are */
export function unknownKey(finding: SchemaFinding, otherwise?: string): Problem {
  const { problem, root, path, value } = finding;
  const name = String(problem.params['additionalProperty']);
  const { properties = {} } = schemaOf(finding);
  const known = Object.keys(properties).filter((key) => !properties[key]?.deprecated);
  const isThere = (key: string): boolean =>
    value.kind === 'map' && value.entries.at(key) !== undefined;
  const [near] = nearest(name, known);
  const hint =
    near !== undefined && isThere(near)
      ? `'${near}' is already set. Remove one of the two.`
      : (didYouMean(
          name,
          known.filter((key) => !isThere(key)),
        ) ??
        homeOf(root, name, path) ??
        otherwise ??
        `Known keys: ${known.join(', ')}.`);
  const where = path.length === 0 ? '' : ` in ${pathText(path)}`;
  return problemAt(`unknown key '${name}'${where}`, finding.locationOfKey(name), hint);
}

const missingKey: Words = (finding) => {
  const { problem, path, root, keyLocation } = finding;
  const name = String(problem.params['missingProperty']);
  const { properties } = path.length === 0 ? root : schemaOf(finding);
  const example = exampleOf(properties?.[name], name);
  return problemAt(
    `${pathText(path)} is missing '${name}'`,
    keyLocation,
    example ? `Add it, for example ${example}` : `Add it.`,
  );
};

/** @param meant the hint where something else is known to be meant */
export function wrongType(finding: SchemaFinding, meant?: string): Problem {
  const { problem, path, value, valueLocation } = finding;
  const types = typesOf(problem);
  const wanted = types.flatMap((type) => TYPES[type] ?? []).join(' or ');
  const but = value.kind === 'null' ? 'is empty' : `is ${shown(value)}`;
  return problemAt(
    `${pathText(path)} must be ${wanted}, but ${but}`,
    valueLocation,
    // Where a number may be written too, a text is an expression, which needs more words.
    meant ??
      quotesHint(finding, types) ??
      bracketsHint(finding, types) ??
      (types.includes('string') && wantsNumber(types) ? explained(finding) : forExample(finding)),
  );
}

/** The types that a value of a wrong one may have. */
export function typesOf({ params }: ErrorObject): readonly string[] {
  return [params['type'] as string | string[]].flat();
}

/** @param hint what is said otherwise, instead of an example */
export function tooFew(finding: SchemaFinding, hint = exampleOrUse(finding)): Problem {
  const { problem, path, value, valueLocation } = finding;
  const limit = Number(problem.params['limit']);
  const length = value.kind === 'list' ? value.items.length : 0;
  const message = length === 0 ? 'is empty' : `needs ${count(limit, 'item')}, but has ${length}`;
  return problemAt(`${pathText(path)} ${message}`, valueLocation, hint);
}

/** @param hint what is said otherwise, instead of an example */
export function tooMany(finding: SchemaFinding, hint = exampleOrUse(finding)): Problem {
  const { problem, path, value, valueLocation } = finding;
  const length = value.kind === 'list' ? value.items.length : 0;
  const limit = count(Number(problem.params['limit']), 'item');
  const message = `${pathText(path)} can have at most ${limit}, but has ${length}`;
  return problemAt(message, valueLocation, hint);
}

function exampleOrUse(finding: SchemaFinding): string | undefined {
  return forExample(finding) ?? schemaOf(finding).description;
}

const wrongWord: Words = ({ problem, path, value, valueLocation }) => {
  const allowed = problem.params['allowedValues'] as readonly unknown[];
  const words = allowed.filter((word) => typeof word === 'string');
  const near = value.kind === 'str' ? didYouMean(value.value, words) : undefined;
  const hint = `Write ${listed(words, 'or')}.${near === undefined ? '' : ` ${near}`}`;
  return problemAt(`${pathText(path)} cannot be '${formatValue(value)}'`, valueLocation, hint);
};

const wrongText: Words = (finding) => {
  const { path, value, valueLocation } = finding;
  return problemAt(
    `${pathText(path)} cannot be '${formatValue(value)}'`,
    valueLocation,
    explained(finding),
  );
};

const tooSmall: Words = ({ problem, path, value, valueLocation }) => {
  const { comparison, limit } = problem.params as { comparison: string; limit: number };
  const bound = { '>=': 'at least', '<=': 'at most', '>': 'more than' }[comparison] ?? comparison;
  const message = `${pathText(path)} must be ${bound} ${limit}, got ${formatValue(value)}`;
  return problemAt(message, valueLocation, undefined);
};

/** Exactly or at least one of several keys: the only choices that the schema offers. */
const wrongChoice: Words = (finding) => {
  const { path, value, keyLocation } = finding;
  const names = keysOf(finding.problem);
  const present = names.filter((name) => value.kind === 'map' && value.entries.at(name));
  const [first, second] = present;
  if (first === undefined || second === undefined) {
    const { properties } = schemaOf(finding);
    const example = exampleOf(properties?.[names[0] ?? ''], names[0] ?? '');
    const hint = example && `For example, ${example}`;
    return problemAt(`${pathText(path)} needs one of ${listed(names, 'and')}`, keyLocation, hint);
  }
  const message = `${pathText(path)} has ${listed(present, 'and')}, but only one of them is allowed`;
  return {
    ...problemAt(message, finding.locationOfKey(second), 'Remove all but one.'),
    related: [{ message: `'${first}' is set here`, location: finding.locationOfKey(first) }],
  };
};

const WORDS: Readonly<Record<string, Words>> = {
  additionalProperties: (finding) => unknownKey(finding),
  required: missingKey,
  type: (finding) => wrongType(finding),
  minItems: (finding) => tooFew(finding),
  minProperties: (finding) => tooFew(finding),
  maxItems: (finding) => tooMany(finding),
  maxProperties: (finding) => tooMany(finding),
  enum: wrongWord,
  pattern: wrongText,
  minLength: wrongText,
  minimum: tooSmall,
  maximum: tooSmall,
  exclusiveMinimum: tooSmall,
  oneOf: wrongChoice,
  anyOf: wrongChoice,
};

/** The keys whose absence a problem is about. */
export function keysOf({ keyword, params, schema }: ErrorObject): string[] {
  if (keyword === 'required') return [String(params['missingProperty'])];
  if (keyword !== 'oneOf' && keyword !== 'anyOf') return [];
  return (schema as { required: string[] }[]).flatMap(({ required }) => required);
}

/** What ajv found, in words that name the place, the value and what to write instead. */
export function wordsFor(finding: SchemaFinding): Problem {
  const words = WORDS[finding.problem.keyword] ?? wrongText;
  return words(finding);
}
