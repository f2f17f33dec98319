import type { Place } from '../diagnostics';
import { refuse } from '../diagnostics';
import type { ConfigContainer, ConfigMap, ConfigNode } from './config';
import { copyNode, isConfigContainer, isInterpolation, isMissing } from './config';
import type { ResolveContext } from './interpolation';
import { tryResolve } from './interpolation';
import { fullKey } from './path';
import { pythonStr } from './python-text';

export interface MergeOptions {
  /** Refuse keys that a mapping of `dest` does not have. (OmegaConf's struct flag) */
  readonly struct?: boolean;
}

/**
 * Merges `source` into `dest`, which changes; `source` is copied and stays as it is. Keys of `dest`
 * keep their position and new ones follow in the order of `source`; mappings merge, lists and
 * scalars are replaced, and `???` replaces nothing. An interpolation in `dest` that leads to a
 * container (at this moment, in the tree of `dest`) becomes a copy of it first.
 * (`OmegaConf.merge` 2.2 for untyped configs)
 *
 * @throws DiagnosticError `ConfigTypeError` where a mapping meets a list, with both places;
 *   `ConfigAttributeError` for a new key under `struct`
 */
export function mergeInto(
  dest: ConfigContainer,
  source: ConfigContainer,
  context: ResolveContext,
  options: MergeOptions = {},
): void {
  if (dest.kind === 'map' && source.kind === 'map') mergeMaps(dest, source, context, options);
  else if (dest.kind === 'list' && source.kind === 'list') {
    dest.items.length = 0;
    for (const item of source.items) dest.items.push(copyNode(item, dest));
  } else refuseKinds(dest, source);
}

function mergeMaps(
  dest: ConfigMap,
  source: ConfigMap,
  context: ResolveContext,
  options: MergeOptions,
): void {
  for (const [key, incoming] of source.entries) {
    let present = dest.entries.get(key);
    if (!present) {
      if (options.struct) refuseNewKey(dest, pythonStr(key), key.place);
      dest.entries.set(key, copyNode(incoming, dest));
      continue;
    }
    const target = isInterpolation(present) && tryResolve(present, dest, context);
    if (target && isConfigContainer(target)) {
      present = copyNode(target, dest);
      dest.entries.set(key, present);
    }
    if (isMissing(incoming)) continue;
    if (isConfigContainer(present) && isConfigContainer(incoming)) {
      // The list itself is replaced, so that it has the place of the one that won.
      if (present.kind === 'map' || incoming.kind === 'map') {
        mergeInto(present, incoming, context, options);
        continue;
      }
    }
    dest.entries.set(key, copyNode(incoming, dest));
  }
}

/** @throws DiagnosticError `ConfigAttributeError`, always */
export function refuseNewKey(container: ConfigContainer, key: string, place?: Place): never {
  const message = `Key '${key}' is not in struct\n    full_key: ${fullKey(container, key)}`;
  return refuse('ConfigAttributeError', message, { ...(place && { place }) });
}

function refuseKinds(dest: ConfigContainer, source: ConfigNode): never {
  const [merged, earlier] = [kindOf(source), kindOf(dest)];
  return refuse(
    'ConfigTypeError',
    `Cannot merge DictConfig with ListConfig\n    full_key: ${fullKey(dest)}`,
    {
      ...(source.place && { place: source.place }),
      ...(dest.place && { related: [{ message: `here it is ${earlier}`, place: dest.place }] }),
      hint: `This is ${merged}, and the value it is merged into is ${earlier}.`,
    },
  );
}

function kindOf({ kind }: ConfigNode): string {
  return kind === 'map' ? 'a mapping' : 'a list';
}
