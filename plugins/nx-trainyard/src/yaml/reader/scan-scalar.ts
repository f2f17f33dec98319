import type { Cursor } from './cursor';
import { NUL, SPACE, TAB, isBlankOrEnd, isBreak } from './cursor';
import { explainEscape, unclosedQuote } from './mistakes/explain-values';
import type { Token } from './token';
import { scalarToken } from './token';

/** Where a scalar stands: the indentation of its block, and how many flow collections are open. */
export interface ScalarContext {
  readonly indent: number;
  readonly inFlow: boolean;
}

/**
 * A plain scalar. It may go on over lines that are indented deeper than its block.
 * `sawBreak` says that a line ended after it, so that a simple key may follow. (PyYAML scanner.)
 */
export function scanPlain(
  cursor: Cursor,
  { indent, inFlow }: ScalarContext,
): { scalar: Token; sawBreak: boolean } {
  const start = cursor.index;
  let end = start;
  let value = '';
  let space = '';
  let sawBreak = false;
  for (;;) {
    if (cursor.peek() === 0x23) break; // '#' after white space starts a comment
    const from = cursor.index;
    const to = plainEnd(cursor, inFlow);
    if (to === from) break;
    value += space + cursor.text.slice(from, to);
    cursor.forward(to - from);
    end = to;
    // The usual case, a scalar that ends its line, needs no second look.
    const gap = scanPlainGap(cursor);
    sawBreak = gap.sawBreak;
    space = gap.text;
    if (space === '' || (!inFlow && cursor.column < indent + 1)) break;
  }
  return { scalar: scalarToken(start, end, 'plain', value), sawBreak };
}

/** The offset at which the run of plain characters under the cursor ends. */
function plainEnd(cursor: Cursor, inFlow: boolean): number {
  const { text } = cursor;
  for (let i = cursor.index; ; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x3f && code < 0x5b) continue; // '@', A-Z: most of what is not a-z
    if (code > 0x60 && code < 0x7b) continue; // a-z
    if (isBlankOrEnd(code)) return i;
    if (code === 0x3a) {
      const next = text.charCodeAt(i + 1);
      if (isBlankOrEnd(next) || (inFlow && isFlowIndicator(next))) return i;
    } else if (inFlow && (code === 0x3f || isFlowIndicator(code))) return i;
  }
}

/** `,` `[` `]` `{` `}` */
function isFlowIndicator(code: number): boolean {
  return code === 0x2c || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}

function scanPlainGap(cursor: Cursor): { text: string; sawBreak: boolean } {
  const from = cursor.index;
  cursor.skipSpaces();
  const spaces = cursor.text.slice(from, cursor.index);
  const first = cursor.lineBreak();
  if (first === '') return { text: spaces, sawBreak: false };
  let breaks = '';
  let none = true;
  for (;;) {
    if (cursor.column === 0 && cursor.atDocumentMarker()) return { text: '', sawBreak: true };
    cursor.skipSpaces();
    if (!isBreak(cursor.peek())) break;
    breaks += cursor.lineBreak();
    none = false;
  }
  const joint = first !== '\n' ? first : none ? ' ' : '';
  return { text: joint + breaks, sawBreak: true };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  '/': '/',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A scalar in single or double quotes. */
export function scanQuoted(cursor: Cursor, style: 'single' | 'double'): Token {
  const start = cursor.index;
  const quote = cursor.peek();
  cursor.forward();
  let value = scanQuotedText(cursor, style);
  while (cursor.peek() !== quote) {
    value += scanQuotedGap(cursor, start);
    value += scanQuotedText(cursor, style);
  }
  cursor.forward();
  return scalarToken(start, cursor.index, style, value);
}

const QUOTED_STOP = /['"\\\0 \t\r\n\x85\u2028\u2029]/g;

function scanQuotedText(cursor: Cursor, style: 'single' | 'double'): string {
  let value = '';
  for (;;) {
    QUOTED_STOP.lastIndex = cursor.index;
    const to = QUOTED_STOP.exec(cursor.text)?.index ?? cursor.index;
    value += cursor.text.slice(cursor.index, to);
    cursor.forward(to - cursor.index);
    const char = cursor.text.charAt(cursor.index);
    if (style === 'single') {
      if (char === "'" && cursor.text.charAt(cursor.index + 1) === "'") {
        value += "'";
        cursor.forward(2);
      } else if (char === '"' || char === '\\') {
        value += char;
        cursor.forward();
      } else return value;
    } else if (char === "'") {
      value += char;
      cursor.forward();
    } else if (char === '\\') value += scanEscape(cursor);
    else return value;
  }
}

function scanEscape(cursor: Cursor): string {
  const start = cursor.index;
  cursor.forward();
  const char = cursor.text.charAt(cursor.index);
  const simple = ESCAPES[char];
  if (simple !== undefined) {
    cursor.forward();
    return simple;
  }
  const length = HEX_ESCAPES[char];
  if (length !== undefined) {
    const digits = cursor.text.slice(cursor.index + 1, cursor.index + 1 + length);
    const code =
      /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? parseInt(digits, 16) : NaN;
    if (!(code <= 0x10ffff)) {
      const message = `'\\${char}' must be followed by the ${length} hexadecimal digits of a character`;
      cursor.mistaken(explainEscape(cursor.source.text, start, message));
    }
    cursor.forward(1 + length);
    return String.fromCodePoint(code);
  }
  if (isBreak(cursor.peek())) {
    cursor.lineBreak();
    return scanQuotedBreaks(cursor);
  }
  const message = `unknown escape '\\${char}' in double quotes`;
  return cursor.mistaken(explainEscape(cursor.source.text, start, message));
}

function scanQuotedGap(cursor: Cursor, start: number): string {
  const from = cursor.index;
  while (cursor.peek() === SPACE || cursor.peek() === TAB) cursor.forward();
  const spaces = cursor.text.slice(from, cursor.index);
  if (cursor.peek() === NUL) {
    cursor.mistaken(unclosedQuote(cursor.source.text, start));
  }
  const first = cursor.lineBreak();
  if (first === '') return spaces;
  const breaks = scanQuotedBreaks(cursor);
  return (first !== '\n' ? first : breaks === '' ? ' ' : '') + breaks;
}

function scanQuotedBreaks(cursor: Cursor): string {
  let breaks = '';
  for (;;) {
    if (cursor.column === 0 && cursor.atDocumentMarker()) {
      cursor.fail('a document marker inside a quoted value', {
        end: cursor.index + 3,
        hint: 'Close the quotes above it, or indent this line.',
      });
    }
    while (cursor.peek() === SPACE || cursor.peek() === TAB) cursor.forward();
    if (!isBreak(cursor.peek())) return breaks;
    breaks += cursor.lineBreak();
  }
}
