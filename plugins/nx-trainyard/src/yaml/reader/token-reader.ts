import type { DiagnosticDetails } from '../../diagnostics';
import type { Cursor } from './cursor';
import type { Scanner } from './scanner';
import type { Token } from './token';

type TokenType = Token['type'];

/** The tokens of a text one by one, with what a parser has to know of those that it has taken. */
export class TokenReader {
  readonly #scanner: Scanner;
  /** Where the last token that has a text ended. */
  lastEnd = 0;
  /** The last token that has a text. */
  last: Token | undefined;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  get cursor(): Cursor {
    return this.#scanner.cursor;
  }

  get text(): string {
    return this.#scanner.cursor.source.text;
  }

  peek(): Token {
    return this.#scanner.peek();
  }

  at(...types: TokenType[]): boolean {
    return types.includes(this.#scanner.peek().type);
  }

  take(): Token {
    const token = this.#scanner.next();
    if (token.end > token.start) {
      this.lastEnd = token.end;
      this.last = token;
    }
    return token;
  }

  /** @throws DiagnosticError `YamlSyntax` */
  fail(
    message: string,
    at: { readonly start: number; readonly end: number },
    details: DiagnosticDetails = {},
  ): never {
    return this.cursor.fail(message, { start: at.start, end: at.end, ...details });
  }
}
