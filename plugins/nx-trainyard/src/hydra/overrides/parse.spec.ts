import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import { parseOverride } from './parse';
import { pythonRepr } from '../../yaml/value/python-text';

function rejected(text: string): Diagnostic & { readonly underlined: string | undefined } {
  try {
    parseOverride(text);
  } catch (cause) {
    const found = cause instanceof DiagnosticError ? cause.diagnostics[0] : undefined;
    if (!found) throw cause;
    const { location } = found;
    return { ...found, underlined: location && text.slice(location.start, location.end) };
  }
  throw new Error(`${text} was not refused`);
}

describe('the key of an override', () => {
  it.each([
    ['k=1', 'CHANGE', 'k', undefined],
    ['+k=1', 'ADD', 'k', undefined],
    ['++k=1', 'FORCE_ADD', 'k', undefined],
    ['~k=1', 'DEL', 'k', undefined],
    ['~k', 'DEL', 'k', undefined],
    ['a.b-c.0=1', 'CHANGE', 'a.b-c.0', undefined],
    ['db/mysql=x', 'CHANGE', 'db/mysql', undefined],
    ['db@src.a=x', 'CHANGE', 'db', 'src.a'],
    ['db@=x', 'CHANGE', 'db', ''],
    ['$x=1', 'CHANGE', '$x', undefined],
    ['=1', 'CHANGE', '', undefined],
  ])('%s', (text, type, key, pkg) => {
    const override = parseOverride(text);
    expect([override.type, override.key, override.package]).toEqual([type, key, pkg]);
  });

  it.each([
    'k',
    '+k',
    'k =1',
    ' k=1',
    'a[0]=1',
    'a..b=1',
    'a.01=1',
    'a.b/c=1',
    '1=2',
    '+++k=1',
    '',
  ])('is not %j', (text) => {
    expect(rejected(text)).toMatchObject({ id: 'OverrideParseException', underlined: text });
  });
});

describe('the value of an override', () => {
  it.each([
    ['k=1_000', '1000'],
    ['k=01', "'01'"],
    ['k=1.', '1.0'],
    ['k=-.5e3', '-500.0'],
    ['k=-INF', '-inf'],
    ['k=nan', 'nan'],
    ['k=tRuE', 'True'],
    ['k=NULL', 'None'],
    ['k=None', "'None'"],
    ['k=yes', "'yes'"],
    ['k=', "''"],
    ['k=  x y  ', "'x y'"],
    ['k=null null', "'null null'"],
    ['k=s3://b/k-1:80', "'s3://b/k-1:80'"],
    ["k='a, b'", "'a, b'"],
    ['k="it\'s"', `"it's"`],
    ["k='it\\'s'", `"it's"`],
    ["k='a\\\\'", "'a\\\\'"],
    ["k='a\\b'", "'a\\\\b'"],
    ["k='1'", "'1'"],
    ['k=a\\,b\\ c\\\\', "'a,b c\\\\'"],
    ['k=${a.b}', "'${a.b}'"],
    ["k='${a.${b}}'", "'${a.${b}}'"],
    ['k=[]', '[]'],
    ['k=[1, a b ,[x]]', "[1, 'a b', ['x']]"],
    ['k={a: 1, b-c:{d:[]}, 1: x}', "{'a': 1, 'b-c': {'d': []}, 1: 'x'}"],
    ["k={a b:'q'}", "{'a b': 'q'}"],
  ])('%s is %s', (text, value) => {
    const parsed = parseOverride(text).value;
    expect(parsed && pythonRepr(parsed)).toBe(value);
  });

  it('is absent only where a deletion has none', () => {
    expect(parseOverride('~k').value).toBeUndefined();
    expect(parseOverride('~k=').value).toMatchObject({ kind: 'str', value: '' });
  });

  it('knows its place in the override', () => {
    const { value, source } = parseOverride('a=[1, two]');
    const item = value?.kind === 'list' ? value.items[1] : undefined;
    expect(item?.location && source.text.slice(item.location.start, item.location.end)).toBe('two');
  });

  it.each([
    ['k=a#b', '#'],
    ["k='a", "'"],
    ['k=a=b', '='],
    ['k=[1', '['],
    ['k=[,]', ','],
    ['k={a}', '}'],
    ["k={'a':1}", "'a'"],
    ["k='a' b", ' '],
    ['k=${a.${b}}', '}'],
    ['k=é', 'é'],
    ['k=int(1)', 'int'],
  ])('is not %j', (text, underlined) => {
    expect(rejected(text)).toMatchObject({ id: 'OverrideParseException', underlined });
  });

  it('is one value: several are a sweep, which has to be quoted or put in brackets', () => {
    expect(rejected('k=a,b')).toMatchObject({
      id: 'ConfigCompositionException',
      message: "Ambiguous value for argument 'k=a,b'",
      hint: "For a list, use k=[a,b]; for text, quote it: k='a,b'.",
      underlined: 'a,b',
    });
  });

  it('cannot exhaust the stack', () => {
    expect(rejected(`k=${'['.repeat(100_000)}`).message).toContain('Nested too deeply');
  });
});
