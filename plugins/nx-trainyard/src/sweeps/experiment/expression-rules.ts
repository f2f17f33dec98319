import type { Diagnostic, Location } from '../../diagnostics';
import { DiagnosticError, error } from '../../diagnostics';
import { pythonFloatAccepts } from '../../yaml/value/python-number';
import type { YamlValue } from '../../yaml/value/value';
import { parseExpression } from './expressions/arithmetic';
import type { ExperimentDraft } from './experiment';
import { field } from '../../yaml/schema/fields';

interface WrittenExpression {
  readonly expression: string;
  readonly location: Location;
}

/** What is no expression. Its names are looked up later, where the base config is known. */
export function expressionProblems({ derived, resources }: ExperimentDraft): Diagnostic[] {
  const counts = COUNTS.flatMap((name) => {
    return Array.from(textsOf(field(resources, name)), (text) => ({ name, ...text }));
  });
  const memory = Array.from(textsOf(field(resources, 'mem')));
  return [
    ...[...derived, ...memory].flatMap(unparsable),
    ...counts.flatMap((count) => noCount(count) ?? unparsable(count)),
  ];
}

function* textsOf(value: YamlValue | undefined): Generator<WrittenExpression> {
  if (value?.kind === 'str' && value.location && !isSize(value.value)) {
    yield { expression: value.value, location: value.location };
  }
  if (value?.kind === 'map') for (const item of value.entries.values()) yield* textsOf(item);
}

function unparsable({ expression, location }: WrittenExpression): readonly Diagnostic[] {
  try {
    parseExpression(expression, location);
    return [];
  } catch (problem) {
    if (problem instanceof DiagnosticError) return problem.diagnostics;
    throw problem;
  }
}

/** The resources that a run has a whole number of. */
const COUNTS = ['gpus', 'nodes', 'cpus'];

/** A size as Slurm writes it; every other text under `resources.mem` is an expression. */
const SIZE = /^\d+(?:\.\d+)?[KMGT]B?$/i;

export function isSize(text: string): boolean {
  return SIZE.test(text);
}

const WHOLE = /^0*[1-9]\d*$/;
const YES_OR_NO = /^(?:true|false|yes|no|on|off)$/i;

/** A number or a truth in quotes, which the schema takes for an expression. */
function noCount({
  name,
  expression,
  location,
}: WrittenExpression & { readonly name: string }): Diagnostic | undefined {
  const text = expression.trim();
  const isNumber = pythonFloatAccepts(text) && /\d/.test(text);
  if (WHOLE.test(text) || !(isNumber || YES_OR_NO.test(text))) return undefined;
  return error('ExperimentSchema', `'resources.${name}' cannot be '${text}'`, {
    location,
    hint: `Write a whole number of at least 1, or an expression. For example, ${name}: 1`,
  });
}
