import { impliedTag } from '../value/implied-type';
import { pythonFloatAccepts } from '../value/python-number';

/** What the choice of a spelling depends on. */
export interface StringShape {
  /** In code points, the unit in which Python counts. */
  readonly length: number;
  readonly multiline: boolean;
  /** Whether the text may stand without quotes and is still read as this string. */
  readonly plain: boolean;
  /** Whether single quotes can carry the text; double quotes always can. */
  readonly single: boolean;
}

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const COLON = 0x3a;

/** Whether the character ends a line in YAML 1.1. */
export function isBreak(code: number): boolean {
  return code === LINE_FEED || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** Whether PyYAML prints a character of the basic plane as it is; line ends count. */
export function isPrintable(code: number): boolean {
  if (code < 0x7f) return code >= SPACE || code === LINE_FEED;
  if (code < 0xa0) return code === 0x85;
  return code < 0xd800 || (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff);
}

/** Whether a reader would take the start of the unquoted text for structure. */
function startsLikeStructure(text: string): boolean {
  if ('#,[]{}&*!|>\'"%@`'.includes(text.charAt(0))) return true;
  if (text.startsWith('---') || text.startsWith('...')) return true;
  return '-?:'.includes(text.charAt(0)) && (text.length === 1 || text.charCodeAt(1) === SPACE);
}

/**
 * Whether the unquoted text would be, or looks as if it were, of another type: PyYAML's resolver,
 * and OmegaConf's own `y`, `n` and whatever Python's `float` accepts (`1e5`, `nan`, `1_000`).
 */
function looksLikeAnotherType(text: string): boolean {
  if (impliedTag(text) !== 'str') return true;
  return (text.length === 1 && 'yYnN'.includes(text)) || pythonFloatAccepts(text);
}

/** Nothing in such a text has a meaning in YAML. */
const WORD = /^[A-Za-z/][\w./-]*$/;

/** Analyses a text for its spelling in one pass (rules: PyYAML 6 emitter, OmegaConf 2.2 dumper). */
export function shapeOf(text: string): StringShape {
  if (text === '') return { length: 0, multiline: false, plain: false, single: true };
  if (WORD.test(text)) {
    const plain = !looksLikeAnotherType(text);
    return { length: text.length, multiline: false, plain, single: true };
  }
  const last = text.length - 1;
  let length = 0;
  let multiline = false;
  let special = false;
  let structure = startsLikeStructure(text);
  let spaceMeetsBreak = false;
  let previous = 0;
  for (let index = 0; index <= last; index++) {
    const code = text.charCodeAt(index);
    length++;
    if (isBreak(code)) {
      multiline = true;
      if (previous === SPACE) spaceMeetsBreak = true;
    } else if (code === SPACE) {
      if (isBreak(previous)) spaceMeetsBreak = true;
    } else if (code === COLON) {
      if (index === last || text.charCodeAt(index + 1) === SPACE) structure = true;
    } else if (code === HASH) {
      if (previous === SPACE) structure = true;
    } else if (!isPrintable(code)) {
      const codePoint = text.codePointAt(index) ?? 0;
      if (codePoint > 0xffff) index++;
      // PyYAML prints everything beyond the basic plane but U+10FFFF.
      if (codePoint <= 0xffff || codePoint === 0x10ffff) special = true;
    }
    previous = code;
  }
  const edged = text.charCodeAt(0) === SPACE || text.charCodeAt(last) === SPACE;
  const single = !special && !spaceMeetsBreak;
  const plain = single && !multiline && !structure && !edged && !looksLikeAnotherType(text);
  return { length, multiline, plain, single };
}

/** Length in code points: the columns that a one-line text takes. */
export function columnsOf(text: string): number {
  let columns = text.length;
  for (let index = 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const before = text.charCodeAt(index - 1);
    if (code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff) columns--;
  }
  return columns;
}
