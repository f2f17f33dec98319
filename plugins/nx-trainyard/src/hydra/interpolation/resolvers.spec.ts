import type { Diagnostic } from '../../diagnostics';
import { str } from '../../yaml/value/value';
import { resolve, resolveContainer } from './interpolation';
import { pythonRepr } from '../../yaml/value/python-text';
import { load } from '../../../testing/config-text';
import { problem } from '../../../testing/problem';

const env = { SET: 'a,b', EMPTY: '', LIKE: '${i}', LIST: '[1, ${s}]' };

const config = load(
  'i: 1\ns: word\nn: null\nm: ???\nd: {x: 1, y: "${.x}", 3: z}\nl: [a]\nempty: {}\nbad: ${nope}\n',
);

/** The value of an interpolation in that config, as Python writes it. */
function valueOf(text: string): string {
  return pythonRepr(resolveContainer(resolve(str(text), config, { env }), { env }));
}

function rejected(text: string): string {
  const { id, message } = problem(() => resolve(str(text), config, { env }));
  expect(id).toBe('InterpolationResolutionError');
  return message.replace(/ raised while resolving interpolation:/, ':');
}

describe('oc.env', () => {
  it.each([
    ['${oc.env:SET}', "'a,b'"],
    ['${oc.env:EMPTY}', "''"],
    ['${oc.env:EMPTY,default}', "''"],
    ['${oc.env:UNSET,default}', "'default'"],
    ['${oc.env:UNSET,1.0}', "'1.0'"],
    ['${oc.env:UNSET,true}', "'True'"],
    ['${oc.env:UNSET,[1]}', "'[1]'"],
    ['${oc.env:UNSET,null}', 'None'],
    ['${oc.env:LIKE}', "'${i}'"],
    ['${oc.env:constructor,none}', "'none'"],
  ])('%s is %s', (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  it('refuses an unset variable without a default, and says how to give one', () => {
    const found = problem(() => resolve(str('${oc.env:UNSET}'), config, { env }));
    expect(found.message).toBe(
      'KeyError raised while resolving interpolation: "Environment variable \'UNSET\' not found"',
    );
    expect(found.hint).toContain('${oc.env:UNSET,value}');
  });

  it('takes one or two arguments, and a name that is text', () => {
    expect(rejected('${oc.env:}')).toBe(
      "TypeError: env() missing 1 required positional argument: 'key'",
    );
    expect(rejected('${oc.env:a,b,c}')).toContain('from 1 to 2 positional arguments but 3');
    expect(rejected('${oc.env:1}')).toBe('TypeError: str expected, not int');
  });
});

describe('oc.decode', () => {
  it.each([
    ['${oc.decode:"1e5"}', '100000.0'],
    ['${oc.decode:"010"}', "'010'"],
    ['${oc.decode:"{a: [1, x]}"}', "{'a': [1, 'x']}"],
    ['${oc.decode:${oc.env:LIST}}', "[1, 'word']"],
    ['${oc.decode:null}', 'None'],
  ])('%s is %s', (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  it('refuses several elements and other types than text', () => {
    expect(rejected('${oc.decode:${oc.env:SET}}')).toBe(
      "GrammarParseError: Unexpected ',' in 'a,b'",
    );
    expect(rejected('${oc.decode:1}')).toContain('but `1` is of type int');
  });
});

describe('oc.select', () => {
  it.each([
    ['${oc.select:i}', '1'],
    ['${oc.select:d}', "{'x': 1, 'y': 1, 3: 'z'}"],
    ['${oc.select:nope}', 'None'],
    ['${oc.select:nope,5}', '5'],
    ['${oc.select:nope, a b}', "'a b'"],
    ['${oc.select:nope,{}}', '{}'],
    ['${oc.select:m,5}', '5'],
    ['${oc.select:n,5}', 'None'],
    ['${oc.select:i.x,5}', '5'],
    ['${oc.select:.i}', '1'],
  ])('%s is %s', (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  it('does not hide an error behind its default', () => {
    expect(problem(() => resolve(str('${oc.select:bad,5}'), config, { env })).id).toBe(
      'InterpolationKeyError',
    );
    expect(rejected('${oc.select:...i,5}')).toBe("ConfigKeyError: Error resolving key '...i'");
    expect(rejected('${oc.select:l.x,5}')).toContain('TypeError');
    expect(rejected('${oc.select:1}')).toContain("'int' object has no attribute 'startswith'");
  });
});

describe('oc.create', () => {
  it('makes a config, into which keys can reach', () => {
    expect(valueOf('${oc.create:{a: [1, ${s}]}}')).toBe("{'a': [1, 'word']}");
    const made = load('c: "${oc.create:{a: {b: 1}}}"\nt: ${c.a.b}');
    expect(pythonRepr(resolveContainer(made, { env }))).toBe("{'c': {'a': {'b': 1}}, 't': 1}");
  });

  it('is the difference to a plain value, into which they cannot', () => {
    const plain = load('c: "${oc.decode:\'{a: 1}\'}"\nt: ${c.a}');
    expect(problem(() => resolveContainer(plain, { env })).message).toContain('not a container');
  });

  it('refuses what is no container', () => {
    expect(rejected('${oc.create:1}')).toBe("ValidationError: Object of unsupported type: 'int'");
    expect(valueOf('${oc.create:null}')).toBe('None');
  });
});

describe('oc.dict.keys and oc.dict.values', () => {
  it('list what a mapping has', () => {
    expect(valueOf('${oc.dict.keys:d}')).toBe("['x', 'y', 3]");
    expect(valueOf('${oc.dict.values:empty}')).toBe('[]');
    const values = load(
      'd: {x: 1, y: "${.x}"}\nt: ${oc.dict.values:d}\nu: {v: "${oc.dict.values:..d}"}',
    );
    expect(pythonRepr(resolveContainer(values, { env }))).toBe(
      "{'d': {'x': 1, 'y': 1}, 't': [1, 1], 'u': {'v': [1, 1]}}",
    );
  });

  it.each([
    ['${oc.dict.keys:nope}', "ConfigKeyError: Key not found: 'nope'"],
    ['${oc.dict.keys:m}', 'MissingMandatoryValue: Missing mandatory value: m'],
    [
      '${oc.dict.keys:l}',
      'TypeError: `oc.dict.keys` cannot be applied to objects of type: ListConfig',
    ],
    [
      '${oc.dict.values:i}',
      'TypeError: `oc.dict.values` cannot be applied to objects of type: int',
    ],
    [
      '${oc.dict.keys:1}',
      'TypeError: `oc.dict.keys` requires a string as input, but obtained `1` of type: int',
    ],
  ])('%s is refused', (text, message) => {
    expect(rejected(text)).toBe(message);
  });
});

describe('oc.deprecated', () => {
  it('is the value of the other key, and a warning with both keys', () => {
    const warnings: Diagnostic[] = [];
    const old = load(
      'new: 7\nold: ${oc.deprecated:new}\nolder: \'${oc.deprecated:new,"$OLD_KEY!"}\'',
    );
    const value = resolveContainer(old, { env, warn: (warning) => warnings.push(warning) });
    expect(pythonRepr(value)).toBe("{'new': 7, 'old': 7, 'older': 7}");
    expect(warnings.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', "'old' is deprecated. Change your code and config to use 'new'"],
      ['warning', 'older!'],
    ]);
  });

  it('refuses a key that does not exist', () => {
    expect(rejected('${oc.deprecated:nope}')).toContain("Key not found: 'nope'");
    expect(rejected('${oc.deprecated:1}')).toContain('key type is not a string (int)');
    expect(rejected('${oc.deprecated:i,1}')).toContain('message type is not a string (int)');
  });
});
