import { error, note, warning } from './diagnostic';
import { renderDiagnostics } from './render';
import { summarizeWarnings } from './summary';

const SOURCE = { path: 'experiments/x y/experiment.yaml', text: 'a: 1\nb: [warning [q] r]\n' };
const PLACE = { source: SOURCE, start: 8, end: 10 };

/** What a task prints that has these problems. */
function printed(...problems: Parameters<typeof renderDiagnostics>[0]): string {
  return `${renderDiagnostics(problems, { color: true })}\n\n3 configs in x\n`;
}

describe('the warnings of a batch', () => {
  test('are shown task by task, each in one line with its place and its id', () => {
    const summary = summarizeWarnings([
      {
        task: 'a:t',
        output: printed(warning('unknown-key', 'this is odd', { location: PLACE, hint: 'h' })),
      },
      { task: 'b:t', output: 'fine\n' },
      {
        task: 'c:t',
        output: printed(
          warning('fp16', 'one'),
          note('many-runs', 'a note'),
          warning('no-recipe', 'two'),
        ),
      },
    ]);
    expect(summary).toBe(`3 warnings in 2 tasks

a:t: 1 warning
  experiments/x y/experiment.yaml:2:4: warning [unknown-key] this is odd

c:t: 2 warnings
  warning [fp16] one
  warning [no-recipe] two

To read them in full: nx run a:t`);
  });

  test('are none where there are only notes, errors, or lines of files that look like one', () => {
    const output = printed(
      note('many-runs', 'x', { location: PLACE }),
      error('YamlSyntax', 'y', { location: PLACE }),
    );
    expect(output).toContain('warning [q] r');
    expect(summarizeWarnings([{ task: 'a:t', output }])).toBeUndefined();
    expect(summarizeWarnings([])).toBeUndefined();
  });

  test('are counted where there are too many to show', () => {
    const many = Array.from({ length: 7 }, () => warning('fp16', 'x'.repeat(300)));
    const outputs = Array.from({ length: 22 }, (_, i) => ({
      task: `t${i}:t`,
      output: printed(...many),
    }));
    const lines = summarizeWarnings(outputs)?.split('\n') ?? [];
    expect(lines[0]).toBe('154 warnings in 22 tasks');
    expect(lines.filter((line) => line === '  … and 2 more')).toHaveLength(20);
    expect(lines).toContain('… and 2 more tasks with warnings');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(220);
  });
});
