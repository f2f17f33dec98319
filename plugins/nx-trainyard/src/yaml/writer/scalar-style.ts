import type { StringShape } from './scalar-shape';
import { columnsOf, isBreak, isPrintable } from './scalar-shape';

/** Where a scalar stands. Columns count code points from 0. */
export interface ScalarPosition {
  /** Column of the scalar's first character. */
  readonly column: number;
  /** Column of its continuation lines: `to_yaml` puts them two to the right of the key or dash. */
  readonly indent: number;
  /** A line that has passed this column is folded at its next space: 80 if absent, or Infinity. */
  readonly width?: number;
  /** A key stays on one line. */
  readonly key?: boolean;
}

const DEFAULT_WIDTH = 80;

const SPACE = 0x20;

/** A line end and the spaces before the next line's text. */
export function newLine(indent: number): string {
  return `\n${' '.repeat(indent)}`;
}

/** The index after the run of characters that starts at `start`. */
function endOfRun(text: string, start: number, belongs: (code: number) => boolean): number {
  let end = start + 1;
  while (end < text.length && belongs(text.charCodeAt(end))) end++;
  return end;
}

const isSpace = (code: number): boolean => code === SPACE;
const isInWord = (code: number): boolean => code !== SPACE && !isBreak(code);

/** A text in the given quotes, folded at single spaces. */
function foldWords(text: string, quote: '' | "'", at: ScalarPosition, width: number): string {
  let out: string = quote;
  let column = at.column + quote.length;
  let start = 0;
  while (start < text.length) {
    let end: number;
    const code = text.charCodeAt(start);
    if (isSpace(code)) {
      end = endOfRun(text, start, isSpace);
      const folds = column > width && end === start + 1 && start > 0 && end < text.length;
      out += folds ? newLine(at.indent) : text.slice(start, end);
      column = folds ? at.indent : column + end - start;
    } else if (isBreak(code)) {
      end = endOfRun(text, start, isBreak);
      // Readers turn a line feed alone into a space, so the first one is written twice.
      out += (text[start] === '\n' ? '\n' : '') + text.slice(start, end) + ' '.repeat(at.indent);
      column = at.indent;
    } else {
      end = endOfRun(text, start, isInWord);
      const word = text.slice(start, end);
      const formatted = quote === '' ? word : word.replaceAll("'", "''");
      out += formatted;
      column += columnsOf(formatted);
    }
    start = end;
  }
  return out + quote;
}

/** YAML's one-letter escapes. */
const ESCAPES = new Map([
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x85', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

/** The escape of a character in double quotes; undefined where it stands for itself. */
function escapeOf(character: string): string | undefined {
  const short = ESCAPES.get(character);
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xffff && isPrintable(code)) return undefined;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** A text in double quotes, folded before spaces and around escapes. */
function doubleQuoted(text: string, at: ScalarPosition, width: number): string {
  const characters = Array.from(text);
  const last = characters.length - 1;
  let out = '"';
  let column = at.column + 1;
  let afterEscape = false;
  for (const [index, character] of characters.entries()) {
    const escape = escapeOf(character);
    if (escape !== undefined) {
      out += escape;
      column += escape.length;
    }
    const mayFold = character === ' ' || afterEscape || escape !== undefined;
    // Right after an escape PyYAML counts one column too few.
    const passed = escape === undefined ? column > width : column - 1 > width;
    if (mayFold && passed && index > 0 && index < last) {
      const next = escape === undefined ? character : characters[index + 1];
      // Readers drop spaces at the start of a line, unless a backslash stands before them.
      const guard = next === ' ' ? '\\' : '';
      out += `\\${newLine(at.indent)}${guard}`;
      column = at.indent + guard.length;
    }
    if (escape === undefined) {
      out += character;
      column++;
    }
    afterEscape = escape !== undefined;
  }
  return `${out}"`;
}

/**
 * A string as `to_yaml` spells it at a place (PyYAML 6 emitter): without quotes if it can, else in
 * single quotes, else in double quotes.
 */
export function formatString(text: string, shape: StringShape, at: ScalarPosition): string {
  const width = at.key ? Infinity : (at.width ?? DEFAULT_WIDTH);
  if (shape.plain) {
    return at.column + shape.length <= width ? text : foldWords(text, '', at, width);
  }
  if (shape.single && !(at.key && shape.multiline)) return foldWords(text, "'", at, width);
  return doubleQuoted(text, at, width);
}
