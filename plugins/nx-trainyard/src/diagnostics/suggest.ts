import { distance } from 'fastest-levenshtein';

/**
 * The candidates nearest to a mistyped word, best first. A candidate counts as near when at most a
 * third of the letters differ, or when the word is a part of it.
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  const lower = word.toLowerCase();
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const other = candidate.toLowerCase();
    const score = isSwapped(lower, other) ? 1 : distance(lower, other);
    const near = score <= Math.max(1, Math.floor(Math.max(lower.length, other.length) / 3));
    if (near) scored.push({ candidate, score });
    else if (lower.length > 2 && other.includes(lower)) {
      scored.push({ candidate, score: other.length });
    }
  }
  scored.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  return scored.slice(0, limit).map((entry) => entry.candidate);
}

/** Whether two words differ by two letters that have changed places, which is one slip. */
function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  if (at < 0 || one[at] !== other[at + 1] || one[at + 1] !== other[at]) return false;
  return one.slice(at + 2) === other.slice(at + 2);
}

/** `Did you mean 'x'?`, or undefined when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(word, candidates);
  if (near.length === 0) return undefined;
  return `Did you mean ${near.map((name) => `'${name}'`).join(' or ')}?`;
}
