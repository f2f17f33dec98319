import { didYouMean } from '../../diagnostics';
import type { KeyResolution } from '../../trainers/torchtune';
import { nearPaths } from '../../trainers/torchtune';
import { pathOfKey, writePath } from '../../yaml/value/key-path';
import { deeperPathsTo, pathIn, valueAt, walk } from '../../yaml/value/value-path';
import type { YamlMap } from '../../yaml/value/value';

/**
 * The path that a written key means in a config of which nothing else is known: a path that exists,
 * else a new key. A bare name that lies deeper is refused, never guessed.
 *
 * @param known dotted paths that are read also where the base does not have them
 */
export function resolvePlainKey(
  written: string,
  base: YamlMap,
  known: readonly string[] = [],
): KeyResolution {
  const path = pathIn(base, pathOfKey(written));
  const name = writePath(path);
  if (valueAt(base, path))
    return { kind: 'path', path, how: path.length > 1 ? 'exact' : 'top-level' };
  if (known.includes(name)) return { kind: 'path', path, how: 'added' };
  const deeper = path.length === 1 ? deeperPathsTo(name, base) : [];
  if (deeper.length > 0) {
    const locations = deeper.length === 1 ? 'a deeper path' : `${deeper.length} deeper paths`;
    return {
      kind: 'rejected',
      id: 'UnknownPath',
      message: `'${name}' is no top-level key of the base config, but exists at ${locations}`,
      hint: `Write ${deeper.join(' or ')}.`,
    };
  }
  const near = nearPaths(path, base).map((found) => `'${found}'`);
  const all = [...walk(base)].map((entry) => writePath(entry.path));
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : didYouMean(name, all);
  const message = `'${name}' is not a key of the base config`;
  return { kind: 'path', path, how: 'unknown', message, hint };
}
