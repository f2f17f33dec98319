import type { Mode, GrammarToken, TokenType } from './lexer';
import { shown, tokenize } from './lexer';
import { GrammarProblem } from './problem';

/** More brackets and interpolations inside each other than anybody writes. */
const DEEPEST = 100;

const OPENING: ReadonlySet<TokenType> = new Set<TokenType>([
  'open',
  'bracketOpen',
  'braceOpen',
  'quoteOpen',
]);

/** The tokens of a text with the place up to which a parser has read them. */
export class TokenStream {
  readonly #tokens: readonly GrammarToken[];
  readonly #around: GrammarToken[] = [];
  #at = 0;

  /** @throws GrammarProblem */
  constructor(text: string, mode: Mode) {
    this.#tokens = tokenize(text, mode);
  }

  get next(): GrammarToken {
    // The last token is `end`, and nothing moves past it.
    return this.#tokens[this.#at] as GrammarToken;
  }

  /** Whether the next token is of that type. */
  sees(type: TokenType): boolean {
    return this.next.type === type;
  }

  take(): GrammarToken {
    const token = this.next;
    if (token.type !== 'end') this.#at += 1;
    return token;
  }

  accept(type: TokenType): GrammarToken | undefined {
    return this.sees(type) ? this.take() : undefined;
  }

  expect(type: TokenType): GrammarToken {
    return this.accept(type) ?? this.unexpected();
  }

  /**
   * Parses something that may hold others of its kind.
   *
   * @throws GrammarProblem when too many are inside each other: a hostile text must not exhaust the
   *   stack
   */
  nested<T>(parse: () => T): T {
    if (this.#around.length >= DEEPEST) {
      const { start, end } = this.next;
      throw new GrammarProblem('Nested too deeply', { start, end });
    }
    this.#around.push(this.next);
    const result = parse();
    this.#around.pop();
    return result;
  }

  unexpected(): never {
    const { type, text, start, end } = this.next;
    if (type !== 'end') {
      throw new GrammarProblem(`Unexpected ${shown(text.trim() || text)}`, { start, end });
    }
    const open = this.#around.findLast((token) => OPENING.has(token.type));
    if (!open) throw new GrammarProblem('Unexpected end of the text', { start, end });
    const span = { start: open.start, end: open.end };
    throw new GrammarProblem(`${shown(open.text.trim())} is never closed`, span);
  }
}
