import { throwDiagnostic } from '../diagnostics';

/** Means nothing to bash, wherever it stands in a word. */
const PLAIN = /^[A-Za-z0-9_./:@%+=,-]+$/;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/g;

/**
 * A word as bash reads it back, on one line: bare, in single quotes, or as `$'…'`.
 *
 * @throws DiagnosticError `UnwritableOverride` for a NUL, which no argument of a program can have
 */
export function shellWord(word: string): string {
  if (word.includes('\0')) {
    throwDiagnostic(
      'UnwritableOverride',
      `an argument cannot contain a NUL character: ${JSON.stringify(word)}`,
    );
  }
  if (PLAIN.test(word)) return word;
  if (!word.match(CONTROL)) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = word.replace(/[\\']/g, '\\$&').replace(CONTROL, (char) => {
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `$'${escaped}'`;
}

export function shellCommand(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** One piece of a word: plain, in single or double quotes, or escaped. */
const PIECE = /[^\s'"\\]+|'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^]/g;

/** The words of a command as a shell splits it, nothing expanded; undefined for an open quote. */
export function splitWords(command: string): string[] | undefined {
  const words: string[] = [];
  let end = -1;
  for (const { 0: piece, index } of command.matchAll(PIECE)) {
    if (/\S/.test(command.slice(Math.max(0, end), index))) return undefined;
    if (index === end) words.push((words.pop() ?? '') + unquoted(piece));
    else words.push(unquoted(piece));
    end = index + piece.length;
  }
  return /\S/.test(command.slice(Math.max(0, end))) ? undefined : words;
}

function unquoted(piece: string): string {
  if (piece.startsWith("'")) return piece.slice(1, -1);
  if (piece.startsWith('"')) return piece.slice(1, -1).replace(/\\(["\\$`])/g, '$1');
  return piece.startsWith('\\') ? piece.slice(1) : piece;
}
