/** How many names are told where there may be hundreds. */
const SOME = 3;

/** `a, b, c and 80 more`. */
export function someOf(names: readonly string[]): string {
  // To count a single one takes as much room as to name it.
  const shown = names.length === SOME + 1 ? names : names.slice(0, SOME);
  const more = names.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
