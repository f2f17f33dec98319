/**
 * What a name with a surplus ending or folder could mean: the name without an ending, as it is, and
 * both without the first folders.
 */
export function shortened(name: string): string[] {
  const start = name.startsWith('/') ? '/' : '';
  const parts = name.slice(start.length).split('/');
  const shorter = parts.map((_, index) => start + parts.slice(index).join('/'));
  return [...new Set(shorter.flatMap((one) => [one.replace(/(?:\.ya?ml)+$/, ''), one]))].filter(
    (one) => one !== start || one === name,
  );
}
