import type { Cursor } from './cursor';
import { NUL, SPACE, TAB, isBreak, isBreakOrEnd } from './cursor';
import { valueFrom } from './mistakes/explain-lines';
import { quoted } from './mistakes/lines';
import type { Token } from './token';
import { scalarToken } from './token';

type Chomping = 'strip' | 'clip' | 'keep';

/** A block scalar, `|` or `>`, with its indicators. (PyYAML scanner.) */
export function scanBlock(cursor: Cursor, style: 'literal' | 'folded', indent: number): Token {
  const start = cursor.index;
  cursor.forward();
  const { chomping, increment } = scanBlockHeader(cursor, start);
  const least = Math.max(1, indent + 1);
  const lead = increment === undefined ? scanBlockIndentation(cursor) : undefined;
  const width = increment === undefined ? Math.max(least, lead?.width ?? 0) : least + increment - 1;
  let breaks = lead ? lead.breaks : scanBlockBreaks(cursor, width);
  let value = '';
  let lineBreak = '';
  let end = cursor.index;
  while (cursor.column === width && cursor.peek() !== NUL) {
    value += breaks;
    const startsWithText = cursor.peek() !== SPACE && cursor.peek() !== TAB;
    const from = cursor.index;
    let to = from;
    while (!isBreakOrEnd(cursor.text.charCodeAt(to))) to++;
    value += cursor.text.slice(from, to);
    cursor.forward(to - from);
    end = cursor.index;
    lineBreak = cursor.lineBreak();
    breaks = scanBlockBreaks(cursor, width);
    if (cursor.column !== width || cursor.peek() === NUL) break;
    const nextIsText = cursor.peek() !== SPACE && cursor.peek() !== TAB;
    if (style === 'folded' && lineBreak === '\n' && startsWithText && nextIsText) {
      if (breaks === '') value += ' ';
    } else value += lineBreak;
  }
  if (chomping !== 'strip') value += lineBreak;
  if (chomping === 'keep') value += breaks;
  return scalarToken(start, Math.max(end, start + 1), style, value);
}

function scanBlockHeader(
  cursor: Cursor,
  start: number,
): { chomping: Chomping; increment: number | undefined } {
  let chomping: Chomping = 'clip';
  let increment: number | undefined;
  for (let seen = 0; seen < 2; seen++) {
    const char = cursor.text.charAt(cursor.index);
    if ((char === '+' || char === '-') && chomping === 'clip') {
      chomping = char === '+' ? 'keep' : 'strip';
    } else if (/[0-9]/.test(char) && increment === undefined) {
      increment = Number(char);
      if (increment === 0) {
        cursor.fail('the indentation of a block of text must be 1 to 9, got 0', {
          hint: 'Remove the 0.',
        });
      }
    } else break;
    cursor.forward();
  }
  const next = cursor.peek();
  if (next !== SPACE && !isBreakOrEnd(next)) {
    cursor.fail(
      `only '+', '-', and one digit can follow '|' or '>', but found ${cursor.describe()}`,
      {
        hint: `Put a text that starts with '|' or '>' in quotes: ${quoted(valueFrom(cursor.source.text, start, false))}`,
      },
    );
  }
  cursor.skipSpaces();
  if (cursor.peek() === 0x23) while (!isBreakOrEnd(cursor.peek())) cursor.forward();
  if (!isBreakOrEnd(cursor.peek())) {
    cursor.fail(
      `a block of text must start on the line after '|' or '>', but found ${cursor.describe()}`,
      {
        hint: `Start it on the next line, or put it in quotes: ${quoted(valueFrom(cursor.source.text, start, false))}`,
      },
    );
  }
  cursor.lineBreak();
  return { chomping, increment };
}

function scanBlockIndentation(cursor: Cursor): { breaks: string; width: number } {
  let breaks = '';
  let width = 0;
  for (;;) {
    const code = cursor.peek();
    if (code === SPACE) {
      cursor.forward();
      width = Math.max(width, cursor.column);
    } else if (isBreak(code)) breaks += cursor.lineBreak();
    else return { breaks, width };
  }
}

function scanBlockBreaks(cursor: Cursor, width: number): string {
  let breaks = '';
  for (;;) {
    while (cursor.column < width && cursor.peek() === SPACE) cursor.forward();
    if (!isBreak(cursor.peek())) return breaks;
    breaks += cursor.lineBreak();
  }
}
