import { HEAD, experiment, problems } from '../../../testing/experiment-text';
import { formatValue } from '../../yaml/writer/format-value';

function values(written: string): string {
  const [variable] = experiment(`${HEAD}variables: {x: ${written}}\n`).variables;
  return variable?.values.map(formatValue).join(' ') ?? '';
}

describe('a range', () => {
  it.each([
    ['{range: [8, 32, 8]}', '8 16 24 32'],
    ['{range: [8, 31, 8]}', '8 16 24'],
    ['{range: [3, 1, -1]}', '3 2 1'],
    ['{range: [5, 5, 1]}', '5'],
    ['{range: [0.1, 0.5, 0.1]}', '0.1 0.2 0.3 0.4 0.5'],
    ['{range: [0.1, 0.3, 0.1]}', '0.1 0.2 0.3'],
    ['{range: [1, 2, 0.5]}', '1.0 1.5 2.0'],
    ['{range: [1e-5, 3e-5, 1e-5]}', '1.0e-05 2.0e-05 3.0e-05'],
    [
      '{range: [9007199254740993, 9007199254740995, 1]}',
      '9007199254740993 9007199254740994 9007199254740995',
    ],
  ])('%s is %s: the stop is included when it is hit', (written, list) => {
    expect(values(written)).toBe(list);
  });

  it.each([
    ['[1, 5, 0]', 'has no values: a step of 0 never reaches the end'],
    ['[1, 5, -1]', 'has no values: steps of -1 lead away from 5'],
    ['[0, 1e12, 1]', 'has more than 1000000 values'],
  ])('%s is refused: %s', (bounds, reason) => {
    expect(problems(`${HEAD}variables: {x: {range: ${bounds}}}\n`)).toEqual([
      `3:24 ExperimentSchema this range ${reason} | Correct the three numbers, or write the values as a list.`,
    ]);
  });
});

describe('values at equal distances', () => {
  it.each([
    ['{linspace: [0, 10, 3]}', '0 5 10'],
    ['{linspace: [0, 1, 3]}', '0.0 0.5 1.0'],
    ['{linspace: [0.0, 0.1, 5]}', '0.0 0.025 0.05 0.075 0.1'],
    ['{linspace: [3, 9, 1]}', '3'],
    ['{linspace: [1, 0, 3]}', '1.0 0.5 0.0'],
    ['{linspace: [0, 1, 4]}', '0.0 0.333333333333 0.666666666667 1.0'],
  ])('%s is %s', (written, list) => {
    expect(values(written)).toBe(list);
  });
});

describe('values at equal ratios', () => {
  it.each([
    ['{log: [1e-5, 1e-3, 3]}', '1.0e-05 0.0001 0.001'],
    ['{log: [8, 64, 4]}', '8 16 32 64'],
    ['{log: [1, 10, 3]}', '1.0 3.16227766017 10.0'],
    ['{log: [1e-3, 1e-5, 3]}', '0.001 0.0001 1.0e-05'],
  ])('%s is %s', (written, list) => {
    expect(values(written)).toBe(list);
  });

  it('have no zero', () => {
    expect(problems(`${HEAD}variables: {x: {log: [0, 1, 3]}}\n`)).toEqual([
      '3:22 ExperimentSchema this log has no values: both ends must be greater than 0 | Correct the three numbers, or write the values as a list.',
    ]);
  });
});

describe('numbers that no float can be computed from', () => {
  it.each([
    ['log', '[1e-320, 1e308, 3]'],
    ['log', '[1e308, 1e-320, 3]'],
    ['linspace', '[-1e308, 1e308, 3]'],
    ['range', '[-1e308, 1e308, 1e308]'],
  ])('are refused where they are written: %s %s', (name, bounds) => {
    expect(problems(`${HEAD}variables: {x: {${name}: ${bounds}}}\n`)).toEqual([
      `3:${18 + name.length + 1} ExperimentSchema this ${name} cannot be computed: the numbers are too large or too far apart | Correct the three numbers, or write the values as a list.`,
    ]);
  });

  it('are left to the schema where they are no floats', () => {
    const [first, second] = [1, 2].map((digit) => `${digit}${'0'.repeat(400)}`);
    expect(problems(`${HEAD}variables: {x: {range: [${first}, ${second}, 1]}}\n`)).toEqual([
      expect.stringContaining("'variables.x.range[0]' must be a number"),
      expect.stringContaining("'variables.x.range[1]' must be a number"),
    ]);
  });

  it('are not those that are merely large', () => {
    expect(values('{log: [1e-150, 1e150, 3]}')).toBe('1.0e-150 1.0 1.0e+150');
  });
});

it('keeps a list as it is written: scalars, null, lists and mappings', () => {
  expect(values('[1, 1.0, "1", null, [1, 2], {a: 1}, {range: [1, 2, 3]}]')).toBe(
    '1 1.0 1 null [1, 2] {a: 1} {range: [1, 2, 3]}',
  );
});
