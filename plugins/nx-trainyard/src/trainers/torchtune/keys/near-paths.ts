import { nearest } from '../../../diagnostics';
import { writePath } from '../../../yaml/value/key-path';
import { deeperPathsTo, keysOf, valueAt } from '../../../yaml/value/value-path';
import type { YamlMap } from '../../../yaml/value/value';

/** As many as a question can name. */
const MOST = 3;

/**
 * The paths that a mistyped one can mean, whole: with the parts mended that the config does not have,
 * without a part too many at the front, or with the same last name elsewhere.
 *
 * @param leads whether a path that the config does not have can be written all the same
 */
export function nearPaths(
  path: readonly string[],
  base: YamlMap,
  leads: (path: readonly string[]) => boolean = () => false,
): readonly string[] {
  const isThere = (found: readonly string[]): boolean => {
    return valueAt(base, found) !== undefined || leads(found);
  };
  const mended = [...mendedPaths(path, 0, base, isThere)];
  const shorter = path.slice(1);
  if (mended.length === 0 && shorter.length > 0 && isThere(shorter)) mended.push(shorter);
  const found = mended.length > 0 ? mended.map(writePath) : elsewhere(path, base);
  return [...new Set(found)].slice(0, MOST);
}

function* mendedPaths(
  path: readonly string[],
  from: number,
  base: YamlMap,
  isThere: (path: readonly string[]) => boolean,
): Generator<readonly string[]> {
  let depth = from;
  while (depth < path.length - 1 && valueAt(base, path.slice(0, depth + 1))) depth += 1;
  const above = path.slice(0, depth);
  const names = keysOf(valueAt(base, above)).filter((name) => name !== path[depth]);
  for (const name of nearest(path[depth] ?? '', names)) {
    const found = [...above, name, ...path.slice(depth + 1)];
    if (isThere(found)) yield found;
    else if (depth < path.length - 1) yield* mendedPaths(found, depth + 1, base, isThere);
  }
}

function elsewhere(path: readonly string[], base: YamlMap): readonly string[] {
  return path.length > 1 ? deeperPathsTo(path.at(-1) ?? '', base) : [];
}
