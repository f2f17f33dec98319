import { boolFromYaml, floatFromYaml, impliedTag, intFromYaml, omegaConfTag } from './implied-type';

describe('the type of a plain scalar', () => {
  it.each([
    ['', 'null'],
    ['~', 'null'],
    ['Null', 'null'],
    ['nULL', 'str'],
    ['None', 'str'],
    ['yes', 'bool'],
    ['OFF', 'bool'],
    ['tRUE', 'str'],
    ['y', 'str'],
    ['N', 'str'],
    ['-0', 'int'],
    ['0777', 'int'],
    ['08', 'str'],
    ['0o17', 'str'],
    ['0b101', 'int'],
    ['0x', 'str'],
    ['100_000', 'int'],
    ['_1', 'str'],
    ['1:30', 'int'],
    ['0:30', 'str'],
    ['1:60', 'str'],
    ['1.5', 'float'],
    ['1.', 'float'],
    ['-.5', 'str'],
    ['.5_0', 'float'],
    ['.', 'str'],
    ['1:30.5', 'float'],
    ['-.INF', 'float'],
    ['-.nan', 'str'],
    ['nan', 'str'],
    ['<<', 'merge'],
    ['=', 'value'],
    ['---', 'str'],
    ['7b-instruct', 'str'],
  ])('%j is %s for PyYAML and OmegaConf', (text, tag) => {
    expect([impliedTag(text), omegaConfTag(text)]).toEqual([tag, tag]);
  });

  it.each([
    ['1e5', 'str', 'float'],
    ['1_0e5', 'str', 'float'],
    ['1_e5', 'str', 'str'],
    ['1.5e3', 'str', 'float'],
    ['1.5e+3', 'float', 'float'],
    ['.5e3', 'str', 'str'],
    ['2001-12-14', 'timestamp', 'str'],
    ['2001-1-1', 'str', 'str'],
    ['2001-1-1 1:01:01.5 +05:30', 'timestamp', 'str'],
  ])('%j is %s for PyYAML, but %s for OmegaConf', (text, pyyaml, omegaConf) => {
    expect([impliedTag(text), omegaConfTag(text)]).toEqual([pyyaml, omegaConf]);
  });
});

describe('intFromYaml', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['+12', 12n],
    ['0777', 511n],
    ['0_7', 7n],
    ['-0b1_01', -5n],
    ['0x_1F', 31n],
    ['1_000_', 1000n],
    ['190:20:30', 685230n],
    ['-1:30', -90n],
    ['123456789012345678901234567890', 123456789012345678901234567890n],
  ])('reads %s as %s', (text, value) => {
    expect(intFromYaml(text)).toBe(value);
  });

  it.each([
    ['0x_', "invalid literal for int() with base 16: ''"],
    ['-0b_', "invalid literal for int() with base 2: ''"],
  ])('refuses %s as Python does', (text, message) => {
    expect(() => intFromYaml(text)).toThrow(new Error(message));
  });
});

describe('floatFromYaml', () => {
  it.each([
    ['1e-5', 0.00001],
    ['1_000.5', 1000.5],
    ['-0.0', -0],
    ['.5', 0.5],
    ['1E3', 1000],
    ['1e999', Infinity],
    ['-.Inf', -Infinity],
    ['.NaN', NaN],
    ['-1:30.5', -90.5],
    ['190:20:30.15', 685230.15],
  ])('reads %s as %d', (text, value) => {
    expect(floatFromYaml(text)).toBe(value);
  });

  it('refuses what is no number as Python does', () => {
    expect(() => floatFromYaml('1.5x')).toThrow("could not convert string to float: '1.5x'");
  });
});

describe('boolFromYaml', () => {
  it('knows the words of YAML 1.1 in any case', () => {
    expect(['yes', 'On', 'TRUE', 'tRUE'].map(boolFromYaml)).toEqual([true, true, true, true]);
    expect(['no', 'Off', 'FALSE'].map(boolFromYaml)).toEqual([false, false, false]);
  });

  it('refuses other words', () => {
    expect(() => boolFromYaml('maybe')).toThrow("not a bool: 'maybe'");
  });
});
