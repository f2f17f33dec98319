import type { Heredoc, ShellLocation } from './location';

/** Means nothing to a shell, wherever it stands. */
const PLAIN = /^[A-Za-z0-9_./:@%+=,-]*$/;
/** Would add a line, or something that a terminal acts on. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Writes a value so that the shell reads exactly the value in that place. In a heredoc the line that
 * it becomes a part of matters, too: see `endsHeredoc`.
 *
 * @returns the text to put there, or undefined when nothing can be written there safely
 */
export function escapeForShell(value: string, location: ShellLocation): string | undefined {
  // Nothing at all would not be a word.
  if (value === '' && location.kind === 'word') return "''";
  if (PLAIN.test(value)) return value;
  if (CONTROL.test(value)) return undefined;
  switch (location.kind) {
    case 'word':
      // Letters of other alphabets are ordinary characters; every ASCII sign gets a backslash.
      return value.replace(/[^A-Za-z0-9_./:@%+=,\u0080-\u{10ffff}-]/gu, '\\$&');
    case 'double':
      return value.replace(/[\\"$`]/g, '\\$&');
    case 'single':
      return value.replaceAll("'", "'\\''");
    case 'ansi':
      return value.replace(/[\\']/g, '\\$&');
    case 'comment':
      return value;
    case 'heredoc':
      return location.quoted ? value : value.replace(/[\\$`]/g, '\\$&');
    case 'plain':
      return undefined;
  }
}

/**
 * Whether a value makes its line one at which the shell would see the heredoc's end. A line that only
 * starts with the delimiter counts, because inside `$(…)` it ends the heredoc as well.
 *
 * @param start where the value starts in the text
 */
export function endsHeredoc(
  text: string,
  start: number,
  { delimiter, stripTabs }: Heredoc,
): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const content = (end: number): string => {
    const line = text.slice(lineStart, end);
    return stripTabs ? line.replace(/^\t+/, '') : line;
  };
  const lineEnd = text.indexOf('\n', start);
  const before = content(start).startsWith(delimiter);
  return !before && content(lineEnd === -1 ? text.length : lineEnd).startsWith(delimiter);
}
