import { Dict } from '../value/dict';
import { scalarToYaml, toYaml } from './to-yaml';
import type { YamlFloat, YamlInt, YamlList, YamlMap, YamlScalar, YamlValue } from '../value/value';
import { str } from '../value/value';

function map(...entries: readonly [YamlScalar | string, YamlValue | string][]): YamlMap {
  const dict = new Dict<YamlValue>();
  for (const [key, value] of entries) dict.set(toValue(key), toValue(value));
  return { kind: 'map', entries: dict };
}
function list(...items: readonly (YamlValue | string)[]): YamlList {
  return { kind: 'list', items: items.map(toValue) };
}
function toValue<T>(value: T | string): T | ReturnType<typeof str> {
  return typeof value === 'string' ? str(value) : value;
}
const int = (value: number | bigint): YamlInt => ({ kind: 'int', value: BigInt(value) });
const float = (value: number): YamlFloat => ({ kind: 'float', value });
const bool = (value: boolean): YamlScalar => ({ kind: 'bool', value });
const bytes = (text: string): YamlScalar => ({ kind: 'bytes', value: Buffer.from(text) });

const SENTENCE =
  'warmup steps are counted in optimizer steps and not in micro batches, as they are in torchtune';

describe('a string', () => {
  it.each([
    ['a word', 'word', 'word'],
    ['spaces inside', 'two words', 'two words'],
    ['an interpolation', '${model.name}', '${model.name}'],
    ['a path', 's3://bucket/a#b', 's3://bucket/a#b'],
    ['the missing marker', '???', '???'],
    ['letters of any script', '日本 é 😀', '日本 é 😀'],
    ['a word that only looks like a bool', 'tRUE', 'tRUE'],
    ['Python words', 'None', 'None'],
  ])('stays without quotes: %s', (_rule, text, expected) => {
    expect(toYaml(map(['k', text]))).toBe(`k: ${expected}\n`);
  });

  it.each([
    ['nothing', '', "''"],
    ['a bool', 'yes', "'yes'"],
    ['a bool of other YAML readers', 'y', "'y'"],
    ['null', 'null', "'null'"],
    ['an int', '0x10', "'0x10'"],
    ['base 60', '1:30', "'1:30'"],
    ['a float for Python alone', '1e5', "'1e5'"],
    ['a word that Python takes for a float', 'nan', "'nan'"],
    ['digits of another script', '١٢', "'١٢'"],
    ['a date', '2001-12-14', "'2001-12-14'"],
    ['a merge key', '<<', "'<<'"],
    ['the value key', '=', "'='"],
    ['a colon before a space', 'a: b', "'a: b'"],
    ['a colon at the end', 'a:', "'a:'"],
    ['a comment', 'a #b', "'a #b'"],
    ['an indicator at the start', '*x', "'*x'"],
    ['a dash alone', '-', "'-'"],
    ['a document marker', '---x', "'---x'"],
    ['spaces at the edge', ' a', "' a'"],
    ['a quote at the start', "'a", "'''a'"],
    ['lines', 'a\nb\n', "'a\n\n  b\n\n  '"],
  ])('is put into single quotes: %s', (_rule, text, expected) => {
    expect(toYaml(map(['k', text]))).toBe(`k: ${expected}\n`);
  });

  it.each([
    ['a tab', 'a\tb', '"a\\tb"'],
    ['a control character', '\x07\x01', '"\\a\\x01"'],
    ['a space before a line end', 'a \nb', '"a \\nb"'],
    ['a byte-order mark', '\ufeff"\\', '"\\uFEFF\\"\\\\"'],
    ['an emoji beside a tab', '😀\té', '"\\U0001F600\\té"'],
    ['half a surrogate pair', '\ud800', '"\\uD800"'],
    ['the last code point', '\u{10ffff}', '"\\U0010FFFF"'],
  ])('is put into double quotes: %s', (_rule, text, expected) => {
    expect(toYaml(map(['k', text]))).toBe(`k: ${expected}\n`);
  });
});

describe('a long string', () => {
  const head = 'warmup steps are counted in optimizer steps and not in micro batches, as';
  it.each([
    ['at the first space past column 80', SENTENCE, `${head} they are\n  in torchtune`],
    ['in single quotes', `it's: ${SENTENCE}`, `'it''s: ${head}\n  they are in torchtune'`],
    [
      'in double quotes, which need a backslash',
      `${SENTENCE}\t`,
      `"${head} they\\\n  \\ are in torchtune\\t"`,
    ],
    ['counted in code points', '😀 '.repeat(41) + 'x', `${'😀 '.repeat(39)}😀\n  😀 x`],
  ])('is folded %s', (_rule, text, expected) => {
    expect(toYaml(map(['k', text]))).toBe(`k: ${expected}\n`);
  });

  it('is folded two columns to the right of its key', () => {
    expect(toYaml(map(['a', map(['b', list(map(['c', SENTENCE]))])]))).toBe(
      `a:\n  b:\n  - c: ${head} they\n      are in torchtune\n`,
    );
  });

  it('is not folded where two spaces meet', () => {
    const text = SENTENCE.replaceAll(' ', '  ');
    expect(toYaml(map(['k', text]))).toBe(`k: ${text}\n`);
  });

  it('is not folded as a key', () => {
    expect(toYaml(map([SENTENCE, int(1)]))).toBe(`${SENTENCE}: 1\n`);
  });
});

describe('other scalars', () => {
  it.each<[string, YamlScalar, string]>([
    ['null', { kind: 'null' }, 'null'],
    ['a bool', bool(false), 'false'],
    ['a large int', int(2n ** 70n), '1180591620717411303424'],
    ['a whole float', float(1), '1.0'],
    ['a small float', float(1e-5), '1.0e-05'],
    ['bytes', bytes('hello'), '!!binary |\n  aGVsbG8='],
    ['no bytes', bytes(''), '!!binary ""'],
  ])('%s', (_rule, value, expected) => {
    expect(toYaml(map(['k', value]))).toBe(`k: ${expected}\n`);
  });
});

describe('containers', () => {
  it('put a dash at the column of the key, and the first entry beside its dash', () => {
    const nested = list(list(int(1), list(int(2))), map(['a', list(int(1))], ['b', map()]), list());
    expect(toYaml(map(['k', nested]))).toBe('k:\n- - 1\n  - - 2\n- a:\n  - 1\n  b: {}\n- []\n');
  });

  it('may be empty', () => {
    expect([toYaml(map()), toYaml(list())]).toEqual(['{}\n', '[]\n']);
  });

  it('introduce an empty, long or many-line key with a question mark', () => {
    const long = 'x'.repeat(123);
    expect(toYaml(map(['', map(['x', int(1)])], ['a\nb', list(int(1))], [long, map()]))).toBe(
      `? ''\n: x: 1\n? 'a\n\n  b'\n: - 1\n? ${long}\n: {}\n`,
    );
    expect(toYaml(map([long.slice(1), map()]))).toBe(`${long.slice(1)}: {}\n`);
  });
});

describe('sorted keys', () => {
  const sorted = (value: YamlMap): string => toYaml(value, { sortKeys: true });

  it('order numbers of all types by value', () => {
    const one = int(1);
    expect(sorted(map([int(10), one], [int(9), one], [float(1.5), one], [bool(true), one]))).toBe(
      'true: 1\n1.5: 1\n9: 1\n10: 1\n',
    );
  });

  it('order strings by code point', () => {
    expect(sorted(map(['😀', 'w'], ['\uffee', 'x'], ['a', 'z'], ['B', 'y'], ['', '']))).toBe(
      "? ''\n: ''\nB: 'y'\na: z\n\uffee: x\n😀: w\n",
    );
  });

  it('keep the order where Python cannot compare, but sort inside', () => {
    expect(sorted(map(['b', int(1)], [int(2), int(1)], ['a', map(['z', 'p'], ['x', 'q'])]))).toBe(
      'b: 1\n2: 1\na:\n  x: q\n  z: p\n',
    );
  });
});

describe('scalarToYaml', () => {
  it('folds as to_yaml does at that place', () => {
    expect(scalarToYaml(str('one two'), { column: 78, indent: 4 })).toBe('one\n    two');
  });

  it('folds nothing when the width is infinite', () => {
    expect(scalarToYaml(str(SENTENCE), { column: 3, indent: 2, width: Infinity })).toBe(SENTENCE);
  });

  it('keeps a key on one line', () => {
    const at = { column: 0, indent: 2, key: true };
    expect(scalarToYaml(str('a\nb'), at)).toBe('"a\\nb"');
    expect(scalarToYaml(str(SENTENCE), at)).toBe(SENTENCE);
  });
});
