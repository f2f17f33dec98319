import { GENERIC, TemporarySweep } from '../../../../testing/temporary-sweep';
import { identical } from '../../../yaml/value/identical';
import { readYaml } from '../../../yaml/reader/read';
import { formatValue } from '../../../yaml/writer/format-value';

function sweep(rest: string, base: string): TemporarySweep {
  return new TemporarySweep(GENERIC + rest, { 'base.yaml': base });
}

/** The configs of a sweep that was generated, in order. */
function texts(rest: string, base: string): string[] {
  const generated = sweep(rest, base);
  generated.generate();
  return Object.entries(generated.texts())
    .filter(([name]) => /^run_\d+/.test(name))
    .map(([, text]) => text);
}

describe('runs that are made together come out as each would alone', () => {
  it('a value that the base has keeps the base’s spelling in this run only', () => {
    expect(texts('variables: {n: [16, 8, 16]}\n', 'n: 0x10 # hex\n')).toEqual([
      'n: 0x10 # hex\n',
      'n: 8 # hex\n',
      'n: 0x10 # hex\n',
    ]);
  });

  it('one value may stand at two places', () => {
    expect(texts('variables: {a: [&x 5, 6], b: [*x, 7]}\n', 'a: 1\nb: 2\n')).toEqual([
      'a: 5\nb: 5\n',
      'a: 5\nb: 7\n',
      'a: 6\nb: 5\n',
      'a: 6\nb: 7\n',
    ]);
  });

  it('explicit rows set what they set, and nothing else of the grid', () => {
    const rest = 'variables: {a: [1, 2]}\nsweep: {runs: [{a: 3, b.c: 4}, {a: 5, b: {c: 6}}]}\n';
    expect(texts(rest, 'a: 0\nb: {c: 0}\n')).toEqual([
      'a: 1\nb: {c: 0}\n',
      'a: 2\nb: {c: 0}\n',
      'a: 3\nb: {c: 4}\n',
      'a: 5\nb: {c: 6}\n',
    ]);
  });

  it('values of other kinds, of several lines, and none', () => {
    const rest = 'variables: {a: [1, 2.5, null, 0x10, "x\\ny\\n", {k: 1}, [1, 2], [3]]}\n';
    const made = texts(rest, 'a: null # why\nb: 1\n');
    expect(made.map((text) => formatValue(readYaml({ path: '', text })))).toEqual([
      '{a: 1, b: 1}',
      '{a: 2.5, b: 1}',
      '{a: null, b: 1}',
      '{a: 16, b: 1}',
      '{a: x\ny\n, b: 1}',
      '{a: {k: 1}, b: 1}',
      '{a: [1, 2], b: 1}',
      '{a: [3], b: 1}',
    ]);
  });

  it('texts with line ends that few know', () => {
    const rest = 'variables: {a: ["x\\Ny", "x\\Ly z", "p\\Pq"]}\n';
    const generated = sweep(rest, 'a: b\n');
    generated.generate();
    expect(generated.read('configs/run_000.yaml')).toBe('a: "x\\Ny"\n');
    expect(
      formatValue(readYaml({ path: '', text: generated.read('configs/run_mapping.yaml') })),
    ).toBe(
      '{run_000: {variables: {a: x\x85y}}, run_001: {variables: {a: x\u2028y z}}, run_002: {variables: {a: p\u2029q}}}',
    );
  });

  it('however many mappings a sweep combines', () => {
    const values = (key: string) =>
      Array.from({ length: 40 }, (_, index) => `{${key}: ${index}}`).join(', ');
    const plan = sweep(
      `variables: {a: [${values('x')}], b: [${values('y')}]}\n`,
      'a: {x: 0, z: 1}\nb: {y: 0}\n',
    ).plan();
    let index = 0;
    for (const { config } of plan.runs()) {
      const [x, y] = [Math.floor(index / 40), index % 40];
      const text = `a: {x: ${x}, z: 1}\nb: {y: ${y}}\n`;
      expect(identical(config, readYaml({ path: '', text }))).toBe(true);
      index += 1;
    }
    expect(index).toBe(1600);
  });
});
