import { didYouMean, throwDiagnostic } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import { pythonIntAccepts } from '../../yaml/value/python-number';
import type { YamlScalar } from '../../yaml/value/value';
import { pythonTypeName, str } from '../../yaml/value/value';
import type { ConfigContainer, ConfigList, ConfigMap, ConfigNode } from './config';
import { copyNode, isConfigContainer, isInterpolation, isMissing } from './config';
import type { ContainerType, FieldType, LeafType, StructType } from './field-types';
import { fullKey } from './path';
import { pythonStr } from '../../yaml/value/python-text';

/** The type of what lies, or may be put, at a key; undefined where anything may. */
function fieldAt(container: ConfigContainer, key: string): FieldType | undefined {
  const { type } = container;
  if (type?.kind === 'struct')
    return Object.hasOwn(type.fields, key) ? type.fields[key] : undefined;
  return type?.kind === 'dict' ? type.value : type?.item;
}

/** Gives a container its type, and the containers in it the types of the fields. */
export function withType<C extends ConfigContainer>(node: C, type: ContainerType): C {
  node.type = type;
  if (node.kind !== 'map') return node;
  for (const [key, child] of node.entries) {
    const field = fieldAt(node, pythonStr(key));
    if (field && isConfigContainer(child) && isContainerType(field)) withType(child, field);
  }
  return node;
}

function isContainerType(type: FieldType): type is ContainerType & { readonly optional?: true } {
  return type.kind === 'struct' || type.kind === 'dict' || type.kind === 'list';
}

/**
 * Refuses a key that a typed mapping cannot have.
 *
 * @param open also keys that a dataclass does not know may be added
 * @throws DiagnosticError `ConfigKeyError` with the nearest key, or `KeyValidationError`
 */
export function checkNewKey(map: ConfigMap, key: YamlScalar, open = false): void {
  const { type } = map;
  const name = pythonStr(key);
  const at = { ...(key.location && { location: key.location }) };
  const where = `\n    full_key: ${fullKey(map, name)}`;
  if (type?.kind === 'struct' && !open && !Object.hasOwn(type.fields, name)) {
    const names = Object.keys(type.fields);
    const hint = didYouMean(name, names) ?? `It has the keys ${names.join(', ')}.`;
    const message = `Key '${name}' not in '${type.name}'${where}\n    object_type=${type.name}`;
    throwDiagnostic('ConfigKeyError', message, { ...at, hint });
  }
  if (type?.kind === 'dict' && key.kind !== 'str') {
    const message = `Key ${name} (${pythonTypeName(key)}) is incompatible with (str)${where}`;
    throwDiagnostic('KeyValidationError', message, {
      ...at,
      hint: `Put the key in quotes: '${name}'.`,
    });
  }
}

/**
 * The node that a value becomes at a key of a typed container: numbers become texts where texts
 * belong, and `"3"` a number where a number does.
 *
 * @param options strict: the value is set and not merged
 * @throws DiagnosticError `ValidationError` or `ConfigTypeError` for a value that cannot stand there
 */
export function typedNode(
  container: ConfigContainer,
  key: string,
  node: ConfigNode,
  options: { readonly strict?: boolean } = {},
): ConfigNode {
  const field = fieldAt(container, key);
  if (!field || field.kind === 'any') return copyNode(node, container);
  // OmegaConf 2.2 merges containers into mappings and lists of texts, and refuses to set them there.
  const isItem = container.type?.kind !== 'struct' && !isContainerType(field);
  if (isItem && !options.strict && isConfigContainer(node)) return copyNode(node, container);
  const fail = (
    message: string,
    hint: string,
    id: 'ValidationError' | 'ConfigTypeError' = 'ValidationError',
  ): never => {
    const where = `\n    full_key: ${fullKey(container, key)}`;
    return throwDiagnostic(id, message + where, {
      ...(node.location && { location: node.location }),
      hint,
    });
  };
  if (isMissing(node)) return node;
  if (isInterpolation(node) && field.kind !== 'struct') return node;
  if (node.kind === 'null') {
    if (field.optional) return node;
    if (container.kind === 'list')
      return fail(
        `Invalid type assigned: NoneType is not a subclass of ${spoken(field)}. value: None`,
        HINTS[field.kind],
      );
    const message =
      isContainerType(field) || container.type?.kind === 'dict'
        ? `field '${fullKey(container, key)}' is not Optional`
        : `Incompatible value 'None' for field of type '${spoken(field)}'`;
    return fail(message, `Leave the key out, or write ${HINTS[field.kind]}.`);
  }
  const converted = isContainerType(field)
    ? typedContainer(field, node, container, key)
    : isConfigContainer(node)
      ? wrongLeaf(field, node)
      : typedLeaf(field, node);
  if (typeof converted !== 'string') return converted;
  const isOtherKind =
    isContainerType(field) &&
    isConfigContainer(node) &&
    (field.kind === 'list') !== (node.kind === 'list');
  const id = isOtherKind ? 'ConfigTypeError' : 'ValidationError';
  return fail(converted, `Write ${wanted(field)}.`, id);
}

const HINTS: Readonly<Record<FieldType['kind'], string>> = {
  any: 'a value',
  str: 'a text',
  int: 'a whole number',
  bool: 'true or false',
  enum: 'one of these names',
  struct: 'a mapping',
  dict: 'a mapping',
  list: 'a list',
};

function wanted(type: FieldType): string {
  if (type.kind === 'enum') return Object.keys(type.members).join(' or ');
  return HINTS[type.kind];
}

function spoken(type: FieldType): string {
  if (type.kind === 'struct' || type.kind === 'enum') return type.name;
  if (type.kind === 'dict') return `Dict[str, ${spoken(type.value)}]`;
  if (type.kind === 'list') return `List[${spoken(type.item)}]`;
  return type.kind === 'any' ? 'Any' : type.kind;
}

const OTHER_KIND = 'Cannot merge DictConfig with ListConfig';

/** The typed container of a value, or why there is none. */
function typedContainer(
  type: ContainerType,
  node: ConfigNode,
  parent: ConfigContainer,
  key: string,
): ConfigNode | string {
  const isKind = type.kind === 'list' ? node.kind === 'list' : node.kind === 'map';
  if (isKind && isConfigContainer(node)) {
    return node.kind === 'map' ? typedMap(node, type, parent, key) : typedList(node, type, parent);
  }
  const got = pythonTypeName(node);
  if (isConfigContainer(node)) return OTHER_KIND;
  if (type.kind === 'dict') return `Cannot assign ${got} to ${spoken(type)}`;
  if (type.kind === 'list')
    return 'Invalid value assigned: AnyNode is not a ListConfig, list or tuple.';
  return parent.kind === 'list'
    ? `Invalid type assigned: ${got} is not a subclass of ${type.name}. value: ${pythonStr(node)}`
    : notSubclass(node, type);
}

/** Hydra's words for a value in the place of a dataclass. */
export function notSubclass(node: ConfigNode, { name }: StructType): string {
  return `Merge error: ${pythonTypeName(node)} is not a subclass of ${name}. value: ${pythonStr(node)}`;
}

function typedMap(
  node: ConfigMap,
  type: ContainerType,
  parent: ConfigContainer,
  key: string,
): ConfigMap {
  const map: ConfigMap = { ...node, entries: new Dict(), parent, type };
  // Messages name a key by its place in the tree.
  if (parent.kind === 'map') parent.entries.put(key, map);
  for (const name of type.kind === 'struct' ? Object.keys(type.fields) : []) {
    map.entries.put(name, str('???'));
  }
  for (const [name, item] of node.entries) {
    if (!map.entries.has(name)) checkNewKey(map, name);
    map.entries.set(name, typedNode(map, pythonStr(name), item));
  }
  return map;
}

function typedList(node: ConfigList, type: ContainerType, parent: ConfigContainer): ConfigList {
  const list: ConfigList = { ...node, items: [], parent, type };
  for (const [index, item] of node.items.entries()) {
    list.items.push(typedNode(list, String(index), item));
  }
  return list;
}

function wrongLeaf(type: LeafType, node: ConfigContainer): string {
  const [text, got] = [pythonStr(node), node.kind === 'map' ? 'DictConfig' : 'ListConfig'];
  if (type.kind === 'int')
    return `Value '${text}' of type '${got}' could not be converted to Integer`;
  if (type.kind === 'bool') return `Value '${text}' is not a valid bool (type ${got})`;
  if (type.kind === 'enum')
    return `Value ${text} (${got}) is not a valid input for <enum '${type.name}'>`;
  return `Cannot convert '${got}' to string: '${text}'`;
}

type Leaf = Exclude<YamlScalar, { kind: 'null' }>;

/** The value in the type of the field, or why it has none. */
function typedLeaf(type: LeafType, node: Leaf): YamlScalar | string {
  const at = { ...(node.location && { location: node.location }) };
  const [text, got] = [pythonStr(node), pythonTypeName(node)];
  switch (type.kind) {
    case 'any':
      return node;
    case 'str':
      if (node.kind === 'bytes') return `Cannot convert 'bytes' to string: '${text}'`;
      return { kind: 'str', value: text, ...at };
    case 'int': {
      if (node.kind === 'int') return node;
      const value = node.kind === 'str' ? pythonInt(node.value) : undefined;
      if (value !== undefined) return { kind: 'int', value, ...at };
      return `Value '${text}' of type '${got}' could not be converted to Integer`;
    }
    case 'bool': {
      const value = truth(node);
      if (value !== undefined) return { kind: 'bool', value, ...at };
      return `Value '${text}' is not a valid bool (type ${got})`;
    }
    case 'enum': {
      const names = Object.keys(type.members);
      const member =
        node.kind === 'str' && text.startsWith(`${type.name}.`)
          ? text.slice(type.name.length + 1)
          : text;
      const isOne =
        node.kind === 'int'
          ? Object.values(type.members).includes(Number(node.value))
          : node.kind === 'str' && names.includes(member);
      if (isOne) return node;
      return node.kind === 'float' || node.kind === 'bytes'
        ? `Value ${text} (${got}) is not a valid input for <enum '${type.name}'>`
        : `Invalid value '${text}', expected one of [${names.join(', ')}]`;
    }
  }
}

/** What `int(text)` makes of a text; of digits of other scripts only that it makes something. */
function pythonInt(text: string): bigint | undefined {
  if (!pythonIntAccepts(text)) return undefined;
  const digits = text.trim().replaceAll('_', '').replace(/^\+/, '');
  return /^-?[0-9]+$/.test(digits) ? BigInt(digits) : 0n;
}

function truth(node: Leaf): boolean | undefined {
  if (node.kind === 'bool') return node.value;
  if (node.kind === 'int') return node.value !== 0n;
  if (node.kind !== 'str') return undefined;
  const number = pythonInt(node.value);
  if (number !== undefined) return number !== 0n;
  if (/^(?:yes|y|on|true)$/i.test(node.value)) return true;
  return /^(?:no|n|off|false)$/i.test(node.value) ? false : undefined;
}

/**
 * Gives a mapping the type of one that was merged into it, and its values the types of the fields.
 *
 * @throws DiagnosticError `ValidationError`
 */
export function takeType(map: ConfigMap, type: ContainerType): void {
  map.type = type;
  for (const [key, node] of map.entries) {
    const name = pythonStr(key);
    const field = fieldAt(map, name);
    const isTyped = isConfigContainer(node) && (node.type || !field || !isContainerType(field));
    if (!isTyped) map.entries.set(key, typedNode(map, name, node));
  }
}
