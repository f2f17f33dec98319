import { assert, array, integer, property, record, uniqueArray } from 'fast-check';
import { HEAD, experiment } from '../../../../testing/experiment-text';
import type { Row } from '../../experiment/experiment';
import { Rows, countRows, runId } from './rows';
import { formatValue } from '../../../yaml/writer/format-value';

/** A row as `a=1 b=2 | outside | seed`. */
function shown({ variables, outside, repeat }: Row): string {
  const texts = [variables, outside].map((settings) =>
    settings.map(({ key, value }) => `${key.name}=${formatValue(value)}`).join(' '),
  );
  if (repeat) texts.push(`${repeat.number}:${repeat.seed.value}`);
  return texts.join(' | ').replace(/( \| )+$/, '');
}

function sweep(text: string): string[] {
  const read = experiment(HEAD + text);
  const all = [...new Rows(read)];
  expect(all.map(({ index }) => index)).toEqual(all.map((_, index) => index));
  expect(countRows(read)).toBe(all.length);
  return all.map(shown);
}

describe('the rows of a sweep', () => {
  it('are all combinations, the first variable slowest', () => {
    expect(sweep('variables: {b: [1, 2], a: [x, y]}\n')).toEqual([
      'b=1 a=x',
      'b=1 a=y',
      'b=2 a=x',
      'b=2 a=y',
    ]);
  });

  it('have zip groups after the variables, and outside after those', () => {
    const text =
      'outside: {o: [p, q]}\nsweep: {zip: [{z: [1, 2], w: [3, 4]}]}\nvariables: {v: [0]}\n';
    expect(sweep(text)).toEqual([
      'v=0 z=1 w=3 | o=p',
      'v=0 z=1 w=3 | o=q',
      'v=0 z=2 w=4 | o=p',
      'v=0 z=2 w=4 | o=q',
    ]);
  });

  it('are one where nothing varies', () => {
    expect(sweep('')).toEqual(['']);
    expect(sweep('variables: {}\n')).toEqual(['']);
  });

  it('lack those that an exclusion matches; a list means any of its values', () => {
    const text =
      'variables: {a: [1, 2, 3], b: [x, y]}\nsweep: {exclude: [{a: [1, 3], b: y}, {a: 2.0, b: x}]}\n';
    expect(sweep(text)).toEqual(['a=1 b=x', 'a=2 b=y', 'a=3 b=x']);
  });

  it('are excluded for all their values together, in a zip group too', () => {
    const text = 'sweep: {zip: [{a: [1, 2, 3], b: [1, 1, 2]}], exclude: [{a: [2, 3], b: 1}]}\n';
    expect(sweep(text)).toEqual(['a=1 b=1', 'a=3 b=2']);
  });

  it('may all be excluded', () => {
    expect(sweep('variables: {a: [1]}\nsweep: {exclude: [{a: 1}]}\n')).toEqual([]);
  });

  it('end with the explicit ones, which no exclusion or sample touches', () => {
    const text =
      'variables: {a: [1, 2]}\noutside: {o: [p]}\nsweep: {exclude: [{a: 1}], sample: {n: 1, seed: 0}, runs: [{a: 1}, {lr: 0.1, o: q}, {}]}\n';
    expect(sweep(text)).toEqual(['a=2 | o=p', 'a=1', 'lr=0.1 | o=q', '']);
  });

  it('are only the explicit ones where nothing varies', () => {
    expect(sweep('sweep: {runs: [{a: 1}, {b: 2}]}\n')).toEqual(['a=1', 'b=2']);
  });

  it('run once per seed, the seeds fastest, the explicit ones too', () => {
    const text = 'variables: {a: [1, 2]}\nsweep: {runs: [{a: 3}], repeats: {seeds: [7, 5]}}\n';
    expect(sweep(text)).toEqual([
      'a=1 |  | 0:7',
      'a=1 |  | 1:5',
      'a=2 |  | 0:7',
      'a=2 |  | 1:5',
      'a=3 |  | 0:7',
      'a=3 |  | 1:5',
    ]);
  });

  it('may be a sample, drawn after exclusion and in the order of the grid', () => {
    const text =
      'variables: {a: {range: [0, 99, 1]}}\nsweep: {exclude: [{a: [3, 4]}], sample: {n: 6, seed: 1}}\n';
    expect(sweep(text)).toEqual(['a=5', 'a=20', 'a=21', 'a=25', 'a=31', 'a=59']);
    expect(sweep(text.replace('n: 6', 'n: 500'))).toHaveLength(98);
  });

  it('are those that a walk over all combinations finds, whatever is excluded', () => {
    const values = uniqueArray(integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 });
    const names = ['a', 'b', 'c'] as const;
    const pattern = record({ a: values, b: values, c: values }, { requiredKeys: [] }).filter(
      (keys) => Object.keys(keys).length > 0,
    );
    assert(
      property(
        record({ a: values, b: values, c: values }),
        array(pattern, { maxLength: 4 }),
        (axes, exclude) => {
          const expected = axes.a.flatMap((a) =>
            axes.b.flatMap((b) => axes.c.map((c) => ({ a, b, c }))),
          );
          const kept = expected.filter(
            (row) =>
              !exclude.some((keys) =>
                names.every((name) => keys[name]?.includes(row[name]) ?? true),
              ),
          );
          const text = `variables: ${JSON.stringify(axes)}\nsweep: {exclude: ${JSON.stringify(exclude)}}\n`;
          expect(sweep(text)).toEqual(kept.map(({ a, b, c }) => `a=${a} b=${b} c=${c}`));
        },
      ),
    );
  });
});

describe('a sweep of a million rows', () => {
  const axes = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}: {range: [0, 9, 1]}`);
  const million = `${HEAD}variables: {${axes.join(', ')}}\n`;

  it('is counted without being made, with exclusions and far beyond', () => {
    expect(countRows(experiment(million))).toBe(1_000_000);
    const excluded = `${million}outside: {g: {range: [1, 1000, 1]}, h: {range: [1, 1000, 1]}}
sweep: {exclude: [{a: 1, h: [2, 3]}, {c: 4}]}
`;
    // Nine tenths of a million, less two thousandths of its tenth, for each g and h.
    expect(countRows(experiment(excluded))).toBe(900_000_000_000 - 90_000 * 2 * 1000);
  });

  it('is walked without being held in memory', () => {
    const read = experiment(million);
    const before = process.memoryUsage().heapUsed;
    let count = 0;
    let most = 0;
    for (const { index } of new Rows(read)) {
      count++;
      if (index % 50_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect(count).toBe(1_000_000);
    expect(most).toBeLessThan(200e6);
  });

  it('is refused when its rows cannot be numbered', () => {
    const more = ['g', 'h', 'i', 'j'].map((name) => `${name}: {range: [1, 1000, 1]}`);
    const text = `${million}outside: {${more.join(', ')}}\n`;
    expect(() => countRows(experiment(text))).toThrow('more than 9 × 10^15 combinations');
  });
});

describe('the id of a run', () => {
  it.each([
    [0, 1, 'run_000'],
    [3, 4, 'run_003'],
    [999, 1000, 'run_999'],
    [0, 1001, 'run_0000'],
    [1000, 1001, 'run_1000'],
    [7, 10_000, 'run_0007'],
  ])('of run %i of %i is %s', (index, total, id) => {
    expect(runId(index, total)).toBe(id);
  });
});
