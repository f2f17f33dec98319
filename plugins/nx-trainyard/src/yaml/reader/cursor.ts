import type { DiagnosticDetails, SourceText } from '../../diagnostics';
import { throwDiagnostic } from '../../diagnostics';
import type { Mistake } from './mistakes/explain-lines';

export const NUL = 0;
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
const NEL = 0x85;
const LS = 0x2028;
const PS = 0x2029;

/** Line breaks of YAML 1.1, which has two more than YAML 1.2. */
export function isBreak(code: number): boolean {
  return code === LF || code === CR || code === NEL || code === LS || code === PS;
}

export function isBreakOrEnd(code: number): boolean {
  return code === NUL || isBreak(code);
}

export function isBlankOrEnd(code: number): boolean {
  return code === SPACE || code === TAB || isBreakOrEnd(code);
}

/** Not printable in PyYAML's sense; such a character is refused wherever it stands. */
const NOT_PRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** A position in a text that knows its line and column. The text ends in NUL characters. */
export class Cursor {
  readonly source: SourceText;
  readonly text: string;
  index = 0;
  line = 0;
  #lineStart = 0;

  constructor(source: SourceText) {
    const bad = NOT_PRINTABLE.exec(source.text);
    if (bad) {
      const code = bad[0].codePointAt(0) ?? 0;
      throwDiagnostic('YamlSyntax', `the character U+${hex(code)} is not allowed in YAML`, {
        location: { source, start: bad.index, end: bad.index + bad[0].length },
        hint: 'Remove it, or write it as an escape in double quotes, such as "\\x07".',
      });
    }
    this.source = source;
    // Look-ahead is at most four characters, so no bounds need checking anywhere.
    this.text = source.text + '\0\0\0\0';
    if (source.text.startsWith('\ufeff')) this.index = this.#lineStart = 1;
  }

  get column(): number {
    return this.index - this.#lineStart;
  }

  peek(ahead = 0): number {
    return this.text.charCodeAt(this.index + ahead);
  }

  /** Moves over characters of which none is a line break. */
  forward(count = 1): void {
    this.index += count;
  }

  /** Moves over a line break and returns what it means: `\n`, U+2028, U+2029, or '' for none. */
  lineBreak(): string {
    const code = this.peek();
    if (!isBreak(code)) return '';
    this.index += code === CR && this.peek(1) === LF ? 2 : 1;
    this.line++;
    this.#lineStart = this.index;
    return code === LS || code === PS ? String.fromCharCode(code) : '\n';
  }

  skipSpaces(): void {
    while (this.peek() === SPACE) this.index++;
  }

  /** `---` or `...` at the start of a line. */
  atDocumentMarker(): boolean {
    const { text, index } = this;
    return (
      (text.startsWith('---', index) || text.startsWith('...', index)) && isBlankOrEnd(this.peek(3))
    );
  }

  /** Refuses the text at a range, by default the character under the cursor. */
  fail(message: string, details: DiagnosticDetails & { start?: number; end?: number } = {}): never {
    const { start = this.index, end = start + 1, ...rest } = details;
    const limit = this.source.text.length;
    const location = {
      source: this.source,
      start: Math.min(start, limit),
      end: Math.min(end, limit),
    };
    return throwDiagnostic('YamlSyntax', message, { location, ...rest });
  }

  /** Refuses a text with what its author may have meant. */
  mistaken({ message, ...details }: Mistake): never {
    return this.fail(message, details);
  }

  /** The character under the cursor for a message. */
  describe(): string {
    const code = this.text.codePointAt(this.index) ?? NUL;
    if (code === NUL) return 'the end of the text';
    if (code === TAB) return 'a tab';
    if (isBreak(code)) return 'a line end';
    return `'${String.fromCodePoint(code)}'`;
  }
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
