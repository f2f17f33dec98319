import type { TaskGraph } from '@nx/devkit';
import type { TaskOutput } from '../diagnostics';
import type { TaskOutcome } from './task';
import { describe } from './task';
import { summarizeBatch } from './warning-summary';

/** What Nx takes from a batch executor for each task. */
export interface BatchResult {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly terminalOutput: string;
    readonly startTime: number;
    readonly endTime: number;
  };
}

/**
 * Runs the tasks of a batch one by one. Every task is reported exactly once, whatever happens: Nx
 * would fork a task again and again that is not, and would fail all tasks of a batch that throws. Nx hides what tasks print that succeed,
 * so their warnings are summarized in the end.
 *
 * @param options the options of each task, by task id
 */
export function* runBatch<T>(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, T>>,
  run: (options: T) => TaskOutcome,
): Generator<BatchResult> {
  const done: TaskOutput[] = [];
  for (const task of Object.keys(taskGraph.tasks)) {
    const startTime = Date.now();
    let outcome: TaskOutcome;
    try {
      outcome = run(options[task] as T);
    } catch (cause) {
      outcome = { success: false, output: describe(cause) };
    }
    const { success, output } = outcome;
    if (success) done.push({ task, output });
    const terminalOutput = output === '' ? '' : `${output}\n`;
    yield { task, result: { success, terminalOutput, startTime, endTime: Date.now() } };
  }
  summarizeBatch(done);
}
