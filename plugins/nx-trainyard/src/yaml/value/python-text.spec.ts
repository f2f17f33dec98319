import { readYaml } from '../reader/read';
import type { YamlValue } from './value';
import { str } from './value';
import { createConfig } from '../../hydra/config/config';
import { pythonRepr, pythonStr } from './python-text';
import { className } from '../../hydra/config/class-name';

function value(text: string): YamlValue {
  return readYaml({ path: 'config.yaml', text });
}

describe('the text of a value in Python', () => {
  it.each([
    ['null', 'None'],
    ['true', 'True'],
    ['1', '1'],
    ['1.0', '1.0'],
    ['1e-5', '1e-05'],
    ['1e16', '1e+16'],
    ['-.inf', '-inf'],
    ['word', 'word'],
    ['[1, two, null]', "[1, 'two', None]"],
    ['{a: [], 2: {}, true: x}', "{'a': [], 2: {}, True: 'x'}"],
    ['a: ${b}', "{'a': '${b}'}"],
    ['!!binary YSf/', 'b"a\'\\xff"'],
  ])('of %s is %s', (yaml, text) => {
    expect(pythonStr(value(yaml))).toBe(text);
  });

  it.each([
    ['plain', "'plain'"],
    ["it's", `"it's"`],
    [`'"`, `'\\'"'`],
    ['a\\b', "'a\\\\b'"],
    ['\t\n\r', "'\\t\\n\\r'"],
    ['\x00\x7f\xa0', "'\\x00\\x7f\\xa0'"],
    ['é日😀', "'é日😀'"],
    ['\u200b\u2028', "'\\u200b\\u2028'"],
    ['\u{e0001}', "'\\U000e0001'"],
  ])('quotes and escapes strings inside containers: %j is %s', (text, repr) => {
    expect(pythonRepr(str(text))).toBe(repr);
  });
});

describe('the class of a value in Python', () => {
  it('tells the containers of a config from plain ones', () => {
    expect(className(createConfig(value('{}')))).toBe('DictConfig');
    expect(className(createConfig(value('[]')))).toBe('ListConfig');
    expect([value('{}'), value('[]'), value('x'), value('null')].map(className)).toEqual([
      'dict',
      'list',
      'str',
      'NoneType',
    ]);
  });
});
