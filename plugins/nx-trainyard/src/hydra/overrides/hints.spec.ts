import { DiagnosticError } from '../../diagnostics';
import { readYaml } from '../../yaml/reader/read';
import type { ConfigMap } from '../config/config';
import { createConfig } from '../config/config';
import { applyValueOverride } from '../apply-override';
import { parseOverride } from './parse';

const CONFIG = `trainer: {steps: 1, nothing: null}
nothing: null
1: one
a.b: dotted
names: {x.y: 1, 2: two}
list: [1, 2]
`;

/** Applies overrides one after the other; the hint of the first that is refused. */
function hintOf(...overrides: string[]): string | undefined {
  const config = createConfig(readYaml({ path: 'config.yaml', text: CONFIG })) as ConfigMap;
  try {
    for (const text of overrides) applyValueOverride(config, parseOverride(text), { env: {} });
    return undefined;
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return cause.diagnostics[0]?.hint ?? 'none';
  }
}

describe('what null holds can be deleted as the hint has it', () => {
  it.each(['nothing', 'trainer.nothing'])('%s', (key) => {
    const hint = hintOf(`~${key}`) ?? '';
    expect(hint).toBe(
      `Hydra treats a null value as missing here. Write '${key}=0' before '~${key}'.`,
    );
    const quoted = [...hint.matchAll(/'([^']+)'/g)].map(([, text = '']) => text);
    expect(hintOf(...quoted)).toBeUndefined();
  });
});

describe('a key that no override reaches is never suggested to the one who wrote it', () => {
  it.each(['names.2=x', '~names.2'])('%s is a number', (override) => {
    expect(hintOf(override)).toMatch(
      /^'\d' is a key of type int, but overrides can refer only to string keys\. Put it in quotes where it is defined\.$/,
    );
  });

  it.each(['a.b=x', '~a.b', 'names.x.y=3'])('%s has dots in its name', (override) => {
    expect(hintOf(override)).toMatch(
      /^'\w\.\w' is one name with dots in it, which an override reads as nested keys\. Set it in a file, or rename it\.$/,
    );
  });

  it.each(['trainer.step=1', '~trainer.step'])(
    '%s has a neighbour that can be written',
    (override) => {
      const hint = hintOf(override) ?? '';
      expect(hint).toBe("Did you mean 'trainer.steps'?");
      expect(hintOf(override.replace('trainer.step', 'trainer.steps'))).toBeUndefined();
    },
  );
});

it.each(['list=8,16', 'trainer.steps=a,b'])(
  '%s is written in one of the two ways that are shown',
  (override) => {
    const hint = hintOfParsing(override);
    const [, list = '', text = ''] = /use (\S+); for text, quote it: (\S+)\.$/.exec(hint) ?? [];
    expect([list, text].map((way) => hintOf(way))).toEqual([undefined, undefined]);
  },
);

function hintOfParsing(override: string): string {
  try {
    parseOverride(override);
    return '';
  } catch (cause) {
    return cause instanceof DiagnosticError ? (cause.diagnostics[0]?.hint ?? '') : '';
  }
}
