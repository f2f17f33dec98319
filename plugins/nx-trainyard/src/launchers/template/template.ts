import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError, error } from '../../diagnostics';
import { locationWithin } from '../../yaml/value/scalar-location';
import type { YamlString } from '../../yaml/value/value';
import type { Placeholder, TextPart, ValueName, Written } from './format-string';
import { parseFormat } from './format-string';
import { endsHeredoc, escapeForShell } from '../../bash/escape';
import type { Heredoc, ShellLocation } from '../../bash/location';
import { ShellScanner } from '../../bash/location';

interface Slot extends Placeholder {
  readonly at: ShellLocation;
  readonly isAfterBackslash: boolean;
}

/** A header and a template, ready to be filled. */
export interface Template {
  readonly pieces: readonly (string | Slot | Rest)[];
  /** Whether a shell runs it, as far as its first line says. */
  readonly isShell: boolean;
}

/** A word `"$@"` begins here: the arguments with which the script was called. */
interface Rest {
  readonly rest: Written;
}

const REST = '"$@"';

/** A value for a placeholder, or why there is none. */
export type Filling = { readonly text: string } | { readonly problem: Diagnostic };

/** A script, and where in it the arguments of a run may be put. */
export interface FilledTemplate {
  readonly text: string;
  /** Where each `{overrides}` stood. */
  readonly gaps: readonly number[];
  /** Where each word `"$@"` begins. */
  readonly rests: readonly { readonly at: number; readonly written: Written }[];
}

/**
 * Compiles header and template as Python's `str.format` reads them, joined by a line end.
 *
 * @throws DiagnosticError with all braces and placeholders that mean nothing
 */
export function compileTemplate(header: YamlString, body: YamlString): Template {
  const problems: Diagnostic[] = [];
  const end = header.value.length;
  const joint: TextPart = { text: '\n', written: { scalar: header, start: end, end } };
  const parts = [...parseFormat(header, problems), joint, ...parseFormat(body, problems)].flatMap(
    (part) => ('text' in part ? splitBeforeRests(part) : part),
  );
  if (problems.length > 0) throw new DiagnosticError(problems);
  const first = parts[0];
  const foreign = first !== undefined && 'text' in first && isForeignScript(first.text);
  const scanner = new ShellScanner();
  const pieces: (string | Slot | Rest)[] = [];
  let before = '';
  for (const [index, part] of parts.entries()) {
    if ('text' in part) {
      const isWord = scanner.location.kind === 'word' && scanner.isWordStart;
      const isRest = !foreign && isWord && part.text.startsWith(REST);
      if (isRest && !isInFunction(before)) {
        const { scalar, start } = part.written;
        const rest = { scalar, start, end: start + REST.length };
        if (endsWord(part.text.slice(REST.length), parts[index + 1])) pieces.push({ rest });
      }
      scanner.text(part.text);
      before += part.text;
      pieces.push(part.text);
    } else {
      const at: ShellLocation = foreign ? { kind: 'plain' } : scanner.location;
      if (part.name === 'overrides') {
        const isWhole = scanner.isWordStart && endsWord('', parts[index + 1]);
        if (at.kind !== 'word' || !isWhole)
          problems.push(foreign ? foreignOverrides(part) : misplacedOverrides(part, at));
      }
      if (!foreign && scanner.isAfterDollar) problems.push(afterDollar(part));
      pieces.push({ ...part, at, isAfterBackslash: !foreign && scanner.isAfterBackslash });
      scanner.value();
    }
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
  return { pieces, isShell: !foreign };
}

/** `name() {`, `function name {`, a brace that opens a group, or one that closes either. */
const BRACE =
  /((?:\bfunction\s+[\w-]+\s*(?:\(\s*\))?|[\w-]+\s*\(\s*\))\s*\{)|(?:^|[\s;&|(])\{(?=\s)|(?:^|[\s;])(\})/g;

/** Whether a script goes on in the body of a function, whose `"$@"` is its own. */
function isInFunction(before: string): boolean {
  const open: boolean[] = [];
  for (const [, definition, close] of before.matchAll(BRACE)) {
    if (close) open.pop();
    else open.push(definition !== undefined);
  }
  return open.includes(true);
}

/** Parts in which `"$@"` stands only at the start. */
function splitBeforeRests(part: TextPart | Placeholder): readonly (TextPart | Placeholder)[] {
  if (!('text' in part)) return [part];
  const { text, written } = part;
  const { scalar, start } = written;
  let end = start;
  return text.split(/(?="\$@")/).map((piece) => {
    const from = end;
    end += piece.length;
    return { text: piece, written: { scalar, start: from, end } };
  });
}

/** What to write so that scripts are those of a shell. */
export const SHELL_HEADER = "Start 'header' with a shell's line, such as #!/bin/bash";

function foreignOverrides({ written }: Placeholder): Diagnostic {
  const location = locationWithin(written.scalar, written);
  const message =
    "'{overrides}' works only in shell scripts, and this script is for another program";
  return error('TemplateSyntax', message, { ...(location && { location }), hint: SHELL_HEADER });
}

function misplacedOverrides({ written }: Placeholder, { kind }: ShellLocation): Diagnostic {
  const location = locationWithin(written.scalar, written);
  const how = kind === 'word' ? 'part of a word' : 'quoted';
  return error('TemplateSyntax', `'{overrides}' stands for several words, but here it is ${how}`, {
    ...(location && { location }),
    hint: 'Write it as a separate word, with spaces around it and no quotes.',
  });
}

/** Whether a word of the shell ends before a text, or before the next part where that is empty. */
function endsWord(text: string, next: TextPart | Placeholder | undefined): boolean {
  if (text === '' && next) return 'text' in next && endsWord(next.text, undefined);
  // The shell takes a line end behind a backslash away.
  return /^(?:\\\n)*(?:[\s;&|<>)]|$)/.test(text);
}

/** A script for another program than a shell: its quoting is not known here. */
function isForeignScript(text: string): boolean {
  const shebang = /^#!.*/.exec(text)?.[0];
  return shebang !== undefined && !/\b(?:ba|da|k|z)?sh\b/.test(shebang);
}

/**
 * Fills a template. A value is written so that the shell reads exactly that value in its place.
 *
 * @throws DiagnosticError with all placeholders that have no value or none that fits its place
 */
export function fillTemplate(
  template: Template,
  fill: (name: ValueName) => Filling,
): FilledTemplate {
  const problems: Diagnostic[] = [];
  const inHeredocs: { readonly slot: Slot; readonly heredoc: Heredoc; readonly start: number }[] =
    [];
  const gaps: number[] = [];
  const rests: { at: number; written: Written }[] = [];
  let text = '';
  for (const slot of template.pieces) {
    if (typeof slot === 'string') {
      text += slot;
      continue;
    }
    if ('rest' in slot) {
      rests.push({ at: text.length, written: slot.rest });
      continue;
    }
    if (slot.name === 'overrides') {
      gaps.push(text.length);
      continue;
    }
    const filling = fill(slot.name);
    if ('problem' in filling) {
      problems.push(withTemplate(filling.problem, slot));
      continue;
    }
    if (slot.at.kind === 'heredoc') inHeredocs.push({ slot, heredoc: slot.at, start: text.length });
    const escaped = escapeForShell(filling.text, slot.at);
    if (escaped !== undefined) text += escaped;
    else problems.push(unsafe(filling.text, slot, template.isShell));
  }
  // Only now the lines are whole.
  for (const { slot, heredoc, start } of inHeredocs) {
    if (endsHeredoc(text, start, heredoc)) problems.push(endingHeredoc(heredoc, slot));
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
  return { text, gaps, rests };
}

function withTemplate(problem: Diagnostic, { name, written }: Slot): Diagnostic {
  const location = locationWithin(written.scalar, written);
  if (!location) return problem;
  if (!problem.location) return { ...problem, location };
  return { ...problem, related: [{ message: `'{${name}}' is used here`, location }] };
}

function unsafe(value: string, slot: Slot, isShell: boolean): Diagnostic {
  const { name, at, written } = slot;
  const location = locationWithin(written.scalar, written);
  const reader = isShell ? 'the shell' : 'the program';
  const message = `the value ${JSON.stringify(value)} of '{${name}}' cannot be used here: ${reader} would change its meaning`;
  const canBeElsewhere =
    isShell && at.kind === 'plain' && escapeForShell(value, { kind: 'double' }) !== undefined;
  const hint =
    canBeElsewhere && slot.isAfterBackslash
      ? `Remove the backslash before '{${name}}'; the value is escaped automatically.`
      : canBeElsewhere
        ? `Write X="{${name}}" on a line above the command and $X here, or change the value.`
        : !isShell
          ? 'Use only letters, digits, and _ . / : @ % + = , - in the value.'
          : 'Remove line breaks and other control characters from the value.';
  return error('UnsafeValue', message, { ...(location && { location }), hint });
}

function endingHeredoc({ delimiter }: Heredoc, { name, written }: Slot): Diagnostic {
  const location = locationWithin(written.scalar, written);
  const message = `the value of '{${name}}' would end the heredoc on this line`;
  return error('UnsafeValue', message, {
    ...(location && { location }),
    hint: `Use a delimiter other than '${delimiter}', or change the value.`,
  });
}

/** `${run_name}` would become `$` and the value: nobody means the shell variable of that name. */
function afterDollar({ name, written }: Placeholder): Diagnostic {
  const location = locationWithin(written.scalar, written);
  return error(
    'TemplateSyntax',
    `the shell would treat the '$' before '{${name}}' as part of the value`,
    {
      ...(location && { location }),
      hint: `For the value, write {${name}}. For the shell variable, write \${{${name}}}.`,
    },
  );
}
