import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, didYouMean, error } from '../diagnostics';
import { placeWithin } from '../yaml/scalar-place';
import type { YamlString } from '../yaml/value';
import { escapeForShell } from './shell-escape';
import type { ShellPlace } from './shell-place';
import { ShellScanner } from './shell-place';

/** The placeholders that every template may use; `config.` reaches any value of the recipe. */
export const PLACEHOLDERS = ['recipe_path', 'recipe_name', 'run_name', 'model_save_name'] as const;
export type PlaceholderName = (typeof PLACEHOLDERS)[number] | `config.${string}`;

interface Slot {
  readonly name: PlaceholderName;
  readonly at: ShellPlace;
  readonly written: { readonly scalar: YamlString; readonly start: number; readonly end: number };
}

/** A header and a template, ready to be filled. */
export interface Template {
  readonly pieces: readonly (string | Slot)[];
}

/** A value for a placeholder, or why there is none. */
export type Filling = { readonly text: string } | { readonly problem: Diagnostic };

/**
 * Compiles header and template as Python's `str.format` reads them, joined by a line end.
 *
 * @throws DiagnosticError with all braces and placeholders that mean nothing
 */
export function compileTemplate(header: YamlString, body: YamlString): Template {
  const problems: Diagnostic[] = [];
  const parts = [
    ...parseFormat(header, problems),
    { text: '\n' },
    ...parseFormat(body, problems),
  ];
  if (problems.length > 0) throw new DiagnosticError(problems);
  const first = parts[0];
  const foreign = first !== undefined && 'text' in first && isForeignScript(first.text);
  const scanner = new ShellScanner();
  const pieces: (string | Slot)[] = [];
  for (const part of parts) {
    if ('text' in part) {
      scanner.text(part.text);
      const last = pieces.at(-1);
      if (typeof last === 'string') pieces[pieces.length - 1] = last + part.text;
      else pieces.push(part.text);
    } else {
      pieces.push({ ...part, at: foreign ? { kind: 'plain' } : scanner.place });
      scanner.value();
    }
  }
  return { pieces };
}

/** A script for another program than a shell: its quoting is not known here. */
function isForeignScript(text: string): boolean {
  const shebang = /^#!.*/.exec(text)?.[0];
  return shebang !== undefined && !/\b(?:ba|da|k|z)?sh\b/.test(shebang);
}

type Part = { readonly text: string } | Omit<Slot, 'at'>;

function parseFormat(scalar: YamlString, problems: Diagnostic[]): Part[] {
  const parts: Part[] = [];
  const pattern = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;
  let at = 0;
  for (const match of scalar.value.matchAll(pattern)) {
    const [whole, field] = match;
    const end = match.index + whole.length;
    if (match.index > at) parts.push({ text: scalar.value.slice(at, match.index) });
    at = end;
    const written = { scalar, start: match.index, end };
    if (whole === '{{' || whole === '}}') parts.push({ text: whole.charAt(0) });
    else if (field !== undefined && isPlaceholder(field)) parts.push({ name: field, written });
    else problems.push(badField(field ?? whole, written));
  }
  if (at < scalar.value.length) parts.push({ text: scalar.value.slice(at) });
  return parts;
}

function isPlaceholder(field: string): field is PlaceholderName {
  if (field.startsWith('config.')) return /^config(?:\.[^.!:[\]\s]+)+$/.test(field);
  return (PLACEHOLDERS as readonly string[]).includes(field);
}

function badField(field: string, { scalar, start, end }: Slot['written']): Diagnostic {
  const place = placeWithin(scalar, start, end);
  const at = place ? { place } : {};
  if (field === '{' || field === '}') {
    const hint = `A brace that belongs to the script is written twice: '${field}${field}'.`;
    return error('TemplateSyntax', `a single '${field}' in a template`, { ...at, hint });
  }
  const known = [...PLACEHOLDERS, 'config.'];
  const isVariable = scalar.value.charAt(start - 1) === '$';
  const hint = isVariable
    ? `For the shell variable write '\${{${field}}}'.`
    : (didYouMean(field, known) ??
      `The placeholders are ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')} and {config.a.b}; ` +
        `for a brace of the script write '{{${field}}}'.`);
  return error('UnknownPlaceholder', `there is no placeholder '{${field}}'`, { ...at, hint });
}

/**
 * Fills a template. A value is written so that the shell reads exactly that value in its place.
 *
 * @throws DiagnosticError with all placeholders that have no value or none that fits its place
 */
export function fillTemplate(template: Template, fill: (name: PlaceholderName) => Filling): string {
  const problems: Diagnostic[] = [];
  let text = '';
  for (const piece of template.pieces) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const filling = fill(piece.name);
    if ('problem' in filling) {
      problems.push(withTemplate(filling.problem, piece));
      continue;
    }
    const escaped = escapeForShell(filling.text, piece.at);
    if (escaped === undefined) problems.push(unsafe(filling.text, piece));
    else text += escaped;
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
  return text;
}

function withTemplate(problem: Diagnostic, { name, written }: Slot): Diagnostic {
  const place = placeWithin(written.scalar, written.start, written.end);
  if (!place) return problem;
  if (!problem.place) return { ...problem, place };
  return { ...problem, related: [{ message: `'{${name}}' is used here`, place }] };
}

function unsafe(value: string, { name, written }: Slot): Diagnostic {
  const place = placeWithin(written.scalar, written.start, written.end);
  return error(
    'UnsafeValue',
    `the value ${JSON.stringify(value)} of '{${name}}' cannot be put here: the shell would not read it as it is`,
    {
      ...(place && { place }),
      hint: `Put the placeholder in double quotes (X="{${name}}"), or change the value.`,
    },
  );
}
