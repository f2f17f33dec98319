import type { Cursor } from './cursor';
import { SPACE, isBlankOrEnd, isBreakOrEnd } from './cursor';
import { valueFrom } from './mistakes/explain-lines';
import { quoted } from './mistakes/lines';
import type { Token } from './token';

const TAG_HINT = "Put a text that starts with '!' in quotes, or remove the tag.";
const NAME = /[0-9A-Za-z_-]*/y;
const URI = /(?:[0-9A-Za-z\-;/?:@&=+$,_.!~*'()[\]]|%[0-9a-fA-F]{2})*/y;
/** The arguments of directives; those of unknown ones are free. */
const ARGUMENTS: ReadonlyMap<string, RegExp> = new Map([
  ['YAML', /^[0-9]+\.[0-9]+$/],
  ['TAG', new RegExp(`^!(?:[0-9A-Za-z_-]*!)? (?!$)${URI.source}$`)],
]);
const AFTER_ANCHOR = '?:,]}%@`';

function match(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.index;
  const text = pattern.exec(cursor.text)?.[0] ?? '';
  cursor.forward(text.length);
  return text;
}

/** `&name` or `*name`. Names are letters, digits, `-` and `_` (PyYAML, narrower than YAML). */
export function scanAnchor(cursor: Cursor, type: 'anchor' | 'alias', inFlow: boolean): Token {
  const start = cursor.index;
  cursor.forward();
  const name = match(cursor, NAME);
  const next = cursor.peek();
  const ends = isBlankOrEnd(next) || AFTER_ANCHOR.includes(String.fromCharCode(next));
  if (name === '' || !ends) {
    cursor.fail(`the name of an ${type} can contain only letters, digits, '-', and '_'`, {
      start,
      end: cursor.index + 1,
      hint: `Put a text that starts with '${type === 'alias' ? '*' : '&'}' in quotes: ${quoted(valueFrom(cursor.source.text, start, inFlow))}`,
    });
  }
  return { type, name, start, end: cursor.index };
}

/** `!suffix`, `!!suffix`, `!handle!suffix`, `!<uri>` or a lone `!`. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.index;
  cursor.forward();
  let handle: string | undefined;
  let suffix: string;
  if (cursor.peek() === 0x3c) {
    cursor.forward();
    suffix = unescapeUri(cursor, match(cursor, URI), start);
    if (suffix === '' || cursor.peek() !== 0x3e)
      cursor.fail("a tag '!<...>' is not closed", { start, hint: TAG_HINT });
    cursor.forward();
  } else if (isBlankOrEnd(cursor.peek())) {
    suffix = '!';
  } else {
    const text = '!' + match(cursor, URI);
    const named = /^![0-9A-Za-z_-]*!/.exec(text);
    handle = named ? named[0] : '!';
    suffix = unescapeUri(cursor, text.slice(handle.length), start);
    if (suffix === '') cursor.fail('a tag has no name', { start, hint: TAG_HINT });
  }
  if (!isBlankOrEnd(cursor.peek())) {
    cursor.fail(`expected a space after the tag, but found ${cursor.describe()}`, {
      start,
      end: cursor.index + 1,
      hint: TAG_HINT,
    });
  }
  return { type: 'tag', handle, suffix, start, end: cursor.index };
}

function unescapeUri(cursor: Cursor, text: string, start: number): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return cursor.fail('the % escapes of this tag are not UTF-8', { start, hint: TAG_HINT });
  }
}

/** `%YAML 1.1`, `%TAG ! uri`, or a directive that YAML does not know, which is passed over. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.index;
  cursor.forward();
  const name = match(cursor, NAME);
  const from = cursor.index;
  while (!isBreakOrEnd(cursor.peek())) cursor.forward();
  const rest = cursor.text.slice(from, cursor.index);
  if (name === '' || (rest !== '' && rest.charCodeAt(0) !== SPACE)) {
    cursor.fail('a directive must be %NAME followed by its arguments', {
      start,
      hint: "Put a key that starts with '%' in quotes, or remove the line.",
    });
  }
  const args = rest.replace(/ #.*$/, '').split(' ').filter(Boolean);
  if (ARGUMENTS.get(name)?.test(args.join(' ')) === false) {
    cursor.fail(`malformed %${name} directive`, {
      start,
      end: cursor.index,
      hint: 'Remove the line.',
    });
  }
  cursor.lineBreak();
  return { type: 'directive', name, args, start, end: cursor.index };
}
