import type { Location } from '../diagnostics';
import { throwDiagnostic } from '../diagnostics';
import type { YamlScalar } from '../yaml/value/value';
import type { ConfigContainer, ConfigMap, ConfigNode } from './config/config';
import { copyNode, isConfigContainer, isInterpolation, isMissing } from './config/config';
import type { ResolveContext } from './interpolation/interpolation';
import { tryResolve } from './interpolation/interpolation';
import { fullKey } from './config/path';
import { pythonStr } from '../yaml/value/python-text';
import { checkNewKey, notSubclass, takeType, typedNode } from './config/structured';

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
  } else throwKinds(dest, source);
}

function mergeMaps(
  dest: ConfigMap,
  source: ConfigMap,
  context: ResolveContext,
  options: MergeOptions,
): void {
  source.entries.forEach((key, incoming) => {
    let present = dest.entries.get(key);
    if (!present) {
      if (options.struct) throwNewKey(dest, pythonStr(key), key.location);
      if (dest.type) checkNewKey(dest, key);
      put(dest, key, incoming);
      return;
    }
    const target = isInterpolation(present) && tryResolve(present, dest, context);
    if (target && isConfigContainer(target)) {
      present = copyNode(target, dest);
      dest.entries.set(key, present);
    }
    if (isMissing(incoming)) return;
    if (isConfigContainer(present) && isConfigContainer(incoming)) {
      // The list itself is replaced, so that it has the place of the one that won.
      if (present.kind === 'map' || incoming.kind === 'map') {
        mergeInto(present, incoming, context, options);
        return;
      }
    }
    checkStruct(present, incoming);
    put(dest, key, incoming);
  });
  if (source.type) takeType(dest, source.type);
}

function put(dest: ConfigMap, key: YamlScalar, node: ConfigNode): void {
  const own = dest.type ? typedNode(dest, pythonStr(key), node) : copyNode(node, dest);
  dest.entries.set(key, own);
}

/** A dataclass gives way to nothing but null. @throws DiagnosticError `ValidationError` */
function checkStruct(present: ConfigNode, incoming: ConfigNode): void {
  const type = isConfigContainer(present) ? present.type : undefined;
  if (type?.kind !== 'struct' || incoming.kind === 'null') return;
  throwDiagnostic('ValidationError', notSubclass(incoming, type), {
    ...(incoming.location && { location: incoming.location }),
    hint: `Write a mapping of ${Object.keys(type.fields).join(', ')}.`,
  });
}

/** @throws DiagnosticError `ConfigAttributeError`, always */
export function throwNewKey(container: ConfigContainer, key: string, location?: Location): never {
  const message = `Key '${key}' is not in struct\n    full_key: ${fullKey(container, key)}`;
  return throwDiagnostic('ConfigAttributeError', message, { ...(location && { location }) });
}

function throwKinds(dest: ConfigContainer, source: ConfigNode): never {
  checkStruct(dest, source);
  const [merged, earlier] = [kindOf(source), kindOf(dest)];
  return throwDiagnostic(
    'ConfigTypeError',
    `Cannot merge DictConfig with ListConfig\n    full_key: ${fullKey(dest)}`,
    {
      ...(source.location && { location: source.location }),
      ...(dest.location && {
        related: [{ message: `here it is ${earlier}`, location: dest.location }],
      }),
      hint: `This is ${merged}, but the value it is merged into is ${earlier}.`,
    },
  );
}

function kindOf({ kind }: ConfigNode): string {
  return kind === 'map' ? 'a mapping' : 'a list';
}
