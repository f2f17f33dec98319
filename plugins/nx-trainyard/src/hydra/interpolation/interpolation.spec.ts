import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError, renderDiagnostic } from '../../diagnostics';
import { str } from '../../yaml/value/value';
import type { ConfigMap } from '../config/config';
import { isConfigContainer } from '../config/config';
import type { ResolveContext, Resolver } from './interpolation';
import { resolve, resolveContainer, select, tryResolve } from './interpolation';
import { pythonRepr } from '../../yaml/value/python-text';
import { load } from '../../../testing/config-text';
import { problem } from '../../../testing/problem';

const context: ResolveContext = { env: {} };

/** The value of `t`, as Python writes it. */
function valueOf(text: string): string {
  const value = resolveContainer(load(text), context) as ConfigMap;
  const t = value.entries.at('t');
  return t ? pythonRepr(t) : 'no t';
}

function rejected(text: string): Diagnostic {
  return problem(() => resolveContainer(load(text), context));
}

describe('an interpolation of another value', () => {
  it.each([
    ['is that value with its type', 't: ${a}\na: 1.0', '1.0'],
    [
      'may be a container, whose own interpolations are resolved where they stand',
      't: ${d}\nx: 9\nd: {x: 1, y: "${.x}", z: "${x}"}',
      "{'x': 1, 'y': 1, 'z': 9}",
    ],
    ['reaches into mappings and lists', 't: ${d.l[1].x}\nd: {l: [0, {x: 7}]}', '7'],
    ['takes an index with a dot', 't: ${l.0}\nl: [5]', '5'],
    ['takes keys in brackets', 't: ${[d][x y]}\nd: {x: 1}', undefined],
    ['starts at its own container after one dot', 't: {a: "${.b}", b: 1}', "{'a': 1, 'b': 1}"],
    [
      'starts one container further up after two',
      'b: 2\nt: {a: "${..b}", b: 1}',
      "{'a': 2, 'b': 1}",
    ],
    ['counts a list as a container', 'b: 2\nt: ["${..b}"]', '[2]'],
    ['follows interpolations on the way', 't: ${r.x}\nr: ${d}\nd: {x: 3}', '3'],
    ['may have its key in another value', 't: ${d.${k}}\nk: x\nd: {x: 4}', '4'],
    ['ignores spaces inside the braces', 't: ${ a }\na: 1', '1'],
  ])('%s', (_, text, expected) => {
    if (expected === undefined) expect(() => load(text)).toThrow(DiagnosticError);
    else expect(valueOf(text)).toBe(expected);
  });

  it('is text as soon as anything stands beside it', () => {
    expect(valueOf('t: "${a}-${b}-${c}-${d}"\na: 1.0\nb: null\nc: true\nd: [x, 1e-5]')).toBe(
      `"1.0-None-True-['x', 1e-05]"`,
    );
  });

  it('shows inner interpolations of a container in text as they are written', () => {
    expect(valueOf('t: "=${d}"\nd: {x: "${.y}", y: 1}')).toBe(`"={'x': '\${.y}', 'y': 1}"`);
  });

  it('is escaped by a backslash, and the backslash by another', () => {
    expect(valueOf("t: 'a\\${x}'\n")).toBe("'a${x}'");
    expect(valueOf("t: 'a\\\\${x}'\nx: 1\n")).toBe("'a\\\\1'");
    expect(valueOf("t: 'C:\\dir${x}'\nx: 1\n")).toBe("'C:\\\\dir1'");
  });
});

describe('an interpolation that cannot be resolved', () => {
  it('names a key that was not found, and the nearest one', () => {
    const found = rejected('opt: {lr: 1}\nt: ${opt.lt}\n');
    expect(found.id).toBe('InterpolationKeyError');
    expect(found.message).toBe("Interpolation key 'opt.lt' not found\n    full_key: t");
    expect(found.hint).toBe("Did you mean 'opt.lr'?");
  });

  it('says where else a key of that name exists', () => {
    expect(rejected('optimizer: {learning_rate: 1}\nt: ${learning_rate}').hint).toBe(
      "It exists as 'optimizer.learning_rate'.",
    );
  });

  it('says that a key of another type cannot be reached', () => {
    expect(rejected('d: {1: x}\nt: ${d.1}').hint).toContain('of type int');
  });

  it('underlines the interpolation, and the value that needs it', () => {
    const text = 'a: {b: "x ${c} y"}\nc: ${nope}\n';
    const shown = renderDiagnostic(rejected(text));
    expect(shown).toContain('config.yaml:2:4');
    expect(shown).toContain('2 | c: ${nope}\n  |    ^^^^^^^');
    expect(shown).toContain("config.yaml:1:8: needed by 'a.b'");
  });

  it.each([
    [
      't: ${m}\nm: ???',
      'InterpolationToMissingValueError',
      'MissingMandatoryValue while resolving interpolation: Missing mandatory value: m',
    ],
    [
      't: ${m.x}\nm: ???',
      'InterpolationToMissingValueError',
      'MissingMandatoryValue while resolving interpolation: Missing mandatory value: m',
    ],
    [
      't: ${a.x}\na: 1',
      'InterpolationResolutionError',
      'ConfigTypeError raised while resolving interpolation: Error trying to access a.x: node `a` is not a container and thus cannot contain `x`',
    ],
    [
      't: ${l.x}\nl: [1]',
      'InterpolationResolutionError',
      "TypeError raised while resolving interpolation: Index 'x' (str) is not an int",
    ],
    ['t: ${l[-1]}\nl: [1]', 'InterpolationKeyError', "Interpolation key 'l[-1]' not found"],
    [
      't: ${a}\na: ${b}\nb: ${a}',
      'InterpolationResolutionError',
      'Recursive interpolation detected',
    ],
    ['t: {x: "${t}"}', 'InterpolationResolutionError', 'Interpolation to parent node detected'],
    [
      't: ${...a}',
      'InterpolationKeyError',
      "ConfigKeyError while resolving interpolation: Error resolving key '...a'",
    ],
    ['t: ${f:1}', 'UnsupportedInterpolationType', 'Unsupported interpolation type f'],
    [
      't: ${d.${i}}\ni: 1\nd: {}',
      'InterpolationResolutionError',
      "The following interpolation is used to denote a config key and thus should return a string, but instead returned `1` of type `<class 'int'>`: ${i}",
    ],
    [
      't: ${${i}:x}\ni: 1',
      'InterpolationResolutionError',
      "The name of a resolver must be a string, but the interpolation ${i} resolved to `1` which is of type <class 'int'>",
    ],
    ['t: "${a \\n}"\na: 1', 'GrammarParseError', "Unexpected ' ' in '${a \n}'"],
  ])('%j is %s', (text, id, firstLines) => {
    const found = rejected(text);
    expect(found.id).toBe(id);
    expect(found.message).toContain(firstLines);
  });

  it('is given up on when it makes new configs without end', () => {
    expect(rejected(`t: '\${oc.create:"{b: ''\\\${oc.select:t}''}"}'`).message).toContain(
      'Recursive',
    );
    expect(rejected('t: {x: "${oc.select:t}"}').message).toContain('Recursive');
  });
});

describe('resolving one node', () => {
  it('gives scalars back as they are, and containers unresolved', () => {
    const config = load('a: 1\nd: {x: "${a}"}\nr: ${d}');
    const value = resolve(config.entries.at('r') ?? str(''), config, context);
    expect(value).toBe(config.entries.at('d'));
    expect(resolve(str('x'), config, context)).toEqual(str('x'));
  });

  it('can be tried: what cannot be resolved is undefined', () => {
    const config = load('a: 1');
    expect(tryResolve(str('${b}'), config, context)).toBeUndefined();
    expect(tryResolve(str('${a}'), config, context)?.kind).toBe('int');
  });

  it('calls the resolvers that the context adds', () => {
    const shout: Resolver = ([value]) => str(`${value?.kind === 'str' ? value.value : ''}!`);
    const resolvers = new Map([['shout', shout]]);
    expect(resolve(str('${shout:hi}'), load('{}'), { ...context, resolvers })).toEqual(str('hi!'));
  });

  it('warns of elements that were left out', () => {
    const warnings: Diagnostic[] = [];
    const config = load('a: ${oc.select:nope,[x,,y]}');
    resolveContainer(config, { ...context, warn: (warning) => warnings.push(warning) });
    expect(warnings.map(({ id }) => id)).toEqual(['MissingElement']);
  });
});

describe('selecting a key', () => {
  const config = load('d: {x: 1, n: null, m: "???", l: [a]}\nr: ${d}\nbad: ${nope}');

  it('finds values, also through interpolations', () => {
    expect(select(config, 'd.x', context)).toMatchObject({ kind: 'int', value: 1n });
    expect(select(config, 'r.l[0]', context)).toMatchObject({ value: 'a' });
    expect(select(config, 'd.n', context)?.kind).toBe('null');
    expect(select(config, '', context)).toBe(config);
  });

  it('is undefined for what is absent, missing, or below a scalar', () => {
    for (const key of ['nope', 'd.m', 'd.x.y', 'd.l[5]']) {
      expect(select(config, key, context)).toBeUndefined();
    }
  });

  it('starts above with two dots', () => {
    const inner = config.entries.at('d');
    if (!inner || !isConfigContainer(inner)) throw new Error('d is a mapping');
    expect(select(inner, '..d.x', context)).toMatchObject({ value: 1n });
    expect(problem(() => select(inner, '....x', context)).id).toBe('ConfigKeyError');
  });

  it('refuses ??? on request, a word as an index, and broken interpolations', () => {
    expect(problem(() => select(config, 'd.m', context, 'throw'))).toMatchObject({
      id: 'MissingMandatoryValue',
      message: 'Missing mandatory value: d.m',
    });
    expect(problem(() => select(config, 'd.l.x', context)).id).toBe('ConfigTypeError');
    expect(problem(() => select(config, 'bad', context)).id).toBe('InterpolationKeyError');
  });
});
