import type { Location } from '../../../diagnostics';
import { throwDiagnostic } from '../../../diagnostics';
import type { ExpressionToken } from './expression-token';
import { tokenAt } from './expression-token';
import type { YamlNumber } from '../experiment';
import type { Span } from '../../../yaml/value/scalar-location';
import { locationIn } from '../../../yaml/value/scalar-location';

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type FunctionName = 'min' | 'max' | 'round';

/** A part of an expression; the span is that of the name, operator or function. */
export type Term = Span &
  (
    | { readonly kind: 'number'; readonly value: YamlNumber }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'negative'; readonly operand: Term }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Term;
        readonly right: Term;
      }
    | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Term[] }
  );

/** An expression of `derived`, read once and computed for each row. */
export interface Expression {
  readonly text: string;
  readonly location: Location;
  readonly root: Term;
}

const NUMBERS: Readonly<Record<FunctionName, string>> = {
  min: 'two or more numbers',
  max: 'two or more numbers',
  round: 'a number and, optionally, how many digits to keep',
};
/** Deeper than anybody writes, and far from where the stack ends. */
const DEEPEST = 200;

const USE = 'Use + - * / // % ** ( ) min max round, numbers, and names of variables and controls.';

class Parser {
  readonly #text: string;
  readonly #location: Location;
  #next: ExpressionToken;
  #depth = 0;

  constructor(text: string, location: Location) {
    this.#text = text;
    this.#location = location;
    this.#next = this.#scan(0);
  }

  parse(): Term {
    const term = this.#sum();
    if (this.#next.kind !== 'end') this.#unexpected('an operator');
    return term;
  }

  #fail(message: string, span: Span, hint = USE): never {
    return throwDiagnostic('ExperimentSchema', message, {
      location: locationIn(this.#text, this.#location, span),
      hint,
    });
  }

  #unexpected(wanted: string): never {
    const { kind, text } = this.#next;
    const found = kind === 'end' ? 'the expression ends' : `here is '${text}'`;
    this.#fail(`expected ${wanted}, but ${found}`, this.#next);
  }

  #scan(from: number): ExpressionToken {
    const token = tokenAt(this.#text, from);
    if (token.kind !== 'unknown') return token;
    const message = `'${token.text}' is not allowed in an expression`;
    return this.#fail(message, ...asWritten(this.#text, token));
  }

  #take(): ExpressionToken {
    const token = this.#next;
    this.#next = this.#scan(token.end);
    return token;
  }

  #at(...signs: string[]): boolean {
    return this.#next.kind === 'sign' && signs.includes(this.#next.text);
  }

  #binary(operators: readonly BinaryOperator[], operand: () => Term): Term {
    let left = operand();
    while (this.#at(...operators)) {
      const { text, start, end } = this.#take();
      left = {
        kind: 'binary',
        operator: text as BinaryOperator,
        left,
        right: operand(),
        start,
        end,
      };
    }
    return left;
  }

  #sum(): Term {
    if (++this.#depth > DEEPEST) this.#fail('nested too deeply', this.#next);
    const term = this.#binary(['+', '-'], () =>
      this.#binary(['*', '/', '//', '%'], () => this.#unary()),
    );
    this.#depth--;
    return term;
  }

  /** As in Python, `-2 ** 2` is -4 and `2 ** -1` is 0.5. */
  #unary(): Term {
    if (!this.#at('-', '+')) return this.#power();
    if (++this.#depth > DEEPEST) this.#fail('nested too deeply', this.#next);
    const { text, start, end } = this.#take();
    const operand = this.#unary();
    this.#depth--;
    return text === '-' ? { kind: 'negative', operand, start, end } : operand;
  }

  #power(): Term {
    const left = this.#atom();
    if (!this.#at('**')) return left;
    const { start, end } = this.#take();
    return { kind: 'binary', operator: '**', left, right: this.#unary(), start, end };
  }

  #atom(): Term {
    const { kind, text, start, end } = this.#next;
    if (kind === 'number') return this.#number(this.#take());
    if (kind === 'name') {
      this.#take();
      return this.#at('(')
        ? this.#call(text, { start, end })
        : { kind: 'name', name: text, start, end };
    }
    if (!this.#at('(')) this.#unexpected('a number or a name');
    this.#take();
    const term = this.#sum();
    this.#close();
    return term;
  }

  #number({ text, start, end }: ExpressionToken): Term {
    if (/[.eE]/.test(text)) {
      return { kind: 'number', value: { kind: 'float', value: Number(text) }, start, end };
    }
    if (/^0+[1-9]/.test(text)) {
      this.#fail(
        'a number cannot start with 0',
        { start, end },
        `Write ${text.replace(/^0+/, '')}.`,
      );
    }
    return { kind: 'number', value: { kind: 'int', value: BigInt(text) }, start, end };
  }

  #call(name: string, span: Span): Term {
    if (!Object.hasOwn(NUMBERS, name)) this.#fail(`unknown function '${name}'`, span);
    const known = name as FunctionName;
    this.#take();
    const args: Term[] = [];
    while (!this.#at(')')) {
      if (args.length > 0 && !this.#at(',')) this.#unexpected("',' or ')'");
      if (args.length > 0) this.#take();
      args.push(this.#sum());
    }
    this.#close();
    const fits = known === 'round' ? args.length === 1 || args.length === 2 : args.length >= 2;
    if (!fits) this.#fail(`'${name}' expects ${NUMBERS[known]}`, span);
    return { kind: 'call', name: known, args, ...span };
  }

  #close(): void {
    if (!this.#at(')')) this.#unexpected("')'");
    this.#take();
  }
}

/**
 * Reads an arithmetic expression with Python's operators and precedence. Nothing is executed.
 *
 * @param location where the expression was written, for its problems
 * @throws DiagnosticError `ExperimentSchema` at the first token that fits nowhere
 */
export function parseExpression(text: string, location: Location): Expression {
  return { text, location, root: new Parser(text, location).parse() };
}

/** What stands for a name or a sign of other languages: `${lr}`, `{lr}`, `$lr`, `2 ^ lr`. */
function asWritten(text: string, { start, end }: Span): [span: Span, hint?: string] {
  const [whole, inner, bare] =
    /^\$?\{\s*([\w.]+)\s*\}|^\$([A-Za-z_][\w.]*)/.exec(text.slice(start)) ?? [];
  const name = inner ?? bare;
  if (whole !== undefined && name !== undefined) {
    return [{ start, end: start + whole.length }, `Write ${name}.`];
  }
  return text[start] === '^' ? [{ start, end }, 'Write **.'] : [{ start, end }];
}
