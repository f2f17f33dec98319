import type { SourceText } from '../../diagnostics';
import { Cursor, NUL, TAB, isBlankOrEnd, isBreakOrEnd } from './cursor';
import { scanAnchor, scanDirective, scanTag } from './scan-property';
import { scanBlock } from './scan-block';
import { scanPlain, scanQuoted } from './scan-scalar';
import {
  explainColon,
  explainLineWithoutColon,
  explainStart,
  explainTab,
  valueFrom,
} from './mistakes/explain-lines';
import { quoted } from './mistakes/lines';
import type { MarkType, Token } from './token';

/** Longest key, in characters, that may be written without `? ` (YAML 1.1 §7.4.2). */
const LONGEST_SIMPLE_KEY = 1024;

/** A token that turns out to be a key if a `:` follows on its line. */
interface PossibleKey {
  readonly tokenNumber: number;
  readonly required: boolean;
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/**
 * Text to tokens with PyYAML's algorithm: indentation becomes `block mapping`, `block sequence` and
 * `block end` tokens, and `? ` is put before a key once its `:` has been seen. What PyYAML refuses
 * (tabs as separators, `[a?b]`) is refused, what only it accepts (`[1]#c`) is accepted.
 */
export class Scanner {
  readonly cursor: Cursor;
  #tokens: Token[] = [];
  #taken = 0;
  #done = false;
  #flowLevel = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #keyAllowed = true;
  readonly #possibleKeys = new Map<number, PossibleKey>();

  constructor(source: SourceText) {
    this.cursor = new Cursor(source);
  }

  /** The next token, left in place. */
  peek(): Token {
    while (this.#needsMore()) this.#scan();
    return this.#tokens[0] as Token;
  }

  next(): Token {
    const token = this.peek();
    if (token.type !== 'end of text') {
      this.#tokens.shift();
      this.#taken++;
    }
    return token;
  }

  #needsMore(): boolean {
    if (this.#done) return false;
    if (this.#tokens.length === 0) return true;
    this.#dropStaleKeys();
    for (const key of this.#possibleKeys.values()) if (key.tokenNumber === this.#taken) return true;
    return false;
  }

  #scan(): void {
    const { cursor } = this;
    this.#skipToToken();
    this.#dropStaleKeys();
    this.#unwind(cursor.column);
    const code = cursor.peek();
    if (code === NUL) return this.#endOfText();
    if (cursor.column === 0) {
      if (code === 0x25) return this.#directive();
      if (cursor.atDocumentMarker()) return this.#documentMarker();
    }
    switch (code) {
      case 0x5b: // [
      case 0x7b: // {
        this.#saveKey();
        this.#flowLevel++;
        this.#keyAllowed = true;
        return this.#mark(code === 0x5b ? '[' : '{', 1);
      case 0x5d: // ]
      case 0x7d: // }
        this.#removeKey();
        this.#flowLevel--;
        this.#keyAllowed = false;
        return this.#mark(code === 0x5d ? ']' : '}', 1);
      case 0x2c: // ,
        this.#removeKey();
        this.#keyAllowed = true;
        return this.#mark(',', 1);
      case 0x2a: // *
      case 0x26: // &
        this.#saveKey();
        this.#keyAllowed = false;
        return this.#push(
          scanAnchor(cursor, code === 0x2a ? 'alias' : 'anchor', this.#flowLevel !== 0),
        );
      case 0x21: // !
        this.#saveKey();
        this.#keyAllowed = false;
        return this.#push(scanTag(cursor));
      case 0x27: // '
      case 0x22: // "
        this.#saveKey();
        this.#keyAllowed = false;
        return this.#push(scanQuoted(cursor, code === 0x27 ? 'single' : 'double'));
    }
    const spaced = isBlankOrEnd(cursor.peek(1));
    if (code === 0x2d && spaced) return this.#blockEntry();
    if (code === 0x3f && (spaced || this.#flowLevel !== 0)) return this.#explicitKey();
    if (code === 0x3a && (spaced || this.#flowLevel !== 0)) return this.#value();
    if ((code === 0x7c || code === 0x3e) && this.#flowLevel === 0) {
      this.#keyAllowed = true;
      this.#removeKey();
      return this.#push(scanBlock(cursor, code === 0x7c ? 'literal' : 'folded', this.#indent));
    }
    if ('#%@`|>'.includes(String.fromCharCode(code)) || code === TAB) this.#cannotStart(code);
    this.#plain();
  }

  #cannotStart(code: number): never {
    const { cursor } = this;
    const { text } = cursor.source;
    if (code === TAB) return cursor.mistaken(explainTab(text, cursor.index));
    const inFlow = this.#flowLevel !== 0;
    return cursor.mistaken(explainStart(text, cursor.index, cursor.describe(), inFlow));
  }

  #plain(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const context = { indent: this.#indent, inFlow: this.#flowLevel !== 0 };
    const { scalar, sawBreak } = scanPlain(this.cursor, context);
    if (sawBreak) this.#keyAllowed = true;
    this.#push(scalar);
  }

  #push(token: Token): void {
    this.#tokens.push(token);
  }

  #mark(type: MarkType, length: number): void {
    const start = this.cursor.index;
    this.cursor.forward(length);
    this.#push({ type, start, end: start + length });
  }

  #skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      cursor.skipSpaces();
      if (cursor.peek() === 0x23) while (!isBreakOrEnd(cursor.peek())) cursor.forward();
      if (cursor.lineBreak() === '') return;
      if (this.#flowLevel === 0) this.#keyAllowed = true;
    }
  }

  #endOfText(): void {
    this.#unwind(-1);
    this.#removeKey();
    this.#possibleKeys.clear();
    this.#mark('end of text', 0);
    this.#done = true;
  }

  #directive(): void {
    this.#unwind(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#push(scanDirective(this.cursor));
  }

  #documentMarker(): void {
    this.#unwind(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#mark(this.cursor.peek() === 0x2d ? '---' : '...', 3);
  }

  #blockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) {
        this.cursor.fail("a list item '- ' is not allowed here", {
          hint: "Start the list on its own line below the key, or put a text that starts with '- ' in quotes.",
        });
      }
      if (this.#deepen(this.cursor.column)) this.#mark('block sequence', 0);
    }
    this.#keyAllowed = true;
    this.#removeKey();
    this.#mark('- ', 1);
  }

  #explicitKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) {
        const value = valueFrom(this.cursor.source.text, this.cursor.index, false);
        this.cursor.fail("a key '? ' is not allowed here", {
          hint: `Put a text that starts with '? ' in quotes: ${quoted(value)}`,
        });
      }
      if (this.#deepen(this.cursor.column)) this.#mark('block mapping', 0);
    }
    this.#keyAllowed = this.#flowLevel === 0;
    this.#removeKey();
    this.#mark('? ', 1);
  }

  #value(): void {
    const key = this.#possibleKeys.get(this.#flowLevel);
    if (key) {
      this.#possibleKeys.delete(this.#flowLevel);
      const at = key.tokenNumber - this.#taken;
      const range = { start: key.index, end: key.index };
      const marks: Token[] = [{ type: '? ', ...range }];
      if (this.#flowLevel === 0 && this.#deepen(key.column)) {
        marks.unshift({ type: 'block mapping', ...range });
      }
      this.#tokens.splice(at, 0, ...marks);
      this.#keyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#keyAllowed) {
          this.cursor.mistaken(explainColon(this.cursor.source.text, this.cursor.index));
        }
        if (this.#deepen(this.cursor.column)) this.#mark('block mapping', 0);
      }
      this.#keyAllowed = this.#flowLevel === 0;
      this.#removeKey();
    }
    this.#mark(': ', 1);
  }

  /** Opens a deeper block when the column is deeper than the current one. */
  #deepen(column: number): boolean {
    if (this.#indent >= column) return false;
    this.#indents.push(this.#indent);
    this.#indent = column;
    return true;
  }

  /** Closes the blocks that are deeper than the column. */
  #unwind(column: number): void {
    if (this.#flowLevel !== 0) return;
    while (this.#indent > column) {
      this.#indent = this.#indents.pop() ?? -1;
      this.#mark('block end', 0);
    }
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const { cursor } = this;
    this.#removeKey();
    this.#possibleKeys.set(this.#flowLevel, {
      tokenNumber: this.#taken + this.#tokens.length,
      required: this.#flowLevel === 0 && this.#indent === cursor.column,
      index: cursor.index,
      line: cursor.line,
      column: cursor.column,
    });
  }

  #removeKey(): void {
    const key = this.#possibleKeys.get(this.#flowLevel);
    if (!key) return;
    if (key.required) this.#missingColon(key);
    this.#possibleKeys.delete(this.#flowLevel);
  }

  #dropStaleKeys(): void {
    const { line, index } = this.cursor;
    for (const [level, key] of this.#possibleKeys) {
      if (key.line === line && index - key.index <= LONGEST_SIMPLE_KEY) continue;
      if (key.required) this.#missingColon(key);
      this.#possibleKeys.delete(level);
    }
  }

  #missingColon(key: PossibleKey): never {
    return this.cursor.mistaken(explainLineWithoutColon(this.cursor.source.text, key.index));
  }
}
