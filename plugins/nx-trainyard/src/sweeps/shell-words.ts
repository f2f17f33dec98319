import { refuse } from '../diagnostics';

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
    refuse('UnwritableOverride', `no argument can have a NUL: ${JSON.stringify(word)}`);
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
