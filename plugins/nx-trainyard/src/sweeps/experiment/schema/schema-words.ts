import type { ErrorObject } from 'ajv';
import { didYouMean } from '../../../diagnostics';
import { count } from '../../../basics/count';
import { flowText } from '../../../yaml/writer/inline-text';
import { bracketsHint, nestedHint, quotesHint } from './schema-hints';
import type { Finding, Problem } from './schema-terms';
import {
  TYPES,
  exampleOf,
  explained,
  forExample,
  homeOf,
  lastKey,
  listed,
  pathText,
  schemaOf,
  shown,
  told,
  wantsNumber,
} from './schema-terms';
import { spell } from '../../../yaml/writer/text-of';
import { toldForeign } from './foreign-hints';
import { numbersIn } from './numbers';
import { mappingMeant } from './assignments-in';
import { foreignValues } from './foreign-values';

type Words = (finding: Finding) => Problem;

function isValues({ problem }: Finding): boolean {
  return problem.schemaPath.startsWith('#/definitions/values/');
}

/** Whether this is all that is written for a variable, and not a part of its `range` and the like. */
function isWholeValues(finding: Finding): boolean {
  return isValues(finding) && !finding.problem.schemaPath.includes('/properties/');
}

/** What is said of values that another tool would read; undefined where they are nobody's. */
function foreign({ path, value, valuePlace }: Finding): Problem | undefined {
  const found = foreignValues(value);
  if (!found) return undefined;
  const { message, hint } = toldForeign(lastKey(path), found.form, 'variable');
  return told(message, valuePlace, hint);
}

const unknownKey: Words = (finding) => {
  const otherTool = isValues(finding) ? foreign(finding) : undefined;
  if (otherTool) return otherTool;
  const { problem, root, path } = finding;
  const name = String(problem.params['additionalProperty']);
  const { properties = {} } = schemaOf(finding);
  const known = Object.keys(properties).filter((key) => !properties[key]?.deprecated);
  const hint =
    didYouMean(name, known) ??
    homeOf(root, name, path) ??
    (isValues(finding) ? nestedHint(finding, name) : `Known here: ${known.join(', ')}.`);
  const where = path.length === 0 ? '' : ` in ${pathText(path)}`;
  return told(`unknown key '${name}'${where}`, finding.placeOfKey(name), hint);
};

const missingKey: Words = (finding) => {
  const { problem, path, root, keyPlace } = finding;
  const name = String(problem.params['missingProperty']);
  const { properties } = path.length === 0 ? root : schemaOf(finding);
  const example = exampleOf(properties?.[name], name);
  return told(
    `${pathText(path)} has no '${name}'`,
    keyPlace,
    example ? `Add it, for example ${example}` : `Add it.`,
  );
};

const wrongType: Words = (finding) => {
  const { problem, path, value, valuePlace } = finding;
  if (isWholeValues(finding)) return noList(finding);
  const types = [problem.params['type'] as string | string[]].flat();
  const wanted = types.flatMap((type) => TYPES[type] ?? []).join(' or ');
  const sections = ['variables', 'outside', 'zip'];
  const meant =
    types.includes('object') && !types.includes('array')
      ? mappingMeant(value, sections.includes(lastKey(path)))
      : undefined;
  const key = path.at(-1) === lastKey(path) ? `${lastKey(path)}: ` : '';
  const but = value.kind === 'null' ? 'is empty' : `is ${shown(value)}`;
  return told(
    `${pathText(path)} must be ${wanted}, but ${but}`,
    valuePlace,
    // Where a number may be written too, a text is an expression, which needs more words.
    (meant && `Write ${key}${meant}, with a colon after each key and no dash before it.`) ??
      quotesHint(finding, types) ??
      bracketsHint(finding, types) ??
      (types.includes('string') && wantsNumber(types) ? explained(finding) : forExample(finding)),
  );
};

function noValues({ path, valuePlace }: Finding): Problem {
  const name = lastKey(path);
  const hint = `Write at least one value, as in ${name}: [8, 16], or remove the key.`;
  return { id: 'EmptyVariable', ...told(`'${name}' has no values`, valuePlace, hint) };
}

function noList(finding: Finding): Problem {
  const { path, value, valuePlace } = finding;
  const name = lastKey(path);
  if (value.kind === 'null') return noValues(finding);
  const otherTool = foreign(finding);
  if (otherTool) return otherTool;
  const text = valuePlace.source.text.slice(valuePlace.start, valuePlace.end);
  const numbers = value.kind === 'str' ? numbersIn(value.value)?.join(', ') : undefined;
  const list = `write [${numbers ?? text}]`;
  const hint =
    path[0] === 'variables' ? `Put it under controls, or ${list}.` : `W${list.slice(1)}.`;
  return told(
    `'${name}' is ${shown(value)}, but what varies has a list of values`,
    valuePlace,
    hint,
  );
}

const tooFew: Words = (finding) => {
  const { problem, path, value, valuePlace } = finding;
  if (isWholeValues(finding)) return value.kind === 'map' ? wrongSugar(finding) : noValues(finding);
  const limit = Number(problem.params['limit']);
  const length = value.kind === 'list' ? value.items.length : 0;
  if (isValues(finding) && value.kind === 'list' && length === 2) {
    const [third, what] = lastKey(path) === 'range' ? [1, 'the step'] : [5, 'how many values'];
    const ends = value.items.map(flowText).join(', ');
    const hint = `Write [${ends}, ${third}], where ${third} is ${what}.`;
    return told(`${pathText(path)} needs 3 items, but has 2`, valuePlace, hint);
  }
  const message = length === 0 ? 'is empty' : `needs ${count(limit, 'item')}, but has ${length}`;
  return told(`${pathText(path)} ${message}`, valuePlace, hintOf(finding));
};

/** What a value is for, where the description says more than an example does. */
function hintOf(finding: Finding): string | undefined {
  const { description } = schemaOf(finding);
  return isValues(finding) ? description : (forExample(finding) ?? description);
}

const tooMany: Words = (finding) => {
  const { problem, path, value, valuePlace } = finding;
  if (isWholeValues(finding)) return wrongSugar(finding);
  const length = value.kind === 'list' ? value.items.length : 0;
  const limit = count(Number(problem.params['limit']), 'item');
  const message = `${pathText(path)} takes ${limit}, but has ${length}`;
  return told(message, valuePlace, hintOf(finding));
};

function wrongSugar(finding: Finding): Problem {
  const otherTool = foreign(finding);
  if (otherTool) return otherTool;
  const { path, valuePlace } = finding;
  const hint = 'Write a list of values, or one of range, linspace and log.';
  return told(`'${lastKey(path)}' must say its values in one way`, valuePlace, hint);
}

const wrongWord: Words = ({ problem, path, value, valuePlace }) => {
  const allowed = problem.params['allowedValues'] as readonly unknown[];
  const words = allowed.filter((word) => typeof word === 'string');
  const near = value.kind === 'str' ? didYouMean(value.value, words) : undefined;
  const hint = `Write ${listed(words, 'or')}.${near === undefined ? '' : ` ${near}`}`;
  return told(`${pathText(path)} cannot be '${spell(value)}'`, valuePlace, hint);
};

const wrongText: Words = (finding) => {
  const { path, value, valuePlace } = finding;
  return told(`${pathText(path)} cannot be '${spell(value)}'`, valuePlace, explained(finding));
};

const tooSmall: Words = ({ problem, path, value, valuePlace }) => {
  const { comparison, limit } = problem.params as { comparison: string; limit: number };
  const bound = { '>=': 'at least', '<=': 'at most', '>': 'more than' }[comparison] ?? comparison;
  const message = `${pathText(path)} must be ${bound} ${limit}, not ${spell(value)}`;
  return told(message, valuePlace, undefined);
};

/** Exactly or at least one of several keys: the only choices that the schema offers. */
const wrongChoice: Words = (finding) => {
  const { path, value, keyPlace } = finding;
  const names = keysOf(finding.problem);
  const present = names.filter((name) => value.kind === 'map' && value.entries.at(name));
  const [first, second] = present;
  if (first === undefined || second === undefined) {
    const { properties } = schemaOf(finding);
    const example = exampleOf(properties?.[names[0] ?? ''], names[0] ?? '');
    const hint = example && `For example, ${example}`;
    return told(`${pathText(path)} needs one of ${listed(names, 'and')}`, keyPlace, hint);
  }
  const message = `${pathText(path)} has ${listed(present, 'and')}, but takes only one of them`;
  return {
    ...told(message, finding.placeOfKey(second), 'Remove all but one.'),
    related: [{ message: `'${first}' is here`, place: finding.placeOfKey(first) }],
  };
};

const WORDS: Readonly<Record<string, Words>> = {
  additionalProperties: unknownKey,
  required: missingKey,
  type: wrongType,
  minItems: tooFew,
  minProperties: tooFew,
  maxItems: tooMany,
  maxProperties: tooMany,
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
export function toldFor(finding: Finding): Problem {
  const words = WORDS[finding.problem.keyword] ?? wrongText;
  return words(finding);
}
