import { HEAD, experiment, reported } from '../../../../testing/experiment-text';
import { unusedExclusions } from './exclusions';

function unused(exclude: string): string[] {
  const text = `${HEAD}variables: {rank: [8, 16], opt: [sgd, adam]}
outside: {node: [a]}
sweep:
  zip: [{x: [1, 2], y: [10, 20], m.z: [1, 2]}]
  exclude:
    - ${exclude}
`;
  return unusedExclusions(experiment(text)).map(reported);
}

describe('an exclusion that matches no row is warned of, because', () => {
  it.each([
    [
      '{rnk: 8}',
      "8:8 unused-exclusion this exclusion matches no row: 'rnk' is not varied | Did you mean 'rank'?",
    ],
    [
      '{z: 8}',
      "8:8 unused-exclusion this exclusion matches no row: 'z' is not varied | Did you mean 'm.z'?",
    ],
    [
      '{batch_size: 8}',
      "8:8 unused-exclusion this exclusion matches no row: 'batch_size' is not varied | You can exclude only variables, zip groups, and outside keys.",
    ],
    [
      '{rank: [32, 64]}',
      "8:8 unused-exclusion this exclusion matches no row: 'rank' is never 32 or 64 | Correct the value, or remove the exclusion.",
    ],
    [
      '{opt: adam, rank: "8"}',
      "8:19 unused-exclusion this exclusion matches no row: 'rank' is never '8' | Write 8, as the variable has it.",
    ],
    [
      '{x: 1, y: 20}',
      '8:7 unused-exclusion this exclusion matches no row: these values never come together | Correct the values, or remove the exclusion.',
    ],
  ])('%s', (exclude, message) => {
    expect(unused(exclude)).toEqual([message]);
  });
});

it.each(['{rank: 8}', '{rank: 8.0, opt: [adam, rmsprop]}', '{x: 2, y: [20, 30]}', '{node: a}'])(
  'says nothing of an exclusion that matches: %s',
  (exclude) => {
    expect(unused(exclude)).toEqual([]);
  },
);
