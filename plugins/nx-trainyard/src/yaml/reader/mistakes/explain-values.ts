import type { Mistake } from './explain-lines';
import { explainIndentation, jinja, lineAt, valueFrom } from './explain-lines';
import type { Line } from './lines';
import { linesOf, quoted, withoutComment } from './lines';
import type { Token } from '../token';
import { describeToken } from '../token';

/** A bracket that is open. */
export interface Opening {
  readonly type: '[' | '{';
  readonly start: number;
}

const CLOSING = { '[': ']', '{': '}' } as const;
/** A key of a mapping at the start of a line. */
const KEY = /^(?:- +)*[^\s'"[\]{},:]+:(?: |$)/;

/** Something else than a `,` or the closing bracket after an item in brackets. */
export function explainBetweenItems(
  text: string,
  token: Token,
  opening: Opening,
  last: Token | undefined,
): Mistake {
  const lines = linesOf(text);
  const close = CLOSING[opening.type];
  const line = lineAt(lines, token.start);
  const isOutside =
    token.type === 'end of text' || goesOnOutside(line, lineAt(lines, opening.start));
  if (isOutside) return neverClosed(opening);
  const range = { start: token.start, end: token.end };
  if (token.type === ']' || token.type === '}') {
    return {
      message: `'${opening.type}' is closed by '${token.type}'`,
      hint: `Write '${close}' instead.`,
      ...range,
    };
  }
  const templated = jinja(text, line);
  if (templated) return templated;
  if (last && isCutShort(text, last, token)) return quoteEnds(text, last, token, true);
  if (token.type !== ': ') return missingComma(text, token.start, token.end);
  const before = /[^,[\]{}:]*$/.exec(text.slice(opening.start + 1, token.start))?.[0] ?? '';
  const word = /\S+$/.exec(before.trimEnd())?.[0] ?? '';
  const at = token.start - before.length + before.lastIndexOf(word);
  if (before.trim() !== word) return missingComma(text, at, at + word.length);
  const value = /^[^,\]}\n]*/.exec(text.slice(at))?.[0].trimEnd() ?? '';
  return {
    message: "a second ':' cannot start a value",
    hint: `Put a value that contains ': ' in quotes: ${quoted(value)}`,
    ...range,
  };
}

function missingComma(text: string, start: number, end: number): Mistake {
  const word = text.slice(start, end).split('\n', 1)[0] ?? '';
  return {
    message: `missing ',' before ${word}`,
    hint: "Write ',' between the items, or put text with spaces in quotes.",
    start,
    end,
  };
}

export function neverClosed({ type, start }: Opening): Mistake {
  return {
    message: `this '${type}' is never closed`,
    hint: `Write '${CLOSING[type]}' after its last item.`,
    start,
    end: start + 1,
  };
}

/** Whether a line reads as the next key of the mapping to which an open bracket belongs. */
function goesOnOutside(line: Line, opened: Line): boolean {
  return line.number > opened.number && line.indent <= opened.indent && KEY.test(line.content);
}

/** A token where a value has to be. @param opening the bracket around it, if there is one */
export function explainNoValue(text: string, token: Token, opening: Opening | undefined): Mistake {
  const range = { start: token.start, end: Math.max(token.end, token.start + 1) };
  const found = describeToken(token);
  if (opening) {
    if (token.type === 'end of text') return neverClosed(opening);
    if (token.type === ']' || token.type === '}') {
      const message = `'${opening.type}' is closed by '${token.type}'`;
      return { message, hint: `Write '${CLOSING[opening.type]}' instead.`, ...range };
    }
    if (token.type === ',') {
      const message = "missing item before this ','";
      return { message, hint: "Remove it, or write 'null' before it.", ...range };
    }
    if (token.type === '- ') {
      const message = "items of a list in brackets cannot start with '- '";
      return { message, hint: 'Remove it.', ...range };
    }
  }
  const line = withoutComment(text.slice(token.start).split('\n', 1)[0] ?? '');
  return {
    message: `expected a value, but found ${found}`,
    hint: `Write a value, 'null' for none, or put the text in quotes: ${quoted(line)}`,
    ...range,
  };
}

/** What stands where a mapping or a list goes on or ends, and does neither. */
export function explainAfterValue(
  text: string,
  token: Token,
  last: Token | undefined,
  block: 'mapping' | 'list',
): Mistake {
  const lines = linesOf(text);
  const line = lineAt(lines, token.start);
  const range = { start: token.start, end: Math.max(token.end, token.start + 1) };
  const templated = jinja(text, line);
  if (templated) return templated;
  if (last && isCutShort(text, last, token)) return quoteEnds(text, last, token, false);
  if (token.type === ']' || token.type === '}') {
    const message = `this '${token.type}' closes nothing`;
    return { message, hint: 'Remove it, or put the whole value in quotes.', ...range };
  }
  if (token.type === ': ') {
    const message = "missing key before this ':'";
    return { message, hint: `Write the key before it: 'key: …'.`, ...range };
  }
  if (block === 'mapping' && token.type === '- ') {
    return {
      message: 'a list item cannot appear among the keys of a mapping',
      hint: "Give the list a key: write 'name:' on its own line above it.",
      ...range,
    };
  }
  if (block === 'list' && token.type === '? ') {
    return {
      message: 'a key cannot appear among the items of a list',
      hint: `Make it an item: '- ${line.content}', or give the list its own key.`,
      ...range,
    };
  }
  const misplaced = explainIndentation(text, token.start);
  if (misplaced) return misplaced;
  return {
    message: `expected the end of the line after the value, but found ${describeToken(token)}`,
    hint: 'Remove it, or put the whole value in quotes.',
    ...range,
  };
}

function isQuoted(token: Token): boolean {
  return token.type === 'scalar' && (token.style === 'single' || token.style === 'double');
}

/** Whether a quoted value ends where its author did not mean it to, and text follows on its line. */
function isCutShort(text: string, last: Token, token: Token): boolean {
  if (!isQuoted(last) || token.start < last.end) return false;
  const between = text.slice(last.end, token.start);
  if (!/^[ \t]*$/.test(between)) return false;
  // In brackets, two quoted values side by side lack a comma.
  return between === '' || token.type !== 'scalar' || token.style === 'plain';
}

function quoteEnds(text: string, last: Token, token: Token, inFlow: boolean): Mistake {
  const range = { start: token.start, end: Math.max(token.end, token.start + 1) };
  const quote = text.charAt(last.start);
  const value = text.slice(last.start, last.end);
  const opened = lineAt(linesOf(text), last.start);
  if (value.includes('\n')) {
    return {
      message: `the quotes opened on line ${opened.number} are not closed until here`,
      hint: `Close them on line ${opened.number}: ${withoutComment(text.slice(last.start, opened.end))}${quote}`,
      ...range,
    };
  }
  const whole = valueFrom(text, last.start, inFlow);
  const inside = whole.length > 1 && whole.endsWith(quote) ? whole.slice(1, -1) : whole;
  // Of `"a" and "b"`, the quotes belong to the text.
  const isOneText = !inside.includes(` ${quote}`) && !inside.includes(`${quote} `);
  return {
    message: 'unexpected text after the quoted value',
    hint: `Put the whole value in other quotes: ${quoted(isOneText ? inside : whole)}`,
    ...range,
  };
}

/** Quotes that are not closed in the whole file. */
export function unclosedQuote(text: string, start: number): Mistake {
  const { number, end } = lineAt(linesOf(text), start);
  const value = withoutComment(text.slice(start + 1, end));
  const quote = text.charAt(start);
  return {
    message: 'this quoted value is never closed',
    hint: `Close it on line ${number}: ${quote}${value}${quote}`,
    start,
    end: start + 1,
  };
}

/** A backslash in double quotes that starts no escape. */
export function explainEscape(text: string, start: number, message: string): Mistake {
  const line = lineAt(linesOf(text), start);
  const open = text.lastIndexOf('"', start);
  const close = text.indexOf('"', start);
  const value =
    open >= line.start && close > 0 && close < line.end ? text.slice(open + 1, close) : '';
  const single = value === '' ? 'use single quotes' : `use single quotes: ${quoted(value)}`;
  return {
    message,
    hint: `Write a backslash as \\\\, or ${single}`,
    start,
    end: start + 2,
  };
}
