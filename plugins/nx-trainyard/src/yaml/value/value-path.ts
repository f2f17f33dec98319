import { writePath } from './key-path';
import type { Dict } from './dict';
import type { YamlMap, YamlScalar, YamlValue } from './value';
import { str } from './value';

/** The key that a segment of a path names in a map: the string, else the int that is spelled so. */
export function keyNamed(entries: Dict<unknown>, segment: string): YamlScalar {
  const written = entries.keyAt(segment);
  if (written) return written;
  if (/^-?\d+$/.test(segment)) {
    const int = { kind: 'int', value: BigInt(segment) } as const;
    if (entries.has(int)) return int;
  }
  return str(segment);
}

/** The child of a value under a segment of a path: a key of a map, or an index of a list. */
function childOf(value: YamlValue, segment: string): YamlValue | undefined {
  if (value.kind === 'map') return value.entries.get(keyNamed(value.entries, segment));
  if (value.kind === 'list' && /^\d+$/.test(segment)) return value.items[Number(segment)];
  return undefined;
}

/**
 * A path with the items of lists by their places from 0: OmegaConf counts negative places from the
 * end, and reads `01` and `+1` as 1.
 */
export function pathIn(root: YamlValue, path: readonly string[]): readonly string[] {
  let at: YamlValue | undefined = root;
  return path.map((segment) => {
    const location = at?.kind === 'list' ? locationIn(at.items.length, segment) : undefined;
    const here = location ?? segment;
    at = at && childOf(at, here);
    return here;
  });
}

function locationIn(length: number, segment: string): string | undefined {
  if (!/^\s*[+-]?\d+\s*$/.test(segment)) return undefined;
  const index = Number(segment);
  const location = index < 0 ? length + index : index;
  return location >= 0 && location < length ? String(location) : undefined;
}

/** The value at a path, or undefined. Interpolations are strings here: nothing is resolved. */
export function valueAt(root: YamlValue, path: readonly string[]): YamlValue | undefined {
  let value: YamlValue | undefined = root;
  for (const segment of path) {
    value = value && childOf(value, segment);
  }
  return value;
}

/** All paths and values below a value, parents before children, in written order. */
export function* walk(
  value: YamlValue,
  path: readonly string[] = [],
): Generator<{ readonly path: readonly string[]; readonly value: YamlValue }> {
  const children: [string, YamlValue][] = [];
  if (value.kind === 'map') {
    for (const [key, child] of value.entries)
      if (key.kind === 'str') children.push([key.value, child]);
  } else if (value.kind === 'list') {
    for (const [index, child] of value.items.entries()) children.push([String(index), child]);
  }
  for (const [segment, child] of children) {
    const below = [...path, segment];
    yield { path: below, value: child };
    yield* walk(child, below);
  }
}

/** The paths, as keys are written, below the top level that end in a name. */
export function deeperPathsTo(leaf: string, base: YamlMap): string[] {
  const found: string[] = [];
  for (const { path } of walk(base)) {
    if (path.length > 1 && path.at(-1) === leaf) found.push(writePath(path));
  }
  return found;
}

/** The string keys of a map. */
export function keysOf(value: YamlValue | undefined): string[] {
  if (value?.kind !== 'map') return [];
  return [...value.entries.keys()].flatMap((key) => (key.kind === 'str' ? [key.value] : []));
}

/** Whether one of two paths leads through the other. */
export function meet(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((segment, depth) => segment === other[depth]);
}

/** Whether a path is another one, or lies below it. */
export function isWithin(path: readonly string[], outer: readonly string[]): boolean {
  return outer.every((segment, depth) => segment === path[depth]);
}
