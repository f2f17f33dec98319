import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, isException, throwDiagnostic } from '../diagnostics';
import type { YamlValue } from '../yaml/value/value';
import { str } from '../yaml/value/value';
import { builtInGroups } from './config-files/built-in';
import type { ConfigContainer, ConfigList, ConfigMap, ConfigNode } from './config/config';
import { nodeAt } from './composition';
import { createConfig, createNode, emptyConfig, isConfigContainer } from './config/config';
import type { ResolveContext } from './interpolation/interpolation';
import { resolveContainer, select } from './interpolation/interpolation';
import { mergeInto, throwNewKey } from './merge';
import { addHint, groupHint, isGroupKey, keyHint } from './overrides/hints';
import type { Override } from './overrides/parse';
import { fullKey, splitKey } from './config/path';
import { pythonEquals } from '../yaml/value/python-equality';
import { pythonStr } from '../yaml/value/python-text';
import { childAt } from './interpolation/select';
import { checkNewKey, typedNode } from './config/structured';

/**
 * Applies a command-line override of a value to a composed config, whose mappings are closed: a key
 * that does not exist needs a `+`. (`ConfigLoaderImpl._apply_overrides_to_config`, Hydra 1.3)
 *
 * @throws DiagnosticError `ConfigCompositionException`; `TypeError` or `ValueError` for a word as the
 *   index of a list
 */
export function applyValueOverride(
  config: ConfigMap,
  override: Override,
  context: ResolveContext,
  groups: () => readonly string[] = () => [],
): void {
  if (override.package !== undefined) {
    throwOverride(
      override,
      `Override ${override.source.text} looks like a config group override, but config group ` +
        `'${override.key}' does not exist.`,
      groupHint(override, groups()),
    );
  }
  try {
    if (override.type === 'DEL') remove(config, override, context, groups);
    else change(config, override, override.value ?? { kind: 'null' }, context);
  } catch (cause) {
    throw cause instanceof DiagnosticError
      ? overrideError(cause, override, config, groups())
      : cause;
  }
}

function remove(
  config: ConfigMap,
  override: Override,
  context: ResolveContext,
  groups: () => readonly string[],
): void {
  const { key, value } = override;
  const present = presentAt(config, key, context);
  if (!present || present.kind === 'null') {
    const isNull = present?.kind === 'null';
    const hint = isNull
      ? `Hydra treats a null value as missing here. Write '${key}=0' before '~${key}'.`
      : isGroupKey(key)
        ? groupHint(override, groups())
        : keyHint(key, config);
    return throwOverride(override, `Could not delete from config. '${key}' does not exist.`, hint);
  }
  if (value && value.kind !== 'null' && !isEqual(present, value, context)) {
    throwOverride(
      override,
      `Could not delete from config. The value of '${key}' is ${pythonStr(present)} and not ` +
        `${pythonStr(value)}.`,
    );
  }
  const dot = key.lastIndexOf('.');
  const last = key.slice(dot + 1);
  const container = dot === -1 ? config : select(config, key.slice(0, dot), context);
  if (container?.kind === 'map') {
    const type = 'type' in container ? (container as ConfigMap).type : undefined;
    if (type?.kind === 'struct') {
      const message = `${type.name} (DictConfig) does not support deletion`;
      throwDiagnostic('ConfigTypeError', message, {
        hint: 'Its keys can be changed, but not removed.',
      });
    }
    container.entries.delete({ kind: 'str', value: last });
  } else throwDiagnostic('TypeError', 'list indices must be integers or slices, not str');
}

/** What lies at a key; an interpolation that only Python can resolve is something as well. */
function presentAt(config: ConfigMap, key: string, context: ResolveContext): YamlValue | undefined {
  try {
    return select(config, key, context);
  } catch (cause) {
    const isPythons =
      cause instanceof DiagnosticError &&
      cause.diagnostics.every(({ id }) => isException(id, 'unknown resolver'));
    const present = isPythons && nodeAt(config, key);
    if (!present) throw cause;
    return present;
  }
}

/** Compares with interpolations resolved, if they can be; what is no config refuses to compare. */
function isEqual(present: YamlValue, value: YamlValue, context: ResolveContext): boolean {
  if (!isConfigContainer(present) || present.kind !== value.kind) {
    return pythonEquals(present, value);
  }
  const other = createConfig(value);
  try {
    return pythonEquals(resolveContainer(present, context), other);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return pythonEquals(present, other);
  }
}

function change(
  config: ConfigMap,
  override: Override,
  value: YamlValue,
  context: ResolveContext,
): void {
  const { key, type, source } = override;
  const addsContainer = value.kind === 'map' || value.kind === 'list';
  if (type === 'ADD') {
    const present = presentAt(config, key, context);
    if (present && present.kind !== 'null' && !addsContainer) {
      throwOverride(
        override,
        `Could not append to config. An item is already at '${key}'.\n` +
          `Either remove + prefix: '${source.text.slice(1)}'\n` +
          `Or add a second + to add or override '${key}': '+${source.text}'`,
      );
    }
  }
  const struct = type === 'CHANGE';
  const segments = splitKey(key);
  const last = segments.pop() ?? '';
  let container: ConfigContainer = config;
  for (const segment of segments) {
    let child = childAt(container, segment);
    // Whatever is no container gives way to one, even an interpolation that leads to one.
    if (!child || !isConfigContainer(child)) {
      child = put(container, segment, emptyConfig(container), struct);
    }
    container = child as ConfigContainer;
  }
  const present = occupant(container, last, struct);
  if (addsContainer && present && isConfigContainer(present)) {
    mergeInto(present, createConfig(value), context, { struct });
  } else put(container, last, createNode(value, container), struct);
}

/** What stands where a value is to be put, if it may be put there. */
function occupant(
  container: ConfigContainer,
  key: string,
  struct: boolean,
): ConfigNode | undefined {
  if (container.kind === 'list') return container.items[indexIn(container, key)];
  const present = container.entries.at(key);
  return present ?? (struct ? throwNewKey(container, key) : undefined);
}

function put(
  container: ConfigContainer,
  key: string,
  node: ConfigNode,
  struct: boolean,
): ConfigNode {
  const present = occupant(container, key, struct);
  if (!present && container.kind === 'map') checkNewKey(container, str(key), true);
  const own = container.type ? typedNode(container, key, node, { strict: true }) : node;
  if (container.kind === 'map') container.entries.put(key, own);
  else container.items[indexIn(container, key)] = own;
  return own;
}

function indexIn(list: ConfigList, key: string): number {
  if (!/^\d[\d_]*$/.test(key)) {
    throwDiagnostic('ValueError', `invalid literal for int() with base 10: '${key}'`);
  }
  const index = Number(key.replaceAll('_', ''));
  if (index < list.items.length) return index;
  const message = `list index out of range\n    full_key: ${fullKey(list, key)}`;
  return throwDiagnostic('ConfigIndexError', message);
}

/** The error as Hydra words it, with the reason below and the keys that could be meant. */
function overrideError(
  cause: DiagnosticError,
  override: Override,
  config: ConfigMap,
  groups: readonly string[],
): DiagnosticError {
  return new DiagnosticError(
    cause.diagnostics.map((problem) => {
      const { id, message } = problem;
      if (isException(id, 'passed on by Hydra')) return located(problem, override);
      if (isException(id, 'unknown key') && override.type === 'CHANGE') {
        const all = [...builtInGroups(), ...groups];
        const hint = isGroupKey(override.key)
          ? groupHint(override, all)
          : (keyHint(override.key, config, all) ?? addHint(override));
        const text =
          `Could not override '${override.key}'.\n` +
          `To append to your config use +${override.source.text}\n${message}`;
        return located(
          { ...problem, id: 'ConfigCompositionException', message: text, ...(hint && { hint }) },
          override,
        );
      }
      const text = `Error merging override ${override.source.text}\n${message}`;
      return located({ ...problem, id: 'ConfigCompositionException', message: text }, override);
    }),
  );
}

function located(problem: Diagnostic, { source }: Override): Diagnostic {
  return { location: { source, start: 0, end: source.text.length }, ...problem };
}

function throwOverride({ source }: Override, message: string, hint?: string): never {
  return throwDiagnostic('ConfigCompositionException', message, {
    location: { source, start: 0, end: source.text.length },
    ...(hint && { hint }),
  });
}
