import { flowText } from '../../../yaml/writer/inline-text';
import type { YamlValue } from '../../../yaml/value/value';
import type { SchemaFinding, Problem } from '../../../yaml/schema/finding';
import { lastKey, schemaOf, shown, problemAt } from '../../../yaml/schema/finding';
import { tooFew, tooMany, typesOf, unknownKey, wrongType } from '../../../yaml/schema/words';
import { mappingMeant } from './assignments-in';
import { describeForeign } from './foreign-hints';
import { foreignValues } from './foreign-values';
import { numbersIn } from './numbers';
import { VALUE_FORMS } from '../value-list';

/** What is said of an experiment in other words than of any file; undefined where nothing is special. */
export function experimentWords(finding: SchemaFinding): Problem | undefined {
  const { problem, value } = finding;
  if (isWholeValues(finding)) {
    if (problem.keyword === 'type') return noList(finding);
    if (/^(?:min|max)/.test(problem.keyword)) {
      const isEmptyList = problem.keyword.startsWith('min') && value.kind !== 'map';
      return isEmptyList ? noValues(finding) : wrongSugar(finding);
    }
  }
  switch (problem.keyword) {
    case 'additionalProperties': {
      if (!isValues(finding)) return undefined;
      const name = String(problem.params['additionalProperty']);
      return foreign(finding) ?? unknownKey(finding, nestedHint(finding, name));
    }
    case 'type':
      return wrongType(finding, meantMapping(finding));
    case 'minItems':
      return isValues(finding) ? tooFew(finding, thirdHint(finding)) : undefined;
    case 'maxItems':
      return isValues(finding) ? tooMany(finding, schemaOf(finding).description) : undefined;
    default:
      return undefined;
  }
}

function isValues({ problem }: SchemaFinding): boolean {
  return problem.schemaPath.startsWith('#/definitions/values/');
}

/** Whether this is all that is written for a variable, and not a part of its `range` and the like. */
function isWholeValues(finding: SchemaFinding): boolean {
  return isValues(finding) && !finding.problem.schemaPath.includes('/properties/');
}

/** What is said of values that another tool would read; undefined where they are nobody's. */
function foreign({ path, value, valueLocation }: SchemaFinding): Problem | undefined {
  const found = foreignValues(value);
  if (!found) return undefined;
  const { message, hint } = describeForeign(lastKey(path), found.form, 'variable');
  return problemAt(message, valueLocation, hint);
}

/** A key inside another is varied by its whole path, with the list that is written for it. */
export function nestedHint({ path, value }: SchemaFinding, name: string): string {
  let key = `${lastKey(path)}.${name}`;
  let inner = value.kind === 'map' ? value.entries.at(name) : undefined;
  while (inner?.kind === 'map' && inner.entries.size === 1) {
    const [[only, item]] = [...inner.entries] as [[YamlValue, YamlValue]];
    if (only.kind !== 'str' || VALUE_FORMS.includes(only.value)) break;
    key += `.${only.value}`;
    inner = item;
  }
  const isList = inner?.kind === 'list' || (inner?.kind === 'map' && inner.entries.size === 1);
  const values = inner && (isList ? flowText(inner) : `[${flowText(inner)}]`);
  const whole = `or a list of mappings: [{${name}: …}]`;
  return `Write a nested key with dots, '${key}: ${values ?? '[…]'}', ${whole}.`;
}

/** A mapping that was written as on a command line, or as a list. */
function meantMapping({ problem, path, value }: SchemaFinding): string | undefined {
  const types = typesOf(problem);
  if (!types.includes('object') || types.includes('array')) return undefined;
  const isSection = ['variables', 'outside', 'zip'].includes(lastKey(path));
  const meant = mappingMeant(value, isSection);
  const key = path.at(-1) === lastKey(path) ? `${lastKey(path)}: ` : '';
  return meant && `Write ${key}${meant}, with a colon after each key and no dash before it.`;
}

function noValues({ path, valueLocation }: SchemaFinding): Problem {
  const name = lastKey(path);
  const hint = `Write at least one value, as in ${name}: [8, 16], or remove the key.`;
  return { id: 'EmptyVariable', ...problemAt(`'${name}' has no values`, valueLocation, hint) };
}

function noList(finding: SchemaFinding): Problem {
  const { path, value, valueLocation } = finding;
  const name = lastKey(path);
  if (value.kind === 'null') return noValues(finding);
  const otherTool = foreign(finding);
  if (otherTool) return otherTool;
  const text = valueLocation.source.text.slice(valueLocation.start, valueLocation.end);
  const numbers = value.kind === 'str' ? numbersIn(value.value)?.join(', ') : undefined;
  const list = `write [${numbers ?? text}]`;
  const hint =
    path[0] === 'variables' ? `Put it under controls, or ${list}.` : `W${list.slice(1)}.`;
  return problemAt(
    `'${name}' must be a list of values, but is ${shown(value)}`,
    valueLocation,
    hint,
  );
}

/** The third item of a `range` and the like, where two are written. */
function thirdHint(finding: SchemaFinding): string | undefined {
  const { path, value } = finding;
  if (value.kind !== 'list' || value.items.length !== 2) return schemaOf(finding).description;
  const [third, what] = lastKey(path) === 'range' ? [1, 'the step'] : [5, 'how many values'];
  const ends = value.items.map(flowText).join(', ');
  return `Write [${ends}, ${third}], where ${third} is ${what}.`;
}

function wrongSugar(finding: SchemaFinding): Problem {
  const otherTool = foreign(finding);
  if (otherTool) return otherTool;
  const { path, valueLocation } = finding;
  const hint = 'Write a list of values, or one of range, linspace, and log.';
  return problemAt(
    `'${lastKey(path)}' must give its values in exactly one form`,
    valueLocation,
    hint,
  );
}
