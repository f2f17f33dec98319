import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError, throwDiagnostic } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import type { YamlValue } from '../../yaml/value/value';
import type { ConfigContainer, ConfigNode } from '../config/config';
import { isConfigContainer, isInterpolation, isMissing } from '../config/config';
import { keyOf } from '../config/path';
import type { Resolver } from './resolution';
import { isResolutionError, Resolution } from './resolution';
import { OMEGACONF_RESOLVERS } from './resolvers';
import { selectFrom } from './select';

export type { Resolver, ResolverCall } from './resolution';

/** A config nested deeper than this is one that makes itself anew without end. */
const DEEPEST = 500;

/** What interpolations may depend on besides the config. */
export interface ResolveContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of deprecated keys and of elements that were left out. */
  readonly warn?: (warning: Diagnostic) => void;
  /** Resolvers by name, in addition to those of OmegaConf. */
  readonly resolvers?: ReadonlyMap<string, Resolver>;
}

function resolution({ env, warn, resolvers }: ResolveContext, hints = true): Resolution {
  return new Resolution({
    env,
    warn: warn ?? (() => undefined),
    resolvers: resolvers ? new Map([...OMEGACONF_RESOLVERS, ...resolvers]) : OMEGACONF_RESOLVERS,
    hints,
  });
}

/**
 * The value of a node of `container`: itself, unless it is an interpolation. Absolute keys start at
 * the root of the container's parents. Containers are given as they are, with the interpolations in
 * them. (OmegaConf 2.2)
 *
 * @throws DiagnosticError `InterpolationKeyError`, `InterpolationToMissingValueError`,
 *   `UnsupportedInterpolationType`, `InterpolationResolutionError` or `GrammarParseError`
 */
export function resolve(
  node: ConfigNode,
  container: ConfigContainer,
  context: ResolveContext,
): YamlValue {
  return explained(node, container, () => resolution(context).resolve(node, container));
}

/** Like `resolve`, but undefined for an interpolation that cannot be resolved. */
export function tryResolve(
  node: ConfigNode,
  container: ConfigContainer,
  context: ResolveContext,
): YamlValue | undefined {
  try {
    return resolution(context, false).resolve(node, container);
  } catch (cause) {
    if (isResolutionError(cause)) return undefined;
    throw cause;
  }
}

/**
 * The value at a key such as `a.b[0]`, interpolations on the way and at the end resolved, or
 * undefined if there is none. A key that starts with two dots starts above `config`.
 * (`OmegaConf.select` 2.2)
 *
 * @param missing what to do about `???`: `throw` refuses it as `MissingMandatoryValue`
 * @throws DiagnosticError as `resolve`; `ConfigKeyError` for too many dots, `ConfigTypeError` for a
 *   word as the index of a list
 */
export function select(
  config: ConfigContainer,
  key: string,
  context: ResolveContext,
  missing: 'throw' | 'undefined' = 'undefined',
): YamlValue | undefined {
  const path = key.startsWith('.') ? key : `.${key}`;
  const selected = asConfigTypeError(() => selectFrom(path, config, resolution(context)));
  if (selected.outcome === 'missing' && missing === 'throw') {
    throwDiagnostic('MissingMandatoryValue', `Missing mandatory value: ${selected.key}`);
  }
  if (selected.outcome !== 'found' || isMissing(selected.value)) return undefined;
  return selected.value;
}

function asConfigTypeError<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    throw new DiagnosticError(
      cause.diagnostics.map((problem) =>
        problem.id === 'TypeError' ? { ...problem, id: 'ConfigTypeError' } : problem,
      ),
    );
  }
}

/**
 * A config, or what `select` and `resolve` give, as plain values with every interpolation resolved;
 * `???` stays, unless an interpolation leads to it. (`OmegaConf.to_container(resolve=True)` 2.2)
 *
 * @throws DiagnosticError as `resolve`, at the first interpolation that cannot be resolved
 */
export function resolveContainer(value: YamlValue, context: ResolveContext): YamlValue {
  return plain(value, context, []);
}

/** @param around the containers that are being converted: a container in itself has no end */
function plain(value: YamlValue, context: ResolveContext, around: readonly YamlValue[]): YamlValue {
  if (value.kind !== 'map' && value.kind !== 'list') return value;
  if (around.includes(value) || around.length >= DEEPEST) {
    const hint = 'An interpolation in this container refers to the container itself.';
    const { location } = value;
    throwDiagnostic('InterpolationResolutionError', 'Recursive interpolation detected', {
      ...(location && { location }),
      hint,
    });
  }
  const inner = [...around, value];
  const convert = (item: YamlValue): YamlValue => {
    const open = isInterpolation(item) && isConfigContainer(value);
    return plain(open ? resolve(item, value, context) : item, context, inner);
  };
  const { location } = value;
  if (value.kind === 'list') {
    return { kind: 'list', items: value.items.map(convert), ...(location && { location }) };
  }
  const entries = new Dict<YamlValue>();
  for (const [key, item] of value.entries) entries.set(key, convert(item));
  return { kind: 'map', entries, ...(location && { location }) };
}

/** Adds to an error which value of the config could not be resolved, if the error lies elsewhere. */
function explained<T>(node: ConfigNode, container: ConfigContainer, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const key = keyOf(container, node);
    throw new DiagnosticError(cause.diagnostics.map((problem) => withKey(problem, node, key)));
  }
}

function withKey(problem: Diagnostic, { location }: ConfigNode, key: string): Diagnostic {
  const message = key === '' ? problem.message : `${problem.message}\n    full_key: ${key}`;
  const at = problem.location;
  const here =
    !location ||
    !at ||
    (at.source === location.source && at.start >= location.start && at.end <= location.end);
  if (here) return { ...problem, message };
  const related = [...(problem.related ?? []), { message: `needed by '${key}'`, location }];
  return { ...problem, message, related };
}
