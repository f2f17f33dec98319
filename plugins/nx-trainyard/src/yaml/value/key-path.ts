/** Segments that follow the first: `.name`, or anything in brackets. */
const FURTHER = /\.([^.[]*)|\[(.*?)\]/g;

/** Splits a key into its segments: `a.b[0]` and `a.b.0` are the same. (OmegaConf 2.2) */
export function splitKey(key: string): string[] {
  // Nearly all keys, and thousands of times.
  if (!key.includes('[') && !key.startsWith('.')) return key.split('.');
  const head = /^\.*[^.[]*/.exec(key)?.[0] ?? '';
  const segments = head.split('.');
  if (key[head.length] === '[' && segments.at(-1) === '') segments.pop();
  for (const [, dotted, bracketed] of key.slice(head.length).matchAll(FURTHER)) {
    segments.push(dotted || (bracketed ?? ''));
  }
  return segments;
}

/** What has a meaning in a path, and can be part of a name after a backslash. */
const MARKS = '.[]\\';
/** Stand-ins for marks that are part of a name: no key has characters of private use. */
const FIRST_STAND_IN = 0xe000;
const WELL_FORMED = /^(?:[^.[]+|\[[^\]]+\])(?:\.[^.[]+|\[[^\]]+\])*$/;

/**
 * The path that a written key means, in every spelling of OmegaConf: `a.b.0`, `a[b][0]`, `[a].b`,
 * `[a.b]` for the one name `a.b`; and `a\.b` for the same. Undefined where OmegaConf would drop a
 * part, or make a name of nothing.
 */
export function readPath(text: string): string[] | undefined {
  const still = text.replace(/\\([.[\]\\])/g, (_, mark: string) => {
    return String.fromCharCode(FIRST_STAND_IN + MARKS.indexOf(mark));
  });
  return WELL_FORMED.test(still) ? splitKey(still).map(withMarks) : undefined;
}

function withMarks(segment: string): string {
  return segment.replace(/[\ue000-\ue003]/g, (character) => {
    return MARKS[character.charCodeAt(0) - FIRST_STAND_IN] ?? character;
  });
}

/** The one spelling of a path that `readPath` reads again, with dots between its names. */
export function writePath(path: readonly string[]): string {
  return path.map((segment) => segment.replace(/[.[]|\\(?=[.[\]\\]|$)/g, '\\$&')).join('.');
}

/** A key in this one spelling; one that is no path stays as it is written. */
export function formatKey(text: string): string {
  const path = readPath(text);
  return path ? writePath(path) : text;
}

/** The segments of a key that has been spelled; of one that is no path, what lies between its dots. */
export function pathOfKey(key: string): readonly string[] {
  return readPath(key) ?? key.split('.');
}
