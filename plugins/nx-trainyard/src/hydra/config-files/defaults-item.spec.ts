import { DiagnosticError, formatLocation } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import { readYaml } from '../../yaml/reader/read';
import type { YamlValue } from '../../yaml/value/value';
import type { DefaultsItem } from './defaults-item';
import { parseDefaults } from './defaults-item';

function items(text: string): DefaultsItem[] {
  const source = { path: 'config.yaml', text: `defaults: ${text}` };
  const root = readYaml(source);
  const entries: Dict<YamlValue> = root.kind === 'map' ? root.entries : new Dict();
  return parseDefaults(entries.at('defaults') ?? { kind: 'null' }, 'config', source);
}

function only(text: string): DefaultsItem | undefined {
  return items(`[${text}]`)[0];
}

function refusal(text: string): string {
  try {
    items(text);
  } catch (cause) {
    const [problem] = cause instanceof DiagnosticError ? cause.diagnostics : [];
    if (problem?.location)
      return `${formatLocation(problem.location)} ${problem.id}: ${problem.message}`;
    throw cause;
  }
  throw new Error('nothing was refused');
}

describe('an item of a defaults list', () => {
  it('is a path, with a package after @', () => {
    expect(only('/optim/adam')).toMatchObject({ kind: 'config', path: '/optim/adam' });
    expect(only('adam@optimizer')).toMatchObject({ path: 'adam', package: 'optimizer' });
  });

  it('is a group with its option, with several options, or with none', () => {
    expect(only('optim: adam')).toMatchObject({ kind: 'group', group: 'optim', choice: 'adam' });
    expect(only('{optim: [adam, sgd]}')).toMatchObject({ choice: ['adam', 'sgd'] });
    expect(only('optim: null')).toMatchObject({ choice: null });
  });

  it('may be optional and an override; other words before a group are passed over', () => {
    expect(only('optional override optim@o: x')).toMatchObject({
      optional: true,
      override: true,
      group: 'optim',
      package: 'o',
    });
    expect(only('any override optim: x')).toMatchObject({ override: false, group: 'optim' });
    expect(only('override optim')).toMatchObject({ kind: 'config', path: 'override optim' });
  });

  it('is _self_, where the content of the file itself stands', () => {
    expect(only('_self_')).toMatchObject({ kind: 'self' });
    expect(only('optim: _self_')).toMatchObject({ kind: 'self', group: { group: 'optim' } });
  });

  it('takes _here_ for the package of its parent, and nothing after a second colon', () => {
    expect(only('optim@_here_: x')).toMatchObject({ package: '' });
    expect(only('"optim@a:b": x')).toMatchObject({ package: 'a' });
  });
});

describe('a defaults list is refused, at the place,', () => {
  it.each([
    ['x', "ValueError: Invalid defaults list in 'config', defaults must be a list (got str)"],
    ['', "ValueError: Invalid defaults list in 'config', defaults must be a list (got NoneType)"],
    [
      '{a: b}',
      "ValueError: Invalid defaults list in 'config', defaults must be a list (got mapping)",
    ],
  ])('when it is no list: %j', (text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it.each([
    ['[a, 7]', '1:15', 'Unsupported type in defaults : int'],
    ['[null]', '1:12', 'Unsupported type in defaults : NoneType'],
    ['[[a]]', '1:12', 'Unsupported type in defaults : ListConfig'],
    ['[{}]', '1:12', 'In config: Missing group name in {}'],
    ['[{a: b, c: d}]', '1:12', "In config: Too many keys in default item {'a': 'b', 'c': 'd'}"],
    ['[a: 7]', '1:15', 'Unsupported item value in defaults : int. Supported: string or list'],
    [
      '[{a: [7]}]',
      '1:17',
      'Unsupported item value in defaults : int, nested list items must be strings',
    ],
    ['[_self_@a]', '1:12', '_self_@PACKAGE is not supported'],
    ['[{1: a}]', '1:13', 'In config: a group name must be a string'],
    ['[{"@m": a}]', '1:13', "In config: Missing group name in ''"],
  ])('for the item of %s', (text, location, message) => {
    expect(refusal(text)).toBe(`config.yaml:${location} ValueError: ${message}`);
  });
});
