import type { Mode, Token, TokenType } from './lexer';
import { shown, tokenize } from './lexer';
import { GrammarProblem } from './problem';

/** The tokens of a text with the place up to which a parser has read them. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #at = 0;

  /** @throws GrammarProblem */
  constructor(text: string, mode: Mode) {
    this.#tokens = tokenize(text, mode);
  }

  get next(): Token {
    // The last token is `end`, and nothing moves past it.
    return this.#tokens[this.#at] as Token;
  }

  /** Whether the next token is of that type. */
  sees(type: TokenType): boolean {
    return this.next.type === type;
  }

  take(): Token {
    const token = this.next;
    if (token.type !== 'end') this.#at += 1;
    return token;
  }

  accept(type: TokenType): Token | undefined {
    return this.sees(type) ? this.take() : undefined;
  }

  expect(type: TokenType): Token {
    return this.accept(type) ?? this.unexpected();
  }

  unexpected(): never {
    const { type, text, start, end } = this.next;
    if (type !== 'end') {
      throw new GrammarProblem(`Unexpected ${shown(text.trim() || text)}`, { start, end });
    }
    const span = { start: Math.max(0, start - 1), end };
    throw new GrammarProblem('Unexpected end of the text', span, 'Close every bracket and quote.');
  }
}
