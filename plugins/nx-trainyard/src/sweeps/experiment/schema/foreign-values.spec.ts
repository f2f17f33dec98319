import { readYaml } from '../../../yaml/reader/read';
import { foreignValues } from './foreign-values';

function formOf(text: string): string | undefined {
  return foreignValues(readYaml({ path: 'x.yaml', text }, 'omegaconf'))?.form;
}

describe('values in the syntax of another tool are shown as they are written here:', () => {
  it.each<[string, string]>([
    // W&B
    ['{values: [8, 16]}', '[8, 16]'],
    ['{values: [adam, "a, b"]}', "[adam, 'a, b']"],
    ['{value: 3}', '[3]'],
    ['{min: 0.0, max: 0.5}', '{linspace: [0.0, 0.5, 5]}'],
    ['{min: 1, max: 4}', '{range: [1, 4, 1]}'],
    ['{distribution: uniform, min: 0, max: 1}', '{linspace: [0, 1, 5]}'],
    ['{distribution: int_uniform, min: 1, max: 100}', '{range: [1, 100, 5]}'],
    ['{distribution: q_uniform, min: 8, max: 64, q: 8}', '{range: [8, 64, 8]}'],
    ['{distribution: log_uniform_values, min: 1e-5, max: 1e-3}', '{log: [1.0e-05, 0.001, 5]}'],
    ['{distribution: log_uniform, min: -9.21, max: -4.6}', '{log: [0.0001, 0.0101, 5]}'],
    ['{distribution: log_uniform, min: 1e-5, max: 1e-3}', '{log: [1.0e-05, 0.001, 5]}'],
    ['{distribution: categorical, values: [1, 2], probabilities: [0.5, 0.5]}', '[1, 2]'],
    // a range in words of one's own
    ['{from: 1, to: 3}', '{range: [1, 3, 1]}'],
    ['{start: 8, stop: 64, step: 8}', '{range: [8, 64, 8]}'],
    ['{start: 0.1, end: 0.5, num: 3}', '{linspace: [0.1, 0.5, 3]}'],
    ['{begin: 1, end: 100, n: 4}', '{linspace: [1, 100, 4]}'],
    ['{from: 1e-5, to: 1e-3, log: true, count: 3}', '{log: [1.0e-05, 0.001, 3]}'],
    ['{minimum: 1, maximum: 2}', '{range: [1, 2, 1]}'],
    // Ray Tune, Optuna, Ax, NNI
    ['{grid_search: [8, 16]}', '[8, 16]'],
    ['{type: categorical, choices: [a, b]}', '[a, b]'],
    ['{type: float, low: 1e-5, high: 1e-3, log: true}', '{log: [1.0e-05, 0.001, 5]}'],
    ['{type: int, low: 1, high: 4}', '{range: [1, 4, 1]}'],
    ['{type: range, bounds: [0.0, 1.0]}', '{linspace: [0.0, 1.0, 5]}'],
    ['{type: choice, values: [1, 2]}', '[1, 2]'],
    ['{_type: choice, _value: [1, 2]}', '[1, 2]'],
    ['{_type: loguniform, _value: [1e-5, 1e-3]}', '{log: [1.0e-05, 0.001, 5]}'],
    // Hydra's sweeps
    ['choice(8, 16)', '[8, 16]'],
    ['range(1, 10)', '{range: [1, 9, 1]}'],
    ['range(10)', '{range: [0, 9, 1]}'],
    ['range(8, 65, 8)', '{range: [8, 64, 8]}'],
    ['range(0, 1, 0.25)', '{range: [0, 0.75, 0.25]}'],
    ['interval(0, 1)', '{linspace: [0, 1, 5]}'],
    ['tag(log, interval(0.001, 1))', '{log: [0.001, 1, 5]}'],
    ['shuffle(choice(1, 2))', '[1, 2]'],
    ['sort(3, 1, reverse=true)', '[3, 1]'],
    // functions of Python
    ['tune.choice([8, 16])', '[8, 16]'],
    ['tune.loguniform(1e-5, 1e-3)', '{log: [1.0e-05, 0.001, 5]}'],
    ["hp.choice('lr', [1, 2])", '[1, 2]'],
    ['np.linspace(0, 1, 3)', '{linspace: [0, 1, 3]}'],
    ['np.logspace(-5, -3, 3)', '{log: [0.00001, 0.001, 3]}'],
    ['tune.randint(1, 5)', '{range: [1, 4, 1]}'],
    ["trial.suggest_int('n', 1, 4)", '{range: [1, 4, 1]}'],
  ])('%s is %s', (text, form) => {
    expect(formOf(text)).toBe(form);
  });

  it.each(['{distribution: normal, mu: 0, sigma: 1}', 'glob(*)', 'choice(1'])(
    '%s is like nothing here',
    (text) => {
      expect(foreignValues(readYaml({ path: 'x', text }, 'omegaconf'))).toEqual({
        form: undefined,
        certain: true,
      });
    },
  );
});

it.each(['{lr: 1}', '{value: 1, other: 2}', '{}', '{name: x}', 'adamw', 'a (b)', 'int(', 'f(x)'])(
  '%s is nobody else’s',
  (text) => {
    const value = readYaml({ path: 'x', text: text === 'int(' ? '"int("' : text }, 'omegaconf');
    expect(foreignValues(value)).toBeUndefined();
  },
);
