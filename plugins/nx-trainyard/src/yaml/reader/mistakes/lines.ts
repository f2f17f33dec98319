/** A line of a text, as people see it. */
export interface Line {
  readonly start: number;
  /** Before its line break. */
  readonly end: number;
  /** From 1. */
  readonly number: number;
  /** Without its indentation, its comment and the white space at its end. */
  readonly content: string;
  /** Where the content starts; tabs count as one column. */
  readonly indent: number;
  /** Columns at which keys or items may stand that belong to this line: before and after each `- `. */
  readonly columns: readonly number[];
}

const BREAK = /\r\n|[\n\r\x85\u2028\u2029]/g;

/** All lines of a text. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const found of text.matchAll(BREAK)) {
    lines.push(lineOf(text, start, found.index, lines.length + 1));
    start = found.index + found[0].length;
  }
  lines.push(lineOf(text, start, text.length, lines.length + 1));
  return lines;
}

function lineOf(text: string, start: number, end: number, number: number): Line {
  const [, space = '', rest = ''] = /^([ \t]*)(.*)$/s.exec(text.slice(start, end)) ?? [];
  const dashes = /^(?:- +)+/.exec(rest)?.[0] ?? '';
  const content = withoutComment(rest);
  return {
    start,
    end,
    number,
    content,
    indent: space.length,
    columns: [...new Set([space.length, ...dashColumns(dashes, space.length)])],
  };
}

function dashColumns(dashes: string, indent: number): number[] {
  return [...dashes.matchAll(/- +/g)].map(({ 0: dash, index }) => indent + index + dash.length);
}

/** A text up to its comment, which starts at a `#` after white space, outside of quotes. */
export function withoutComment(text: string): string {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const opens = i === 0 || /[\s[{,]/.test(text.charAt(i - 1));
    if (quote !== '') {
      if (char === '\\' && quote === '"') i++;
      else if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && opens) quote = char;
    else if (char === '#' && opens) return text.slice(0, i).trimEnd();
  }
  return text.trimEnd();
}

/** A text in the quotes in which it needs the fewest escapes. */
export function quoted(text: string): string {
  if (!/["\\]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "''")}'`;
}
