/**
 * JSON for programs. Numbers that JSON or JavaScript cannot hold (large integers, inf, nan) are
 * written as text.
 *
 * @param indent columns per level; without it, one line
 */
export function json(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, item: unknown) => (isNoJson(item) ? String(item) : item),
    indent,
  );
}

/** A text as JSON. Most texts need no escapes, and are not worth a call into V8. */
export function jsonText(text: string): string {
  return UNESCAPED.test(text) ? `"${text}"` : JSON.stringify(text);
}

const UNESCAPED = /^[ !#-[\]-~]*$/;

function isNoJson(item: unknown): boolean {
  return typeof item === 'bigint' || (typeof item === 'number' && !Number.isFinite(item));
}
