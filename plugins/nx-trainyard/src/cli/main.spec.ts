import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { HEAD, TemporarySweep } from '../../testing/temporary-sweep';

const BIN = join(__dirname, '../../bin/nx-trainyard.js');

/** A command line of bash, where `nx` is this program. */
function bash(line: string, cwd: string) {
  const script = `nx() { '${process.execPath}' '${BIN}' "$@"; }; ${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

describe('a reader that goes away', () => {
  it.each([
    ['a result', 'base llama3_2/1B_lora'],
    ['a result and warnings', 'plan experiment.yaml 2>&1'],
  ])('ends the program quietly, with its own exit code: %s', (_what, command) => {
    const sweep = new TemporarySweep(`${HEAD}controls: {dtype: fp16}\n`);
    const line = `(sleep 0.2; nx ${command}; echo $? > code) | true; cat code`;
    expect(bash(line, sweep.folder)).toEqual({ status: 0, out: '0\n', err: '' });
  });
});

it('output that cannot be written is a failure, and is told without a stack', () => {
  const { folder } = new TemporarySweep('');
  expect(bash('nx base llama3_2/1B_lora > /dev/full', folder)).toEqual({
    status: 1,
    out: '',
    err: 'error [FileSystem] cannot write the output: no space left on device (ENOSPC)\nhint: Free some disk space, then try again.\n',
  });
});
