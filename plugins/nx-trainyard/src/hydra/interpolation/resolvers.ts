import { throwDiagnostic, warning } from '../../diagnostics';
import { str } from '../../yaml/value/value';
import { createConfig, isMissing } from '../config/config';
import { parseElement } from '../grammar/parse';
import { GrammarProblem, shortened } from '../grammar/problem';
import { keyOf } from '../config/path';
import { pythonStr, reprString } from '../../yaml/value/python-text';
import { className } from '../config/class-name';
import type { Resolver } from './resolution';
import { mapArgument, oneOrTwo, stringArgument } from './resolver-arguments';
import { selectFrom } from './select';

/** The environment variable as text; a default becomes text too, except null. */
const env: Resolver = (args, { resolution }) => {
  const [key, fallback] = oneOrTwo('env', args, 'key', 2);
  const name = stringArgument(key, 'TypeError', `str expected, not ${className(key)}`);
  const variables = resolution.surroundings.env;
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (value !== undefined) return str(value);
  if (fallback) return fallback.kind === 'null' ? fallback : str(pythonStr(fallback));
  return throwDiagnostic('KeyError', reprString(`Environment variable '${name}' not found`), {
    hint: `Set ${name}, or give a default: \${oc.env:${name},value}`,
  });
};

/** The value that a text stands for; interpolations in it are resolved. */
const decode: Resolver = (args, { node, container, location, resolution }) => {
  const [text] = oneOrTwo('decode', args, 'expr', 1);
  if (text.kind === 'null') return text;
  const value = stringArgument(
    text,
    'TypeError',
    '`oc.decode` can only take strings or None as input, ' +
      `but \`${pythonStr(text)}\` is of type ${className(text)}`,
  );
  try {
    // The text may come from anywhere, so that its problems are shown at the interpolation.
    return resolution.evaluate(
      parseElement(value),
      str(value, location ?? node.location),
      container,
    );
  } catch (cause) {
    if (!(cause instanceof GrammarProblem)) throw cause;
    return throwDiagnostic('GrammarParseError', `${cause.message} in ${shortened(value)}`);
  }
};

/** The value at a key, or the default where there is none or it is `???`. */
const select: Resolver = (args, { container, resolution }) => {
  const [key, fallback] = oneOrTwo('select', args, 'key', 2);
  const path = stringArgument(
    key,
    'AttributeError',
    `'${className(key)}' object has no attribute 'startswith'`,
  );
  const selected = selectFrom(path, container, resolution);
  if (selected.outcome === 'found' && !isMissing(selected.value)) return selected.value;
  return fallback ?? { kind: 'null' };
};

/** A config of its own; the container of the interpolation is its parent. */
const create: Resolver = (args, { container }) => {
  const [value] = oneOrTwo('create', args, 'obj', 1);
  return value.kind === 'null' ? value : createConfig(value, container);
};

const dictKeys: Resolver = (args, call) => {
  const [key] = oneOrTwo('keys', args, 'key', 1);
  const { map } = mapArgument(key, 'oc.dict.keys', call);
  return createConfig({ kind: 'list', items: [...map.entries.keys()] }, call.container);
};

/** A list of references to the values. */
const dictValues: Resolver = (args, call) => {
  const [key] = oneOrTwo('values', args, 'key', 1);
  const { map, path } = mapArgument(key, 'oc.dict.values', call);
  // The list itself stands between the references and the container: one dot more.
  const prefix = path.startsWith('.') ? `.${path}` : path;
  const items = [...map.entries.keys()].map((name) =>
    str(`\${${prefix}.${pythonStr(name)}}`, call.location),
  );
  return createConfig({ kind: 'list', items }, call.container);
};

/** The value at another key, and a warning that the present key should not be used. */
const deprecated: Resolver = (args, { node, container, location, resolution }) => {
  const [key, template] = oneOrTwo('deprecated', args, 'key', 2);
  const notText = 'type is not a string';
  const path = stringArgument(
    key,
    'TypeError',
    `oc.deprecated: interpolation key ${notText} (${className(key)})`,
  );
  const text = stringArgument(
    template ?? str("'$OLD_KEY' is deprecated. Change your code and config to use '$NEW_KEY'"),
    'TypeError',
    `oc.deprecated: interpolation message ${notText} (${template && className(template)})`,
  );
  const oldKey = keyOf(container, node);
  const selected = selectFrom(path, container, resolution);
  const value = 'value' in selected ? selected.value : undefined;
  if (!value) {
    const message = `In oc.deprecated resolver at '${oldKey}': Key not found: '${path}'`;
    return throwDiagnostic('ConfigKeyError', message);
  }
  const names: Readonly<Record<string, string>> = { $OLD_KEY: oldKey, $NEW_KEY: path };
  const message = text.replace(/\$(?:OLD|NEW)_KEY\b/g, (name) => names[name] ?? name);
  resolution.surroundings.warn(
    warning('DeprecatedKey', message, { keys: [oldKey, path], ...(location && { location }) }),
  );
  return value;
};

/** The resolvers that OmegaConf 2.2 registers by itself. */
export const OMEGACONF_RESOLVERS: ReadonlyMap<string, Resolver> = new Map([
  ['oc.create', create],
  ['oc.decode', decode],
  ['oc.deprecated', deprecated],
  ['oc.dict.keys', dictKeys],
  ['oc.dict.values', dictValues],
  ['oc.env', env],
  ['oc.select', select],
]);
