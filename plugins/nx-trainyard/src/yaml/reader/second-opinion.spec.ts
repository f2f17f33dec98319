import fc from 'fast-check';
import { parse } from 'yaml';
import { toPlain } from '../value/plain';
import { Dict } from '../value/dict';
import { toYaml } from '../writer/to-yaml';
import type { YamlMap, YamlValue } from '../value/value';
import { str } from '../value/value';

/**
 * npm's yaml package under YAML 1.1 agrees with PyYAML except for words that look like numbers,
 * booleans or dates in one of them only, so texts here are words and phrases.
 */
const text = fc.stringMatching(/^[g-mo-x][g-x :#'"\\,[\]{}&*!|>%@`-]{0,90}$/);

const scalar: fc.Arbitrary<YamlValue> = fc.oneof(
  text.map((value) => str(value)),
  fc.integer().map((value) => ({ kind: 'int', value: BigInt(value) }) as const),
  fc.boolean().map((value) => ({ kind: 'bool', value }) as const),
  fc.constant({ kind: 'null' } as const),
  fc.integer({ min: -1000, max: 1000 }).map((n) => ({ kind: 'float', value: n / 8 }) as const),
);

const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }).map((items) => ({ kind: 'list', items }) as const),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map(mapOf),
  ),
}));

function mapOf(pairs: readonly (readonly [string, YamlValue])[]): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const [key, item] of pairs) entries.put(key, item);
  return { kind: 'map', entries };
}

test('another YAML library reads what is written here as the same values', () => {
  fc.assert(
    fc.property(value, (item) => {
      const config = mapOf([['k', item]]);
      expect(parse(toYaml(config), { version: '1.1' })).toEqual(toPlain(config));
    }),
    { numRuns: 500, seed: 1 },
  );
});
