import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

const problems = (rest: string): string[] => new TemporarySweep(HEAD + rest).problems();

describe('what is written as on a command line is refused with the mapping that is meant', () => {
  it.each([
    ['controls: ["lr=3e-4"]\n', 'Write controls: {lr: 3e-4}, with a colon'],
    ['controls:\n  - lr=3e-4\n  - seed: 3\n', 'Write controls: {lr: 3e-4, seed: 3}, with a colon'],
    ['controls:\n  - seed: 3\n', 'Write controls: {seed: 3}, with a colon'],
    ['controls:\n  lr=3e-4\n', 'Write controls: {lr: 3e-4}, with a colon'],
    ['controls:\n  - ++optimizer.lr=3e-4\n', 'Write controls: {optimizer.lr: 3e-4}, with a colon'],
    ['controls:\n  optimizer:\n    - lr=3e-4\n', 'Write optimizer: {lr: 3e-4}.'],
    ['controls:\n  optimizer:\n    lr=3e-4\n', 'Write optimizer: {lr: 3e-4}.'],
    ['variables:\n  - lr=1e-4,3e-4\n', 'Write variables: {lr: [1e-4, 3e-4]}, with a colon'],
    ['variables:\n  - lr: [1e-4, 3e-4]\n', 'Write variables: {lr: [0.0001, 0.0003]}, with'],
    ['outside:\n  - site=a\n', 'Write outside: {site: [a]}, with a colon'],
    ['sweep: {runs: ["lr=3e-4"]}\n', 'Write {lr: 3e-4}, with a colon'],
    ['sweep: {exclude: ["seed=3"]}\n', 'Write {seed: 3}, with a colon'],
    ['sweep: {when: [{if: {epochs: 1}, set: ["seed=3"]}]}\n', 'Write set: {seed: 3}, with a colon'],
  ])('%j', (rest, hint) => {
    expect(problems(rest)).toEqual([expect.stringContaining(`(${hint}`)]);
  });

  it.each(['foo=3', 'optimizer.foo=3', '--foo=3'])(
    'as a key that nothing knows, too: %s',
    (key) => {
      const reported = `'${key}' is not a key, but the syntax of a command line`;
      const right = key.replace(/^--/, '').replace('=', ': ');
      for (const value of ['null', '1']) {
        expect(problems(`controls: {"${key}": ${value}}\n`)).toEqual([
          expect.stringContaining(`UnknownPath ${reported} (Write ${right}.)`),
        ]);
      }
    },
  );

  it('but not beside keys of the base that have such names', () => {
    const base = { 'base.yaml': 'env: {"a=b": 1}\n' };
    const sweep = new TemporarySweep(`${GENERIC}controls: {"env.c=d": 1}\n`, base);
    expect(sweep.problems()).toEqual([]);
  });

  it.each(['controls: hello\n', 'controls: [1, 2]\n'])('and nothing is guessed of %j', (rest) => {
    expect(problems(rest)).toEqual([expect.stringContaining('(For example, controls: {')]);
  });
});
