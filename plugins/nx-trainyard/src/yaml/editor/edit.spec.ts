import { Dict } from '../value/dict';
import type { Edit } from './edit';
import { YamlEditor, editYaml } from './edit';
import type { YamlValue } from '../value/value';
import { str } from '../value/value';

type Plain = string | number | bigint | null | readonly Plain[] | { readonly [key: string]: Plain };

/** Numbers are floats, bigints are ints. */
function toValue(plain: Plain): YamlValue {
  if (plain === null) return { kind: 'null' };
  if (typeof plain === 'string') return str(plain);
  if (typeof plain === 'number') return { kind: 'float', value: plain };
  if (typeof plain === 'bigint') return { kind: 'int', value: plain };
  if (Array.isArray(plain)) return { kind: 'list', items: plain.map(toValue) };
  const entries = new Dict<YamlValue>();
  for (const [key, value] of Object.entries(plain)) entries.put(key, toValue(value));
  return { kind: 'map', entries };
}

const set = (path: string, value: Plain): Edit => ({
  path: path.split('.'),
  value: toValue(value),
});
const insert = (path: string, value: Plain): Edit => ({
  path: path.split('.'),
  value: toValue(value),
  insert: true,
});
const remove = (path: string): Edit => ({ path: path.split('.'), delete: true });
const edited = (text: string, ...edits: Edit[]): string =>
  editYaml({ path: 'base.yaml', text }, edits);

describe('a value', () => {
  it.each<[string, string, Plain, string]>([
    ['keeps its comment and its spacing', 'a:  3e-4   # warm', 0.0003, 'a:  0.0003   # warm'],
    ['is spelled for OmegaConf and PyYAML', 'a: 1', 1e-5, 'a: 1.0e-05'],
    ['is quoted where it looks like another type', 'a: x', '1e5', "a: '1e5'"],
    ['may take the place of nothing', 'a: # c', 1n, 'a: 1 # c'],
    ['may take the place of a tagged one', 'a: !!str 5', 5n, 'a: 5'],
    ['stays on its own line', 'a: # k\n  x # c', 'q', 'a: # k\n  q # c'],
    ['replaces a text of many lines', 'a: "x\n  y" # c\nb: 1', 'z', 'a: z # c\nb: 1'],
    ['replaces a block text', 'a: |- # c\n  x\n\n  y\n\nb: 1', 'z', 'a: z # c\n\nb: 1'],
    ['replaces a block list', 'a: # k\n  - 1 # c\n  - 2\n# n\nb: 1', 'z', 'a: z # k\n# n\nb: 1'],
    ['takes inner comments along', 'a:\n  b: 1\n  # c: 2\nd: 1', 'z', 'a: z\nd: 1'],
    ['may become a list', 'a: 1 # c\nb: 1', ['x', 'q'], 'a: # c\n- x\n- q\nb: 1'],
    ['may become a map', 'a: 1 # c', { x: { q: 1n }, z: {} }, 'a: # c\n  x:\n    q: 1\n  z: {}'],
    [
      'of a list in brackets stays in brackets',
      "a: ['x'] # c",
      ['q', 'z, w'],
      "a: [q, 'z, w'] # c",
    ],
    ['of brackets on many lines does not', 'a: [\n  x\n] # c', ['q'], 'a: # c\n- q'],
    ['in brackets is quoted as they need', 'b: {a: 1}', 'x', 'b: {a: x}'],
    ['is never folded', 'a: 1', 'word '.repeat(40) + 'end', `a: ${'word '.repeat(40)}end`],
    ['of several lines is quoted', 'a: 1 # c', 'x\ny', "a: 'x\n\n  y' # c"],
  ])('%s', (_rule, before, value, after) => {
    const path = before.startsWith('b') ? 'b.a' : 'a';
    expect(edited(`${before}\n`, set(path, value))).toBe(`${after}\n`);
  });

  it.each(['a, b', '[x]', '${lr}', 'what?', 'k: v', 's3://x'])(
    'in braces is quoted: %s',
    (text) => {
      expect(edited('b: {a: 1, c: 2}\n', set('b.a', text))).toBe(`b: {a: '${text}', c: 2}\n`);
    },
  );

  it('in a list is named by its index', () => {
    const text = 'd:\n  - x: 1 # one\n  - [1, 2]\n';
    expect(edited(text, set('d.0.x', 2n), set('d.1.1', 'q'))).toBe(
      'd:\n  - x: 2 # one\n  - [1, q]\n',
    );
  });

  it('is found by a key that is no string', () => {
    expect(edited('1: a\n"2": b\n', set('1', 'x'), set('2', 'q'))).toBe('1: x\n"2": q\n');
  });
});

describe('a new key', () => {
  it.each<[string, string, Edit, string]>([
    [
      'stands last in its map',
      'a:\n    b: 1\n\n# next\nc: 2\n',
      set('a.n', 1n),
      "a:\n    b: 1\n    'n': 1\n\n# next\nc: 2\n",
    ],
    ['brings its maps along', 'a: 1\n', set('b.c.d', 'x'), 'a: 1\nb:\n  c:\n    d: x\n'],
    ['fills an empty value', 'a:\nb: 1\n', set('a.c', 1n), 'a:\n  c: 1\nb: 1\n'],
    ['fills null', 'a: null # c\n', set('a.c', 1n), 'a: # c\n  c: 1\n'],
    ['fills an empty map', 'a: {} # c\n', set('a.c', 1n), 'a: # c\n  c: 1\n'],
    ['goes into braces', 'a: {b: 1} # c\n', set('a.c', 'x: y'), "a: {b: 1, c: 'x: y'} # c\n"],
    [
      'goes into braces on many lines',
      'a: {\n  b: 1,\n}\n',
      set('a.c', 2n),
      'a: {\n  b: 1, c: 2,\n}\n',
    ],
    ['goes into braces that are the document', '{b: 1}\n', set('c', 2n), '{b: 1, c: 2}\n'],
    [
      'goes into a list item',
      'a:\n- b: 1\n- c: 1\n',
      set('a.0.d', 2n),
      'a:\n- b: 1\n  d: 2\n- c: 1\n',
    ],
    ['may be the next item', 'a:\n  - b\n', set('a.1', { c: 1n }), 'a:\n  - b\n  - c: 1\n'],
    ['may be the next item in brackets', 'a: [b]\n', set('a.1', 'c,'), "a: [b, 'c,']\n"],
    ['may be the first of a document', '# head\n', set('a', 1n), '# head\na: 1\n'],
    ['may be the first after ---', '--- # c\n', set('a', 1n), '--- # c\na: 1\n'],
    ['follows a text without a last line end', 'a: 1', set('b', 2n), 'a: 1\nb: 2'],
    ['leaves a last block text as it was', 'a: |\n  x', set('b', 2n), 'a: |-\n  x\nb: 2'],
    [
      'stands behind the blank lines of a |+ text',
      'a: |+\n  x\n\n',
      set('b', 2n),
      'a: |+\n  x\n\nb: 2\n',
    ],
    [
      'keeps the line ends of Windows',
      'a: 1\r\n',
      set('b.c', ['x']),
      'a: 1\r\nb:\r\n  c:\r\n  - x\r\n',
    ],
  ])('%s', (_rule, before, edit, after) => {
    expect(edited(before, edit)).toBe(after);
  });
});

describe('a removed key', () => {
  it.each<[string, string, string, string]>([
    ['takes its lines and its comment', 'a: 1\nb: # c\n  c: 1\nd: 1\n', 'b', 'a: 1\nd: 1\n'],
    ['leaves the comment above', 'a: 1\n# b and c\nb: 1\nc: 1\n', 'b', 'a: 1\n# b and c\nc: 1\n'],
    ['leaves braces when it is the last', 'a: # k\n  b: 1 # c\nd: 1\n', 'a.b', 'a: {} # k\nd: 1\n'],
    ['takes its comma', '{a: 1, b: 2, c: 3}\n', 'b', '{a: 1, c: 3}\n'],
    ['takes the comma before the last', '{a: 1, b: 2}\n', 'b', '{a: 1}\n'],
    ['takes its line in braces', '{\n  a: 1, # c\n  b: 2 # d\n}\n', 'b', '{\n  a: 1, # c\n}\n'],
    ['lets the next one move up to the dash', '- a: 1\n  b: 2\n', '0.a', '- b: 2\n'],
    ['leaves comments beside a dash', '- a: 1\n  # b\n  b: 2\n', '0.a', '-\n  # b\n  b: 2\n'],
    ['leaves no comment to a block text', 'a: |\n    x\nb: 1\n     # c\n', 'b', 'a: |\n    x\n'],
    ['leaves no blank line to a |+ text', 'a: |+\n  x\nb: 1\n\nc: 1\n', 'b', 'a: |+\n  x\nc: 1\n'],
  ])('%s', (_rule, before, path, after) => {
    expect(edited(before, remove(path))).toBe(after);
  });

  it('gives its place in braces to a new one', () => {
    expect(edited('{a: 1, b: 2}\n', remove('b'), set('c', 3n))).toBe('{a: 1, c: 3}\n');
  });
});

describe('an item that goes', () => {
  it.each<[string, string, string[], string]>([
    [
      'takes its line and its comment',
      'a:\n  - x # 1\n  - y # 2\n  - z\n',
      ['1'],
      'a:\n  - x # 1\n  - z\n',
    ],
    [
      'leaves the comment above',
      'a:\n- x\n# y\n- y\n# z\n- z\n',
      ['1'],
      'a:\n- x\n# y\n# z\n- z\n',
    ],
    ['may be the first', 'a: # c\n- x\n- y\n', ['0'], 'a: # c\n- y\n'],
    ['may be the last', 'a:\n- x\n- y', ['1'], 'a:\n- x\n'],
    ['may be a map', 'a:\n- k: 1\n  l: 2 # c\n- k: 2\n', ['0'], 'a:\n- k: 2\n'],
    ['may be a text of many lines', 'a:\n- |\n  t\n- "u\n  v"\n- w\n', ['0', '1'], 'a:\n- w\n'],
    [
      'leaves no blank line to a |+ text',
      'a:\n- |+\n  t\n- x\n\n- y\n',
      ['1'],
      'a:\n- |+\n  t\n- y\n',
    ],
    ['may be the last of all', 'a: # c\n- x\n- y\nb: 1\n', ['0', '1'], 'a: [] # c\nb: 1\n'],
    ['lets the next one move up to a dash', 'a:\n- - x\n  - y\n- z\n', ['0.0'], 'a:\n- - y\n- z\n'],
    [
      'leaves comments beside a dash',
      'a:\n- - x\n  # y\n  - y\n',
      ['0.0'],
      'a:\n-\n  # y\n  - y\n',
    ],
    ['takes its comma', 'a: [x, y, z] # c\n', ['1'], 'a: [x, z] # c\n'],
    ['takes its comma at the start', 'a: [x, y, z]\n', ['0'], 'a: [y, z]\n'],
    ['takes its comma at the end', 'a: [x, y, z ]\n', ['1', '2'], 'a: [x ]\n'],
    [
      'takes its line in brackets',
      'a: [\n  x, # 1\n  y, # 2\n  z, # 3\n]\n',
      ['1'],
      'a: [\n  x, # 1\n  z, # 3\n]\n',
    ],
    ['leaves comments of others in brackets', 'a: [x, # 1\n  y]\n', ['1'], 'a: [x, # 1\n  ]\n'],
    [
      'leaves lines of comments in brackets',
      'a: [\n  # y\n  y,\n  # z\n  z,\n  w\n]\n',
      ['0', '1'],
      'a: [\n  # y\n  # z\n  w\n]\n',
    ],
    ['keeps the line ends of Windows', 'a:\r\n- x\r\n- y # c\r\n', ['0'], 'a:\r\n- y # c\r\n'],
    ['leaves its anchor to aliases', 'a:\n- &x 1\n- 2\nb: *x\n', ['0'], 'a:\n- 2\nb: &x 1\n'],
  ])('%s', (_rule, before, locations, after) => {
    expect(edited(before, ...locations.map((location) => remove(`a.${location}`)))).toBe(after);
  });
});

describe('a new item', () => {
  it.each<[string, string, string, Plain, string]>([
    [
      'stands before another one',
      'a:\n  - x # 1\n  - y # 2\n',
      '1',
      'n0',
      'a:\n  - x # 1\n  - n0\n  - y # 2\n',
    ],
    [
      'leaves the comment above the other one',
      'a:\n- x\n# y\n- y\n',
      '1',
      'n0',
      'a:\n- x\n- n0\n# y\n- y\n',
    ],
    ['may be the first', 'a: # c\n# x\n- x\n', '0', 'n0', 'a: # c\n# x\n- n0\n- x\n'],
    ['may be the last', 'a:\n- x # 1\n# b\nb: 1\n', '1', 'n0', 'a:\n- x # 1\n- n0\n# b\nb: 1\n'],
    [
      'may be a map',
      'a:\n- x\n- y\n',
      '1',
      { k: 1n, l: ['q'] },
      'a:\n- x\n- k: 1\n  l:\n  - q\n- y\n',
    ],
    [
      'may be the first beside a dash',
      'a:\n- - x\n  - y\n',
      '0.0',
      'n0',
      'a:\n- - n0\n  - x\n  - y\n',
    ],
    [
      'stands behind the blank lines of a |+ text',
      'a:\n- |+\n  t\n\n- x\n',
      '1',
      'n0',
      'a:\n- |+\n  t\n\n- n0\n- x\n',
    ],
    ['goes into brackets', 'a: [x, y]\n', '1', 'n0', 'a: [x, n0, y]\n'],
    ['goes first into brackets', 'a: [ x, y]\n', '0', 'n,', "a: [ 'n,', x, y]\n"],
    ['goes last into brackets', 'a: [x, y ]\n', '2', 'n0', 'a: [x, y, n0 ]\n'],
    [
      'gets a line of its own in brackets',
      'a: [\n  x, # 1\n  # y\n  y, # 2\n]\n',
      '1',
      'n0',
      'a: [\n  x, # 1\n  n0,\n  # y\n  y, # 2\n]\n',
    ],
    [
      'gets the first line in brackets',
      'a: [\n  x,\n  y\n]\n',
      '0',
      'n0',
      'a: [\n  n0,\n  x,\n  y\n]\n',
    ],
    [
      'gets the last line in brackets',
      'a: [\n  x,\n  y, # 2\n]\n',
      '2',
      'n0',
      'a: [\n  x,\n  y, # 2\n  n0,\n]\n',
    ],
    [
      'gets a comma before it',
      'a: [\n  x,\n  y # 2\n]\n',
      '2',
      'n0',
      'a: [\n  x,\n  y, # 2\n  n0\n]\n',
    ],
    ['fills empty brackets', 'a: [] # c\n', '0', 'n0', 'a: [n0] # c\n'],
    [
      'keeps the line ends of Windows',
      'a:\r\n- x\r\n- y\r\n',
      '1',
      'n0',
      'a:\r\n- x\r\n- n0\r\n- y\r\n',
    ],
    [
      'does not reach an alias of the list',
      'a: &l\n- x\nb: *l\n',
      '1',
      'n0',
      'a:\n- x\n- n0\nb: &l\n- x\n',
    ],
  ])('%s', (_rule, before, location, value, after) => {
    expect(edited(before, insert(`a.${location}`, value))).toBe(after);
  });

  it('may take the place of those that go, several in their order', () => {
    const all = [
      remove('a.0'),
      remove('a.2'),
      insert('a.0', 'p'),
      insert('a.0', 'q'),
      insert('a.3', 'r'),
    ];
    expect(edited('a:\n- x\n- y # 2\n- z\n', ...all)).toBe('a:\n- p\n- q\n- y # 2\n- r\n');
    expect(edited('a: [x, y, z]\n', ...all)).toBe('a: [p, q, y, r]\n');
    expect(edited('a: [\n  x,\n  y, # 2\n  z,\n]\n', ...all)).toMatch(
      /^a: \[\n {2}p,\n {2}q,\n {2}y, r,/,
    );
    expect(
      edited(
        'a:\n- - x\n  - y\n  - z\n',
        ...all.map((edit) => ({ ...edit, path: ['a', '0', edit.path[1] ?? ''] })),
      ),
    ).toBe('a:\n- - p\n  - q\n  - y\n  - r\n');
  });
});

describe('a shared value', () => {
  const base = 'base: &b\n  lr: 1 # one\n  wd: 2\n';
  it.each<[string, string, Edit, string]>([
    [
      'changes where an alias is edited',
      'a: &x 1\nb: *x # c\n',
      set('b', 2n),
      'a: &x 1\nb: 2 # c\n',
    ],
    [
      'stays the same for its aliases',
      'a: &x 1 # c\nb: *x\nc: [*x]\n',
      set('a', 2n),
      'a: 2 # c\nb: &x 1\nc: [*x]\n',
    ],
    [
      'is written out where it changes',
      'a: &x {m: 1, n: 2}\nb: *x # c\n',
      set('b.m', 3n),
      'a: &x {m: 1, n: 2}\nb: {m: 3, n: 2} # c\n',
    ],
    [
      'may be overridden where it is merged',
      `${base}a:\n  <<: *b\n`,
      set('a.lr', 3n),
      `${base}a:\n  <<: *b\n  lr: 3\n`,
    ],
    [
      'may lose a key where it is merged',
      `${base}a:\n  <<: *b # c\n`,
      remove('a.lr'),
      `${base}a:\n  <<: # c\n    wd: 2\n`,
    ],
    [
      'stays the same for maps that merge it',
      `${base}a:\n  <<: *b\n`,
      set('base.lr', 3n),
      'base:\n  lr: 3 # one\n  wd: 2\na:\n  <<: &b\n    lr: 1 # one\n    wd: 2\n',
    ],
    [
      'may be changed deep below a merge',
      'b: &b {o: {p: 1, q: 2}}\na:\n  <<: *b\n',
      set('a.o.p', 3n),
      'b: &b {o: {p: 1, q: 2}}\na:\n  <<: *b\n  o: {p: 3, q: 2}\n',
    ],
  ])('%s', (_rule, before, edit, after) => {
    expect(edited(before, edit)).toBe(after);
  });
});

describe('a copy of what is shared keeps its spelling and its comments', () => {
  const block = [
    'o: &o',
    '    # rate',
    '    lr: 1e-3 # warm',
    '    "steps": 0x10',
    '    in: # deep',
    "      - 'a'",
    '      # between',
    '      - {k: 1,  l: 2}',
    '      - |',
    '        text',
    '',
    '        more',
    '    # end',
    '',
  ].join('\n');
  const copy = (lr: string, indent: string) =>
    block
      .split('\n')
      .slice(1)
      .join('\n')
      .replace('1e-3', lr)
      .replace(/^ {4}(?=.)/gm, indent);

  it.each<[string, string, Edit, string]>([
    [
      'where an alias changes',
      `${block}b: *o # c\n`,
      set('b.lr', 0.5),
      `${block}b: # c\n${copy('0.5', '  ')}`,
    ],
    [
      'in a list',
      `${block}b:\n- *o\n- 1\n`,
      set('b.0.lr', 0.5),
      `${block}b:\n-\n${copy('0.5', '  ')}- 1\n`,
    ],
    [
      'where the anchored value changes',
      `${block}b: *o\n`,
      set('o.lr', 0.5),
      `${block.replace('&o', '').replace('o: ', 'o:').replace('1e-3', '0.5')}b: &o\n${copy('1e-3', '  ')}`,
    ],
    [
      'where a merged block loses a key',
      `${block}b:\n  <<: *o # c\n  x: 1\n`,
      remove('b.lr'),
      `${block}b:\n  <<: # c\n${copy('1e-3', '    ').replace(/ +lr.*\n/, '')}  x: 1\n`,
    ],
    [
      'where something deep in a merged block changes',
      `${block}b:\n  <<: *o\n  x: 1\n`,
      set('b.in.0', 'z'),
      `${block}b:\n  <<: *o\n  x: 1\n  in: # deep\n    - z\n    # between\n    - {k: 1,  l: 2}\n    - |\n      text\n\n      more\n`,
    ],
    [
      'with links inside, and without their anchors',
      'a: &a\n  p: &p 0x1 # p\n  q: *p # q\nb: *a\n',
      set('b.q', 2n),
      'a: &a\n  p: &p 0x1 # p\n  q: *p # q\nb:\n  p: 0x1 # p\n  q: 2 # q\n',
    ],
    [
      'with the line ends of Windows',
      'a: &a\r\n  p: 0x1 # p\r\n  q: 1\r\nb: *a\r\n',
      set('b.q', 2n),
      'a: &a\r\n  p: 0x1 # p\r\n  q: 1\r\nb:\r\n  p: 0x1 # p\r\n  q: 2\r\n',
    ],
    [
      'where one of several merged maps loses a key',
      'p: &p {a: 0x1, b: 2}\nq: &q {c: 3}\nt:\n  <<: [*p, *q]\n',
      remove('t.b'),
      'p: &p {a: 0x1, b: 2}\nq: &q {c: 3}\nt:\n  <<: [{a: 0x1}, *q]\n',
    ],
  ])('%s', (_rule, before, edit, after) => {
    expect(edited(before, edit)).toBe(after);
  });
});

it('a new key may be another scalar than a string', () => {
  const key = { kind: 'int', value: 1n } as const;
  const edit: Edit = { ...set('a.1', 'x'), key };
  expect(edited("a: {'1': y}\n", edit)).toBe("a: {'1': y, 1: x}\n");
  expect(edited('a:\n  b: 2\n', edit)).toBe('a:\n  b: 2\n  1: x\n');
  expect(edited('', { ...set('1', 'x'), key })).toBe('1: x\n');
});

describe('a mistake of the caller', () => {
  it.each<[string, string, readonly Edit[]]>([
    ['a path through a scalar', "through the scalar 'x'", [set('a.b', 1n)]],
    ['an item past the end', 'item 2 of a list of 1', [set('l.2', 1n)]],
    ['a key of a list', 'needs an index', [set('l.x', 1n)]],
    ['the removal of an item that is not there', 'deletes item 1 of 1', [remove('l.1')]],
    ['a new item far past the end', 'item 2 of a list of 1', [insert('l.2', 1n)]],
    ['a new item of a map', 'what is no list', [insert('m.0', 1n)]],
    ['a new item of nothing', 'what is no list', [insert('n.0', 1n)]],
    ['the removal of what is not there', "deletes 'b'", [remove('b')]],
    ['the same below a new map', 'deletes a key', [remove('b.c')]],
    ['two edits of one key', "at or inside 'a'", [set('a', 1n), remove('a')]],
    ['an edit inside another one', "at or inside 'b.c'", [set('b', 1n), set('b.c', 1n)]],
    ['an edit around another one', "at or inside 'b'", [set('b.c', 1n), set('b', 1n)]],
    ['an empty path', 'is empty', [{ path: [], delete: true }]],
  ])('is an error: %s', (_mistake, message, edits) => {
    expect(() => edited('a: x\nl: [1]\nm: {k: 1}\n', ...edits)).toThrow(message);
  });
});

it('one editor makes the text of every run, whatever paths and kinds of value the run sets', () => {
  const editor = new YamlEditor({ path: 'base.yaml', text: 'a: 1 # c\nb: 2\n' });
  expect(editor.edit([set('a', 2n)])).toBe('a: 2 # c\nb: 2\n');
  expect(editor.edit([set('a', ['x'])])).toBe('a: # c\n- x\nb: 2\n');
  expect(editor.edit([remove('a')])).toBe('b: 2\n');
  expect(editor.edit([set('b', 3n)])).toBe('a: 1 # c\nb: 3\n');
  expect(editor.edit([set('1', 3n)])).toBe("a: 1 # c\nb: 2\n'1': 3\n");
  const key = { kind: 'int', value: 1n } as const;
  expect(editor.edit([{ ...set('1', 3n), key }])).toBe('a: 1 # c\nb: 2\n1: 3\n');
  expect(editor.edit([])).toBe('a: 1 # c\nb: 2\n');
});
