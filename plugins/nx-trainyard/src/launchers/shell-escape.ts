import type { ShellPlace } from './shell-place';

/** Means nothing to a shell, wherever it stands. */
const PLAIN = /^[A-Za-z0-9_./:@%+=,-]*$/;
/** Would add a line, or something that a terminal acts on. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Writes a value so that the shell reads exactly the value in that place.
 *
 * @returns the text to put there, or undefined when nothing can be written there safely
 */
export function escapeForShell(value: string, place: ShellPlace): string | undefined {
  if (PLAIN.test(value)) return value;
  if (CONTROL.test(value)) return undefined;
  switch (place.kind) {
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
      if (value.includes(place.delimiter)) return undefined;
      if (!place.quoted) return value.replace(/[\\$`]/g, '\\$&');
      return value;
    case 'plain':
      return undefined;
  }
}
