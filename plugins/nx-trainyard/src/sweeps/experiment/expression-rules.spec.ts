import { GENERIC, problems } from '../../../testing/experiment-text';

const ID = 'ExperimentSchema';

describe('gpus, nodes and cpus', () => {
  it.each(['1', "'8'", 'nodes * 2', "{8B: 1, 70B: '2 * nodes'}", 'nano', 'n1'])(
    'are whole numbers of at least 1 or expressions: %s',
    (written) => {
      expect(problems(`${GENERIC}resources: {gpus: ${written}, nodes: 1, cpus: 2}\n`)).toEqual([]);
    },
  );

  it('gpus may be 0, for runs on CPUs alone', () => {
    expect(problems(`${GENERIC}resources: {gpus: 0}\n`)).toEqual([]);
  });

  it.each([
    ['gpus: 2.5', `3:19 ${ID} 'resources.gpus' must be a whole number or a string or a mapping`],
    ['cpus: true', `3:19 ${ID} 'resources.cpus' must be a whole number or a string or a mapping`],
    ['nodes: {8B: 1.5}', `3:25 ${ID} 'resources.nodes.8B' must be a whole number or a string`],
    ['cpus: 0', `3:19 ${ID} 'resources.cpus' must be at least 1, got 0`],
  ])('are refused without advice to put them in quotes: %s', (written, message) => {
    const [only = '', ...others] = problems(`${GENERIC}resources: {${written}}\n`);
    expect(others).toEqual([]);
    expect(only).toContain(message);
    expect(only).not.toContain('quotes');
    if (!only.includes('at least'))
      expect(only).toMatch(/ \| .*hole number.* For example, \w+: [18]$/);
  });

  it.each(["'2.5'", "'1e3'", "' 0 '", "'-1'", "'true'", "'off'", "{8B: '2.5'}"])(
    'are refused in quotes as without: %s',
    (written) => {
      expect(problems(`${GENERIC}resources: {gpus: ${written}}\n`)).toEqual([
        expect.stringMatching(
          /^3:\d+ ExperimentSchema 'resources.gpus' cannot be '[^ ]+' \| Write a whole number of at least 1, or an expression. For example, gpus: 1$/,
        ),
      ]);
    },
  );
});

it('memory may be any number, and is refused without advice to put it in quotes', () => {
  expect(problems(`${GENERIC}resources: {mem: '2.5'}\n`)).toEqual([]);
  expect(problems(`${GENERIC}resources: {mem: true}\n`)).toEqual([
    `3:18 ${ID} 'resources.mem' must be a number or a string or a mapping, but is true | Memory of a run: a number, a size with a unit, an expression, or one of these for each value of a variable. For example, mem: 32G`,
  ]);
});
