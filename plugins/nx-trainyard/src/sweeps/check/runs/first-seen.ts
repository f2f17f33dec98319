/** Remembers which run was the first with a key. @returns that run, unless it is this one */
export function firstSeen(seen: Map<string, number>, key: string, run: number): number | undefined {
  const first = seen.get(key);
  if (first === undefined) seen.set(key, run);
  return first;
}
