import { DiagnosticError } from '../../diagnostics';
import { pythonFloatRepr } from '../value/python-number';
import { readYaml } from './read';
import type { YamlValue } from '../value/value';

/** A value as Python shows it. */
function shown(value: YamlValue): string {
  switch (value.kind) {
    case 'null':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return String(value.value);
    case 'float':
      return pythonFloatRepr(value.value);
    case 'str':
      return `'${value.value}'`;
    case 'bytes':
      return `b'${Buffer.from(value.value).toString('latin1')}'`;
    case 'list':
      return `[${value.items.map(shown).join(', ')}]`;
    case 'map':
      return `{${[...value.entries].map(([key, item]) => `${shown(key)}: ${shown(item)}`).join(', ')}}`;
  }
}

function value(text: string): string {
  return shown(readYaml({ path: 'x.yaml', text }));
}

function problem(text: string): string {
  try {
    return value(text);
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.message;
    throw cause;
  }
}

describe('values', () => {
  it('are typed by the rules for plain scalars, and text in quotes', () => {
    expect(value("[1, 1.0, 1e-5, 0x1F, 1:30, yes, n, ~, '1', 2001-12-14]")).toBe(
      "[1, 1.0, 1e-05, 31, 90, True, 'n', None, '1', '2001-12-14']",
    );
  });

  it('take a type from a tag', () => {
    expect(value('[!!str 1, !!int "7", !!float 1, !!bool "yes", !!null x, ! "1"]')).toBe(
      "['1', 7, 1.0, True, None, 1]",
    );
    expect(problem('!!int x')).toContain("invalid literal for int() with base 10: 'x'");
    expect(problem('!thing 1')).toBe("the tag '!thing' is not supported");
    expect(problem('!!str [1]')).toBe("a list cannot have the tag 'tag:yaml.org,2002:str'");
  });

  it('hold bytes, read as leniently as Python reads base64', () => {
    expect(value('!!binary aGk=')).toBe("b'hi'");
    expect(value('!!binary "a-G k=ignored"')).toBe("b'hi'");
    expect(problem('!!binary aGk')).toContain('incorrect padding');
    expect(problem('!!binary é')).toContain('ascii');
  });
});

describe('keys', () => {
  it('are compared as Python compares them: the first stays, the last value counts', () => {
    expect(value('{1: a, 0x1: b, 1.0: c, true: d, "1": e}')).toBe("{1: 'd', '1': 'e'}");
  });

  it('that are strings may stand only once in a mapping', () => {
    expect(problem('{a: 1, "a": 2}')).toBe("the key 'a' appears twice in one mapping");
    expect(problem('{a: {a: 1}}')).toBe("{'a': {'a': 1}}");
  });

  it('are single values', () => {
    expect(problem('? [a]\n: 1')).toBe('a key must be a single value, not a list or a mapping');
  });

  it('may be = where a value may not', () => {
    expect(value('=: 1')).toBe("{'=': 1}");
    expect(problem('a: =')).toBe("'=' is only allowed as a key");
  });
});

describe("the tag of a scalar on a mapping takes the scalar at '='", () => {
  it.each([
    ['!!str {=: x}', "'x'"],
    ['!!str {a: 1, =: 1.50}', "'1.50'"],
    ['!!int {=: "0x1F"}', '31'],
    ['!!float {a: !wrong 1, =: 1}', '1.0'],
    ['!!bool {=: off}', 'False'],
    ['!!null {=: x}', 'None'],
    ['!!binary {=: aGk=}', "b'hi'"],
    ['!!str {=: {=: deep}}', "'deep'"],
    ['!!str {=: x, =: y}', "'x'"],
    ['[&a !!str {!!value v: x}, *a]', "['x', 'x']"],
  ])('%s', (text, read) => expect(value(text)).toBe(read));

  it.each(['!!str {a: 1}', '!!str {"=": 1}', '!!str {=: [x]}', '!!str [=]', '!!timestamp {=: x}'])(
    'which %s has not',
    (text) => expect(problem(text)).toContain('cannot have the tag'),
  );

  it('which has to be of its type', () => {
    expect(problem('!!int {=: x}')).toContain('invalid literal for int()');
  });
});

describe('<<', () => {
  it('puts what is merged first, and own keys override in place', () => {
    expect(value('{q: 3, <<: {p: 1, q: 2}}')).toBe("{'p': 1, 'q': 3}");
  });

  it('merges a list of mappings, of which earlier ones win', () => {
    expect(value('<<: [{a: 1}, {a: 2, b: 2}]')).toBe("{'a': 1, 'b': 2}");
  });

  it('merges what a mapping merged itself, at any depth', () => {
    const text = 'x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y, c: 3}\n';
    expect(value(text)).toBe(
      "{'x': {'a': 1}, 'y': {'a': 1, 'b': 2}, 'z': {'a': 1, 'b': 2, 'c': 3}}",
    );
  });

  it('in quotes is a key like others, and as a value nothing', () => {
    expect(value("'<<': 1")).toBe("{'<<': 1}");
    expect(problem('a: <<')).toBe("'<<' is only allowed as a key");
    expect(problem('<<: 1')).toBe("the value of '<<' must be a mapping or a list of mappings");
  });
});

describe('what no value can be made of', () => {
  it('is told all at once, in the order of the file', () => {
    const text = `a: !foo 1
b: !!set {x: !bar [1, !!python/tuple 2]}
? [c]
: !!int x
d: {e: =, <<: 1, f: 1, f: 2}
g: &g !baz
h: *g
`;
    expect(problem(text).split('\n')).toEqual([
      "the tag '!foo' is not supported",
      "a mapping cannot have the tag 'tag:yaml.org,2002:set'",
      "a list cannot have the tag '!bar'",
      "the tag 'tag:yaml.org,2002:python/tuple' is not supported",
      'a key must be a single value, not a list or a mapping',
      "invalid literal for int() with base 10: 'x'",
      "'=' is only allowed as a key",
      "the value of '<<' must be a mapping or a list of mappings",
      "the key 'f' appears twice in one mapping",
      "the tag '!baz' is not supported",
    ]);
  });
});

describe('aliases', () => {
  it('repeat the value with its type', () => {
    expect(value('[&a 1e3, *a, &b [x], *b]')).toBe("[1000.0, 1000.0, ['x'], ['x']]");
    expect(value('{&k a: 1, b: *k}')).toBe("{'a': 1, 'b': 'a'}");
  });
});
