import * as fc from 'fast-check';
import { Dict } from '../../yaml/value/dict';
import type { YamlScalar, YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import { formatOverride } from './format';
import { parseOverride } from './parse';
import { pythonRepr } from '../../yaml/value/python-text';

function map(...entries: [YamlScalar, YamlValue][]): YamlValue {
  const dict = new Dict<YamlValue>();
  for (const [key, value] of entries) dict.set(key, value);
  return { kind: 'map', entries: dict };
}

const list = (...items: YamlValue[]): YamlValue => ({ kind: 'list', items });

describe('writing an override', () => {
  it.each<[YamlValue, string]>([
    [{ kind: 'int', value: -3n }, 'k=-3'],
    [{ kind: 'float', value: 1 }, 'k=1.0'],
    [{ kind: 'float', value: 1e-5 }, 'k=1e-05'],
    [{ kind: 'float', value: -Infinity }, 'k=-inf'],
    [{ kind: 'bool', value: true }, 'k=true'],
    [{ kind: 'null' }, 'k=null'],
    [str(''), 'k='],
    [str('a b/c:d'), 'k=a b/c:d'],
    [str('1'), "k='1'"],
    [str('true'), "k='true'"],
    [str('a,b'), "k='a,b'"],
    [str("it's"), 'k="it\'s"'],
    [str(`'"`), `k='\\'"'`],
    [str(' x'), "k=' x'"],
    [str('\t:x'), "k='\t:x'"],
    [str('a\\'), 'k=a\\'],
    [str('é'), "k='é'"],
    [str('${a.b}'), 'k=${a.b}'],
    [str('${a.${b}}'), "k='${a.${b}}'"],
    [list(str(''), str('a\\'), str('x y'), list()), "k=['','a\\\\',x y,[]]"],
    [map([str('a'), str('b:c')], [str('x y'), map()]), 'k={a:b:c,x y:{}}'],
    [map([str('a:b'), str('')], [{ kind: 'int', value: 1n }, str('1')]), "k={a\\:b:'',1:'1'}"],
  ])('%j is %s', (value, text) => {
    expect(formatOverride('k', value)).toBe(text);
  });

  it('keeps the key as it is given', () => {
    expect(formatOverride('++a.b', str('x'))).toBe('++a.b=x');
  });

  it('refuses keys that would need quotes, and bytes', () => {
    for (const key of ['1', 'null', '', 'é', "it's"]) {
      expect(() => formatOverride('k', map([str(key), str('')]))).toThrow('cannot hold the key');
    }
    expect(() => formatOverride('k', { kind: 'bytes', value: new Uint8Array() })).toThrow('bytes');
  });

  it('writes what reads back as the same value, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...`ab1.-_ \t\\'"{}[]():=,$%/#é\n`) }),
      fc.constantFrom('null', 'inf', '1e5', '${a}', 'a b', '-'),
    );
    const scalar: fc.Arbitrary<YamlValue> = fc.oneof(
      text.map((value) => str(value)),
      fc.bigInt().map((value) => ({ kind: 'int', value }) as const),
      fc.double().map((value) => ({ kind: 'float', value }) as const),
      fc.boolean().map((value) => ({ kind: 'bool', value }) as const),
      fc.constant<YamlValue>({ kind: 'null' }),
    );
    const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }).map((items) => list(...items)),
        fc
          .array(fc.tuple(fc.constantFrom('a', 'b c', 'x:y', '[', 'z\\'), tie('value')))
          .map((entries) =>
            map(...entries.map(([key, item]): [YamlScalar, YamlValue] => [str(key), item])),
          ),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        const read = parseOverride(formatOverride('k', written)).value;
        expect(read && pythonRepr(read)).toBe(pythonRepr(written));
      }),
      { seed: 7, numRuns: 1000 },
    );
  });
});
