import type { Diagnostic, Location } from '../../diagnostics';
import { DiagnosticError, error } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import { readYaml } from '../../yaml/reader/read';
import type { YamlMap, YamlScalar, YamlString, YamlValue } from '../../yaml/value/value';
import { pythonTypeName } from '../../yaml/value/value';
import { grammarProblem } from '../grammar/parse';
import { shortened } from '../grammar/problem';
import { locationWithin } from '../../yaml/value/scalar-location';
import type { ContainerType } from './field-types';

/** A mapping of a config tree. Mutable, and never shared between two trees. */
export interface ConfigMap {
  readonly kind: 'map';
  readonly entries: Dict<ConfigNode>;
  /** Of a structured config only. */
  type?: ContainerType;
  /** The container that relative interpolations and absolute ones climb to; undefined at a root. */
  parent: ConfigContainer | undefined;
  readonly location?: Location;
}

/** A list of a config tree. Mutable, and never shared between two trees. */
export interface ConfigList {
  readonly kind: 'list';
  readonly items: ConfigNode[];
  /** Of a structured config only. */
  type?: ContainerType;
  parent: ConfigContainer | undefined;
  readonly location?: Location;
}

export type ConfigContainer = ConfigMap | ConfigList;

/** A node of a config tree. Scalars never change, so that trees share them. */
export type ConfigNode = YamlScalar | ConfigContainer;

/** An empty mapping, the start of a composition. */
export function emptyConfig(parent?: ConfigContainer): ConfigMap {
  return { kind: 'map', entries: new Dict(), parent };
}

/**
 * A config tree from values: aliased values become separate copies. A string is read as YAML, and
 * null is an empty mapping. (`OmegaConf.create` 2.2)
 *
 * @throws DiagnosticError with every `KeyValidationError` (null as a key) and `GrammarParseError`
 *   (malformed `${`) of the value; `ValidationError` for a number or a boolean
 */
export function createConfig(value: YamlMap, parent?: ConfigContainer): ConfigMap;
export function createConfig(value: YamlValue, parent?: ConfigContainer): ConfigContainer;
export function createConfig(value: YamlValue, parent?: ConfigContainer): ConfigContainer {
  switch (value.kind) {
    case 'map':
    case 'list':
      return createNode(value, parent) as ConfigContainer;
    case 'null':
      return emptyConfig(parent);
    case 'str': {
      const inner = readYaml({ path: '<string>', text: value.value });
      if (inner.kind !== 'str') return createConfig(inner, parent);
      const config = emptyConfig(parent);
      config.entries.set(inner, { kind: 'null' });
      return config;
    }
    default: {
      const message = `Object of unsupported type: '${pythonTypeName(value)}'`;
      throw new DiagnosticError(error('ValidationError', message, locationOf(value)));
    }
  }
}

/** A node of a config tree from any value; like `createConfig`, but scalars stay what they are. */
export function createNode(value: YamlValue, parent?: ConfigContainer): ConfigNode {
  const problems: Diagnostic[] = [];
  const node = build(value, parent, problems);
  if (problems.length > 0) throw new DiagnosticError(problems);
  return node;
}

function build(
  value: YamlValue,
  parent: ConfigContainer | undefined,
  problems: Diagnostic[],
): ConfigNode {
  if (value.kind === 'map') {
    const map: ConfigMap = { kind: 'map', entries: new Dict(), parent, ...locationOf(value) };
    value.entries.forEach((key, item) => {
      if (key.kind === 'null') problems.push(nullKey(key));
      map.entries.set(key, build(item, map, problems));
    });
    return map;
  }
  if (value.kind === 'list') {
    const list: ConfigList = { kind: 'list', items: [], parent, ...locationOf(value) };
    for (const item of value.items) list.items.push(build(item, list, problems));
    return list;
  }
  if (isInterpolation(value)) {
    const problem = grammarProblem(value.value);
    if (problem) problems.push(malformed(value, problem));
  }
  return value;
}

function nullKey(key: YamlScalar): Diagnostic {
  return error('KeyValidationError', "Incompatible key type 'NoneType'", {
    ...locationOf(key),
    hint: "Put the key in quotes if it is a word: 'null':",
  });
}

/** The report of a string that does not follow the grammar of interpolations. */
export function malformed(
  node: YamlString,
  problem: NonNullable<ReturnType<typeof grammarProblem>>,
): Diagnostic {
  const location = locationWithin(node, problem.span);
  const hint = problem.hint ?? "For a literal '${', write '\\${'.";
  return error('GrammarParseError', `${problem.message} in ${shortened(node.value)}`, {
    ...(location && { location }),
    hint,
  });
}

/** A copy for another parent: containers are copied, scalars shared. */
export function copyNode(node: ConfigNode, parent: ConfigContainer | undefined): ConfigNode {
  if (node.kind === 'map') return copyMap(node, parent);
  if (node.kind !== 'list') return node;
  const list: ConfigList = { kind: 'list', items: [], parent, ...locationOf(node) };
  for (const item of node.items) list.items.push(copyNode(item, list));
  if (node.type) list.type = node.type;
  return list;
}

function copyMap(node: ConfigMap, parent: ConfigContainer | undefined): ConfigMap {
  const map: ConfigMap = { kind: 'map', entries: new Dict(), parent, ...locationOf(node) };
  for (const [key, item] of node.entries) map.entries.set(key, copyNode(item, map));
  if (node.type) map.type = node.type;
  return map;
}

/** Whether the value is `???`: it has to be set by somebody else. */
export function isMissing(node: YamlValue): boolean {
  return node.kind === 'str' && node.value === '???';
}

/** Whether the string has to be resolved; an escaped `\${` counts, for it has to be unescaped. */
export function isInterpolation(node: YamlValue): node is YamlString {
  return node.kind === 'str' && node.value.includes('${');
}

/** Whether the value is a container of a config tree, and not a plain list or mapping. */
export function isConfigContainer(value: YamlValue): value is ConfigContainer {
  return (value.kind === 'map' || value.kind === 'list') && 'parent' in value;
}

function locationOf(value: { readonly location?: Location }): { readonly location?: Location } {
  return value.location ? { location: value.location } : {};
}
