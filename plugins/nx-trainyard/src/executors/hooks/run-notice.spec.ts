import { RUN_VARIABLE, isAskedFor, summarizeBatch } from './run-notice';

const TASK = 'experiments/lora_rank:generate-sweep';

describe('Nx shows the output of the task that is asked for', () => {
  test.each([
    'run experiments/lora_rank:generate-sweep',
    'run lora_rank:generate-sweep --strict',
    '--verbose run lora_rank:generate-sweep:ci',
    'generate-sweep experiments/lora_rank',
    'generate-sweep lora_rank',
    'generate-sweep',
  ])('nx %s', (line) => {
    expect(isAskedFor(line.split(' '), TASK)).toBe(true);
  });

  test.each([
    'run-many -t generate-sweep',
    'run-many -t generate-sweep -p experiments/lora_rank',
    'affected -t generate-sweep',
    'run app:train',
    'run experiments/other:generate-sweep',
    'run rank:generate-sweep',
    'train app',
    '',
  ])('and not of others: nx %s', (line) => {
    expect(isAskedFor(line.split(' '), TASK)).toBe(false);
  });
});

describe('a batch', () => {
  const OUTPUT = [{ task: TASK, output: 'warning [odd] this is odd\n' }];
  let written: string;
  beforeEach(() => {
    written = '';
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.env[RUN_VARIABLE] = '';
  });

  const notice = (line: string, summaryFollows: boolean): void => {
    process.env[RUN_VARIABLE] = JSON.stringify({ words: line.split(' '), summaryFollows });
  };

  test('prints the warnings of its tasks on its own standard error', () => {
    summarizeBatch(OUTPUT);
    expect(written).toContain('warning [odd] this is odd');
  });

  test('prints them under the daemon, where nothing follows the run', () => {
    notice('run-many -t generate-sweep', false);
    summarizeBatch(OUTPUT);
    expect(written).toContain('warning [odd] this is odd');
  });

  test('leaves them to the summary of the run, where one follows', () => {
    notice('run-many -t generate-sweep', true);
    summarizeBatch(OUTPUT);
    expect(written).toBe('');
  });

  test('does not repeat those of the task that Nx shows', () => {
    notice('run lora_rank:generate-sweep', false);
    summarizeBatch(OUTPUT);
    expect(written).toBe('');
  });
});
