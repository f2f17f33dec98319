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

function isNoJson(item: unknown): boolean {
  return typeof item === 'bigint' || (typeof item === 'number' && !Number.isFinite(item));
}
