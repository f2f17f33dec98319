import { throwDiagnostic } from '../../diagnostics';
import { pythonIntAccepts } from '../../yaml/value/python-number';
import type { YamlValue } from '../../yaml/value/value';
import type { ConfigContainer, ConfigNode } from '../config/config';
import { isConfigContainer, isMissing } from '../config/config';
import { nearestKey } from '../config/nearest-key';
import { fullKey, rootOf, splitKey } from '../config/path';

/** What values on the way are resolved with, in the middle of resolving another one. */
export interface Resolving {
  readonly surroundings: { readonly hints: boolean };
  resolve(node: ConfigNode, container: ConfigContainer): YamlValue;
}

/** What lies at a key. */
type Selected =
  | { readonly outcome: 'found'; readonly value: YamlValue }
  /** `???`, at the key itself (`value`) or on the way. */
  | { readonly outcome: 'missing'; readonly key: string; readonly value?: YamlValue }
  | { readonly outcome: 'absent' }
  /** A scalar on the way. */
  | { readonly outcome: 'blocked'; readonly message: string };

/**
 * The child of a container under a segment of a key. Only string keys can be reached, and in lists
 * only numbers from 0. (OmegaConf 2.2)
 *
 * @throws DiagnosticError `TypeError` for a word as the index of a list
 */
export function childAt(container: ConfigContainer, segment: string): ConfigNode | undefined {
  if (container.kind === 'map') return container.entries.at(segment);
  if (!pythonIntAccepts(segment)) {
    return throwDiagnostic('TypeError', `Index '${segment}' (str) is not an int`, {
      hint:
        container.items.length === 0
          ? 'The list is empty.'
          : `The indexes of the list are 0 to ${container.items.length - 1}.`,
    });
  }
  const index = Number(segment.replaceAll('_', ''));
  return index < 0 ? undefined : container.items[index];
}

/**
 * Where a key starts, and the rest of it: absolute keys at the root, `.a` at the container, and one
 * container further up with every further dot.
 *
 * @throws DiagnosticError `ConfigKeyError` for more dots than there are containers
 */
function startOf(key: string, container: ConfigContainer): [ConfigContainer, string] {
  const dots = /^\.*/.exec(key)?.[0].length ?? 0;
  if (dots === 0) return [rootOf(container), key];
  let start: ConfigContainer | undefined = container;
  for (let up = 1; up < dots && start; up += 1) start = start.parent;
  if (start) return [start, key.slice(dots)];
  return throwDiagnostic('ConfigKeyError', `Error resolving key '${key}'`, {
    hint: 'One dot means the container of the value; each additional dot means the next container out.',
  });
}

function follow(key: string, start: ConfigContainer, resolution: Resolving): Selected {
  if (key === '') return { outcome: 'found', value: start };
  const segments = splitKey(key);
  const last = segments.pop() ?? '';
  let container = start;
  for (const [index, segment] of segments.entries()) {
    const child = childAt(container, segment);
    if (!child) return { outcome: 'absent' };
    if (isMissing(child)) return { outcome: 'missing', key: fullKey(container, segment) };
    const value = resolution.resolve(child, container);
    if (!isConfigContainer(value)) {
      const way = segments.slice(0, index + 1).join('.');
      const next = segments[index + 1] ?? last;
      return {
        outcome: 'blocked',
        message:
          `Error trying to access ${key}: node \`${way}\` is not a container and thus ` +
          `cannot contain \`${next}\``,
      };
    }
    container = value;
  }
  const child = childAt(container, last);
  if (!child) return { outcome: 'absent' };
  if (isMissing(child)) return { outcome: 'missing', key: fullKey(container, last), value: child };
  return { outcome: 'found', value: resolution.resolve(child, container) };
}

/** What lies at a key, absolute unless it starts with a dot. @throws DiagnosticError */
export function selectFrom(
  key: string,
  container: ConfigContainer,
  resolution: Resolving,
): Selected {
  const [start, rest] = startOf(key, container);
  return follow(rest, start, resolution);
}

/**
 * The value that `${key}` in `container` stands for.
 *
 * @throws DiagnosticError `InterpolationKeyError`, `InterpolationToMissingValueError`,
 *   `InterpolationResolutionError`, `ConfigTypeError` or `TypeError`
 */
export function selectInterpolated(
  key: string,
  container: ConfigContainer,
  resolution: Resolving,
): YamlValue {
  const [start, rest] = interpolationStart(key, container);
  const selected = follow(rest, start, resolution);
  switch (selected.outcome) {
    case 'found':
      checkAncestor(selected.value, container);
      return selected.value;
    case 'missing':
      return throwDiagnostic(
        'InterpolationToMissingValueError',
        `MissingMandatoryValue while resolving interpolation: Missing mandatory value: ${selected.key}`,
        { hint: `Give '${selected.key}' a value: it is '???'.` },
      );
    case 'blocked':
      return throwDiagnostic('ConfigTypeError', selected.message);
    case 'absent': {
      const dots = key.slice(0, key.length - rest.length);
      const hint = resolution.surroundings.hints && nearestKey(rest, start, dots);
      return throwDiagnostic('InterpolationKeyError', `Interpolation key '${rest}' not found`, {
        ...(hint && { hint }),
      });
    }
  }
}

function interpolationStart(key: string, container: ConfigContainer): [ConfigContainer, string] {
  try {
    return startOf(key, container);
  } catch {
    const message = `ConfigKeyError while resolving interpolation: Error resolving key '${key}'`;
    return throwDiagnostic('InterpolationKeyError', message, {
      hint: 'One dot means the container of the value; each additional dot means the next container out.',
    });
  }
}

function checkAncestor(value: YamlValue, container: ConfigContainer): void {
  let ancestor: ConfigContainer | undefined = container;
  for (; ancestor; ancestor = ancestor.parent) {
    if (ancestor === value) {
      throwDiagnostic('InterpolationResolutionError', 'Interpolation to parent node detected', {
        hint: 'A value cannot contain its own container.',
      });
    }
  }
}
