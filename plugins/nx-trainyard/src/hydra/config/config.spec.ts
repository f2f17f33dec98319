import { DiagnosticError } from '../../diagnostics';
import { readYaml } from '../../yaml/reader/read';
import type { ConfigList, ConfigMap } from './config';
import { copyNode, createConfig, createNode, isInterpolation, isMissing } from './config';
import { pythonRepr } from '../../yaml/value/python-text';
import { str } from '../../yaml/value/value';

function load(text: string) {
  return createConfig(readYaml({ path: 'config.yaml', text }));
}

function problems(text: string) {
  try {
    load(text);
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics;
    throw cause;
  }
  return [];
}

function underlined(text: string): (string | undefined)[] {
  return problems(text).map(({ location }) => location && text.slice(location.start, location.end));
}

describe('a config', () => {
  it('keeps the order and the types of keys and values', () => {
    expect(pythonRepr(load('b: 1.0\n1: [a, true]\na: null\n'))).toBe(
      "{'b': 1.0, 1: ['a', True], 'a': None}",
    );
  });

  it('makes separate copies of an aliased value', () => {
    const config = load('a: &x {k: 1}\nb: *x\n') as ConfigMap;
    const [a, b] = [config.entries.at('a'), config.entries.at('b')];
    expect(a).not.toBe(b);
    expect(pythonRepr(config)).toBe("{'a': {'k': 1}, 'b': {'k': 1}}");
  });

  it('links every container to the one around it', () => {
    const config = load('a: [{}]') as ConfigMap;
    const list = config.entries.at('a') as ConfigList;
    expect(list.parent).toBe(config);
    expect((list.items[0] as ConfigMap).parent).toBe(list);
    expect(config.parent).toBeUndefined();
  });

  it('remembers where scalars were written', () => {
    const node = (load('a: word') as ConfigMap).entries.at('a');
    expect([node?.location?.start, node?.location?.end]).toEqual([3, 7]);
  });

  it('is empty when made from null, and reads a string as YAML', () => {
    expect(pythonRepr(createConfig({ kind: 'null' }))).toBe('{}');
    expect(pythonRepr(createConfig(str('a: [1]')))).toBe("{'a': [1]}");
    expect(pythonRepr(createConfig(str('word')))).toBe("{'word': None}");
  });

  it('is not made from a number', () => {
    expect(() => createConfig({ kind: 'int', value: 1n })).toThrow(
      "Object of unsupported type: 'int'",
    );
  });

  it('refuses null as a key and malformed interpolations, all of them at once', () => {
    const text = 'a:\n  null: 1\nb: ["x ${y"]\nc: ok\nd: ${e f}\n';
    expect(problems(text).map(({ id }) => id)).toEqual([
      'KeyValidationError',
      'GrammarParseError',
      'GrammarParseError',
    ]);
    expect(underlined(text)).toEqual(['null', '${', ' ']);
  });

  it('underlines the whole string where escapes hide the place in it', () => {
    expect(underlined('a: "\\t${"')).toEqual(['"\\t${"']);
  });

  it('lets pass what OmegaConf finds out only when it resolves', () => {
    expect(problems('a: "${b \\n}"\nb: "${:c}"\n')).toEqual([]);
  });
});

describe('a node', () => {
  it('may be a scalar', () => {
    expect(createNode(str('x'))).toEqual(str('x'));
  });

  it('is missing only if it is exactly ???', () => {
    expect([str('???'), str('????'), str('')].map(isMissing)).toEqual([true, false, false]);
  });

  it('is an interpolation if it contains ${, escaped or not', () => {
    expect([str('${a}'), str('\\${a}'), str('$a'), str('{a}')].map(isInterpolation)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is copied with everything in it, for another parent', () => {
    const source = load('a: {b: [1]}') as ConfigMap;
    const target = load('{}');
    const copy = copyNode(source, target) as ConfigMap;
    (copy.entries.at('a') as ConfigMap).entries.put('new', str('x'));
    expect(copy.parent).toBe(target);
    expect(pythonRepr(source)).toBe("{'a': {'b': [1]}}");
  });
});
