import { readYaml } from '../../yaml/reader/read';
import type { YamlMap } from '../../yaml/value/value';
import { parseOverride } from '../../hydra/overrides/parse';
import { changeArguments } from './arguments';
import type { FrameworkName } from '../experiment/experiment';

function read(text: string): YamlMap {
  return readYaml({ path: 'config.yaml', text }) as YamlMap;
}

function args(base: string, merged: string, framework: FrameworkName): string[] {
  return changeArguments(read(base), read(merged), framework);
}

describe('torchtune is given', () => {
  it.each<[string, string, string, string[]]>([
    ['changed values', 'a: 1\nb: {c: 2}', 'a: 1\nb: {c: 3}', ['b.c=3']],
    ['new values and maps', 'a: 1', 'a: 1\nb: {c: {d: x, e: []}}', ['b.c.d=x', 'b.c.e=[]']],
    ['floats that PyYAML reads too', 'a: 1.0', 'a: 1e-5', ['a=1.0e-05']],
    ['texts that look like something else in quotes', 'a: x', "a: '5'", ["a='5'"]],
    ['None as a text in quotes', 'a: x', 'a: None', ["a='None'"]],
    ['no = in a value', 'a: x', 'a: [k=v, {p=: 1}]', ['a=["k\\x3dv", {"p\\x3d": 1}]']],
    ['one line', 'a: x', 'a: "p\\nq"', ['a="p\\nq"']],
    ['an empty text', 'a: x', 'a: ""', ["a=''"]],
    ['removals', 'a: 1\nb: {c: 1, d: 2}', 'b: {c: 1}', ['~a', '~b.d']],
    ['a list in the place of a map', 'a: {b: 1}', 'a: [1]', ['~a', 'a=[1]']],
    ['an empty map in the place of another', 'a: {b: 1}', 'a: {}', ['~a', 'a={}']],
    ['nothing in the place of a component', 'a: {_component_: x}', 'a: null', ['[a]=null']],
    [
      'a map for a key that no argument can name',
      'a: {b.c: 1}',
      'a: {b.c: 2, 3: x}',
      ['[a]={b.c: 2}', '[a]={3: x}'],
    ],
    [
      'a map around what it would make a text',
      'c: {max_filename: 1}',
      'c: {max_filename: 2}',
      ['[c]={max_filename: 2}'],
    ],
    [
      'that text where it is one',
      "c: {max_filename: '1'}",
      "c: {max_filename: '00002'}",
      ["c.max_filename='00002'"],
    ],
  ])('%s', (_what, base, merged, expected) => {
    expect(args(base, merged, 'torchtune')).toEqual(expected);
  });

  it.each([
    ['the removal of a component', 'a: {_component_: x}', '{}'],
    ['a list in the place of a component', 'a: {_component_: x}', 'a: [1]'],
    ['a key with a dot at the top', 'a: 1', 'a: 1\nb.c: 2'],
  ])('no %s', (_what, base, merged) => {
    expect(() => args(base, merged, 'torchtune')).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({
            id: 'UnwritableOverride',
            hint: expect.stringContaining('form: configs') as string,
          }),
        ],
      }),
    );
  });
});

describe('HyperPod is given', () => {
  it.each<[string, string, string, string[]]>([
    ['changed values below recipes', 'a: {b: 1}', 'a: {b: 2}', ['recipes.a.b=2']],
    ['new values with a plus', 'a: 1', 'a: 1\nb: {c: x}', ['+recipes.b.c=x']],
    ['removals', 'a: 1\nb: 2', 'b: 2', ['~recipes.a']],
    [
      'removals of what Hydra takes for missing',
      'a: null\nb: ???\nc: ${x}',
      '{}',
      ['recipes.a=0', '~recipes.a', 'recipes.b=0', '~recipes.b', 'recipes.c=0', '~recipes.c'],
    ],
    ['a list in the place of a map', 'a: {b: 1}', 'a: [1]', ['~recipes.a', '+recipes.a=[1]']],
    [
      'a map for a key that no argument can name',
      'a: {b c: 1}',
      'a: {b c: 2}',
      ['+recipes.a={b c:2}'],
    ],
    [
      'what changes below such a key',
      'a: {4: {b: 1, c: {d: 2}}}',
      'a: {4: {b: 1, c: {d: 3, e: null}}}',
      ['+recipes.a={4:{c:{d:3,e:null}}}'],
    ],
  ])('%s', (_what, base, merged, expected) => {
    expect(args(base, merged, 'hyperpod')).toEqual(expected);
  });

  it.each([
    "it's",
    'say "x"',
    'a,b',
    '1e-3',
    "'q'",
    '',
    ' lead',
    '[1]',
    '{a: 1}',
    'x=y',
    '$HOME',
    'a\\',
    'é',
    'null',
    'two\nlines',
  ])('exactly the text %j', (text) => {
    const merged = { kind: 'map', entries: read('a: x').entries.copy() } as const;
    merged.entries.put('a', { kind: 'str', value: text });
    const [override = ''] = changeArguments(read('a: x'), merged, 'hyperpod');
    expect(parseOverride(override).value).toMatchObject({ kind: 'str', value: text });
  });
});

it('generic programs are given key=value in YAML', () => {
  expect(args('a: {b: 1}\nc: 1', 'a: {b: x y}\nc: 2', 'generic')).toEqual(['a.b=x y', 'c=2']);
});

it.each([
  ['a key that goes', 'a: 1\nc: 1', 'a: 1'],
  ['a mapping in the place of a list', 'a: [1]', 'a: {b: 1}'],
])('generic programs are given nothing for %s: no two remove keys alike', (_what, base, merged) => {
  expect(() => args(base, merged, 'generic')).toThrow('a command-line argument cannot remove');
});
