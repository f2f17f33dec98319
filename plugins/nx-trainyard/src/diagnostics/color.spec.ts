import { wantsColor } from './color';

const NX_TASK = { FORCE_COLOR: 'true', NX_FORKED_TASK_EXECUTOR: 'true' };

describe('colours are drawn', () => {
  test.each([
    ['in a terminal', {}, true],
    ['in a pipe when FORCE_COLOR is set', { FORCE_COLOR: '1' }, undefined],
    ['in a pipe when FORCE_COLOR is empty, as Node does', { FORCE_COLOR: '' }, undefined],
    ['when FORCE_COLOR and NO_COLOR are both set', { FORCE_COLOR: '3', NO_COLOR: '1' }, false],
    ['when NO_COLOR is empty', { NO_COLOR: '' }, true],
    [
      'in a task of Nx for which the person sets FORCE_COLOR',
      { ...NX_TASK, FORCE_COLOR: '1' },
      false,
    ],
    ['in a task of Nx that has a terminal', NX_TASK, true],
  ] as const)('%s', (_when, env, isTerminal) => {
    expect(wantsColor(env, isTerminal)).toBe(true);
  });
});

describe('colours are not drawn', () => {
  test.each([
    ['in a pipe', {}, undefined],
    ['when NO_COLOR is set', { NO_COLOR: '1' }, true],
    ['when NO_COLOR is set to 0, which is not empty', { NO_COLOR: '0' }, true],
    ['when FORCE_COLOR is 0', { FORCE_COLOR: '0' }, true],
    ['when FORCE_COLOR is 0 and Nx has put it aside', { NX_ORIGINAL_FORCE_COLOR: '0' }, true],
    ['when FORCE_COLOR is false', { FORCE_COLOR: 'false' }, true],
    ['when NODE_DISABLE_COLORS is set', { NODE_DISABLE_COLORS: '1' }, true],
    ['in a terminal that knows none', { TERM: 'dumb' }, true],
    ['in a task of Nx whose output is piped', NX_TASK, undefined],
    ['in a task of Nx under NO_COLOR', { ...NX_TASK, NO_COLOR: '1' }, true],
  ] as const)('%s', (_when, env, isTerminal) => {
    expect(wantsColor(env, isTerminal)).toBe(false);
  });
});
