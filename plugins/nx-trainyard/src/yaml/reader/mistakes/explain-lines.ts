import type { DiagnosticDetails } from '../../../diagnostics';
import { count } from '../../../basics/count';
import type { Line } from './lines';
import { linesOf, quoted, withoutComment } from './lines';

/** A mistake that people make, at its place, and what to write instead. */
export interface Mistake extends Pick<DiagnosticDetails, 'hint'> {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A tab where YAML takes none. */
export function explainTab(text: string, at: number): Mistake {
  const lines = linesOf(text);
  const line = lineAt(lines, at);
  const range = { start: at, end: at + (/^\t+/.exec(text.slice(at))?.[0].length ?? 1) };
  if (text.slice(line.start, at).trim() === '') {
    return {
      message: 'this line is indented with a tab',
      hint: 'Use only spaces to indent; YAML does not allow tabs there.',
      ...range,
    };
  }
  if (text.slice(at, line.end).trim() === '') {
    return { message: 'this line ends with a tab', hint: 'Remove it.', ...range };
  }
  return {
    message: 'YAML allows only spaces here, but this is a tab',
    hint: 'Replace it with a space.',
    ...range,
  };
}

/** A line without a `: ` where a key of a mapping has to be. @param at where the line's content starts */
export function explainLineWithoutColon(text: string, at: number): Mistake {
  const lines = linesOf(text);
  const line = lineAt(lines, at);
  return (
    explainWholeFile(text, lines) ??
    almostKey(line, at) ?? {
      message: "this line has no ':' where a key of the mapping is expected",
      start: at,
      end: line.end,
      hint: "Write 'key: value', or indent the line if it continues the value above.",
    }
  );
}

/** A `: ` that can start no value. @param at where the colon stands */
export function explainColon(text: string, at: number): Mistake {
  const lines = linesOf(text);
  const line = lineAt(lines, at);
  const before = text.slice(line.start + line.indent, at);
  const first = /^(?:- +)*[^\s'"[{].*?:(?= )/.exec(before);
  const whole = explainWholeFile(text, lines);
  if (whole) return whole;
  if (first) return secondColon(line, first[0].length, at, text);
  const above = lineAbove(lines, line);
  if (!above) return surplusColon(line, at);
  const suspect = suspectAbove(lines, line);
  if (suspect) return suspect;
  const { columns, number } = above;
  const column = columns.at(-1) ?? 0;
  const range = { start: line.start + line.indent, end: at };
  if (line.indent > column) {
    return {
      message: `this key is indented more than line ${number}, but the key there already has a value`,
      hint: `${indentBy(column)}, like the key there, or remove the value of that key.`,
      ...range,
    };
  }
  return surplusColon(line, at);
}

function surplusColon(line: Line, at: number): Mistake {
  return {
    message: "this ':' cannot start a value",
    hint: `Put the text around it in quotes: ${quoted(line.content)}`,
    start: at,
    end: at + 1,
  };
}

/** @param length of the line's content up to its first colon */
function secondColon(line: Line, length: number, at: number, text: string): Mistake {
  const key = line.content.slice(0, length);
  const value = line.content.slice(length).trim();
  const range = { start: at, end: at + 1 };
  if (value.startsWith(':')) {
    const rest = value.replace(/^[:\s]+/, '');
    return {
      message: "there is an extra ':' between this key and its value",
      hint: `Write '${`${key} ${rest}`.trim()}'.`,
      ...range,
    };
  }
  const templated = jinja(text, line);
  if (templated) return templated;
  return {
    message: "a second ':' on this line cannot start a value",
    hint: `Put a value that contains ': ' in quotes: ${key} ${quoted(value)}`,
    ...range,
  };
}

/** A character that cannot start a value: `%`, `@`, a backtick and others. */
export function explainStart(
  text: string,
  at: number,
  described: string,
  inFlow: boolean,
): Mistake {
  const lines = linesOf(text);
  const line = lineAt(lines, at);
  const whole = explainWholeFile(text, lines) ?? jinja(text, line);
  if (whole) return whole;
  const value = valueFrom(text, at, inFlow);
  return {
    message: `${described} cannot start a value here`,
    hint: `Put the value in quotes: ${quoted(value)}`,
    start: at,
    end: at + 1,
  };
}

/** The text of a value that starts at an offset, as far as its author may have meant it to go. */
export function valueFrom(text: string, at: number, inFlow: boolean): string {
  const rest = withoutComment(/^[^\n\r\x85\u2028\u2029]*/.exec(text.slice(at))?.[0] ?? '');
  return inFlow ? (/^[^,\]}]*/.exec(rest)?.[0].trimEnd() ?? rest) : rest;
}

/** An item, a key or a text whose indentation fits nothing above. @param at where its content starts */
export function explainIndentation(text: string, at: number): Mistake | undefined {
  const lines = linesOf(text);
  const line = lineAt(lines, at);
  if (line.start + line.indent !== at) return undefined;
  const isItem = /^-(?: |$)/.test(line.content);
  let best: { column: number; line: Line } | undefined;
  for (const above of lines.slice(0, line.number - 1).reverse()) {
    if (above.content === '') continue;
    const hasDash = above.columns.length > 1 || above.content === '-';
    const columns = isItem ? (hasDash ? [above.indent] : []) : above.columns.slice(hasDash ? 1 : 0);
    for (const column of columns) {
      const distance = Math.abs(column - line.indent);
      if (!best || distance < Math.abs(best.column - line.indent)) best = { column, line: above };
    }
    if (above.indent < line.indent) break;
  }
  if (!best || best.column === line.indent) return undefined;
  return {
    message: `this line is indented by ${count(line.indent, 'space')}, which matches no line above it`,
    hint: `${indentBy(best.column)}, like line ${best.line.number}.`,
    start: at,
    end: line.end,
  };
}

function indentBy(column: number): string {
  return column === 0 ? 'Do not indent it' : `Indent it by ${count(column, 'space')}`;
}

/** What is wrong with a file as a whole: it is a template, or two versions of one file. */
function explainWholeFile(text: string, lines: readonly Line[]): Mistake | undefined {
  const conflict = lines.find(({ start }) =>
    /^(?:<{7}|>{7})(?: |$)/m.test(text.slice(start, start + 8)),
  );
  if (conflict) {
    return {
      message: 'this file contains an unresolved merge conflict',
      hint: 'Keep one of the two sides, and remove the lines that start with <<<<<<<, =======, and >>>>>>>.',
      start: conflict.start,
      end: conflict.end,
    };
  }
  const statement = lines.find(({ content }) => content.startsWith('{%'));
  return (
    statement && {
      message: 'this is a template statement, but the file is read as YAML',
      hint: 'Render the template first, or remove the lines that start with {%.',
      start: statement.start + statement.indent,
      end: statement.end,
    }
  );
}

/** `{{ x }}` outside of quotes, which YAML reads as mappings. */
export function jinja(
  text: string,
  { start, end }: Pick<Line, 'start' | 'end'>,
): Mistake | undefined {
  const line = text.slice(start, end);
  const found = /^(\s*(?:- +)*(?:[^\s'"{][^'"{]*?: +)?)(\{\{.*)$/.exec(line);
  if (!found) return undefined;
  const [, before = '', after = ''] = found;
  const value = withoutComment(after);
  // Of a key, the quotes end before its colon.
  const key = /^(.*\}\})(: .*|:)$/.exec(value);
  const whole = key ? `${quoted(key[1] ?? '')}${key[2]}` : quoted(value);
  return {
    message: 'YAML reads {{ as the start of two mappings, not as a template placeholder',
    hint: `Put the whole ${key ? 'key' : 'value'} in quotes: ${before.trim()}${before.trim() === '' ? '' : ' '}${whole}`,
    start: start + before.length,
    end: start + before.length + value.length,
  };
}

/** The line to which an offset belongs. */
export function lineAt(lines: readonly Line[], at: number): Line {
  return lines.findLast(({ start }) => start <= at) as Line;
}

function lineAbove(lines: readonly Line[], { number }: Line): Line | undefined {
  return lines.slice(0, number - 1).findLast(({ content }) => content !== '');
}

/** A line above that a missing space or a `=` made a text, which goes on until here. */
function suspectAbove(lines: readonly Line[], line: Line): Mistake | undefined {
  const above = lineAbove(lines, line);
  if (!above || /^(?:- +)*[^\s'"[{].*?:(?: |$)/.test(above.content)) return undefined;
  const at = above.start + (above.columns.at(-1) ?? 0);
  const found = almostKey(above, at);
  if (found) return found;
  if (above.content.endsWith('"') || above.content.endsWith("'")) return undefined;
  if ((above.columns.at(-1) ?? 0) !== line.indent) return undefined;
  const key = above.content.slice((above.columns.at(-1) ?? 0) - above.indent);
  return {
    message: "missing ':' after the key on this line",
    hint: `Write '${key}: value', or '${key}:' if the indented lines below are its value.`,
    start: at,
    end: at + key.length,
  };
}

/** A key whose colon is not what it looks like. @param at where the key starts */
function almostKey(line: Line, at: number): Mistake | undefined {
  const content = line.content.slice(at - line.start - line.indent);
  const range = { start: at, end: at + content.length };
  const odd = /^([\w.-]+):([\xa0\u2000-\u200b\u202f\u3000])\s*(.*)$/.exec(content);
  if (odd) {
    const [, key, space = '', value] = odd;
    const code = (space.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return {
      message: `expected a space after this ':', but found the character U+${code}`,
      hint: `Write '${key}: ${value}' with a plain space.`,
      ...range,
    };
  }
  const close = /^([\w.-]+):(?!\/\/)(\S.*)$/.exec(content);
  if (close) {
    return {
      message: "missing space after the ':' on this line",
      hint: `Write '${close[1]}: ${close[2]}'.`,
      ...range,
    };
  }
  const equals = /^([\w.-]+)\s*:?=\s*(.*)$/.exec(content);
  if (equals) {
    return {
      message: "this line has '=' where YAML expects ':' and a space",
      hint: `Write '${equals[1]}: ${equals[2]}'.`,
      ...range,
    };
  }
  const spaced = /^([\w.-]+)\s+:(\S.*)$/.exec(content);
  return spaced
    ? {
        message: "missing space after the ':' on this line",
        hint: `Write '${spaced[1]}: ${spaced[2]}'.`,
        ...range,
      }
    : undefined;
}
