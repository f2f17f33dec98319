import type { Span } from './ast';

/** Why a text does not follow the grammar, and where. Its owner knows the file and reports it. */
export class GrammarProblem extends Error {
  readonly span: Span;
  readonly hint: string | undefined;

  constructor(message: string, span: Span, hint?: string) {
    super(message);
    this.name = 'GrammarProblem';
    this.span = span;
    this.hint = hint;
  }
}

/** The longest part of a text that a message repeats. */
const SHOWN = 60;

/** A text in quotes as messages name it. */
export function shortened(text: string): string {
  return text.length > SHOWN ? `'${text.slice(0, SHOWN)}…'` : `'${text}'`;
}
