import type { TaskGraph } from '@nx/devkit';
import type { Diagnostic, TaskOutput } from '../../diagnostics';
import { SharedProblems } from '../../diagnostics/shared-problems';
import type { TaskOutcome } from './task';
import { describe, drawn } from './task';
import { summarizeBatch, reportReplacedNow } from '../hooks/run-notice';

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

/** A task that failed by problems that others may have as well. */
interface Failure {
  readonly task: string;
  readonly problems: readonly Diagnostic[];
  readonly startTime: number;
  readonly endTime: number;
}

/**
 * Runs the tasks of a batch one by one. Every task is reported exactly once, whatever happens: Nx
 * would fork a task again and again that is not, and would fail all tasks of a batch that throws.
 *
 * Nx hides what tasks print that succeed, so their warnings are summarized in the end. Tasks that fail
 * are reported last: by then it is known which of them share a problem, such as a fragment that cannot
 * be read, and one of them tells it in full.
 *
 * @param options the options of each task, by task id
 */
export function* runBatch<T>(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, T>>,
  run: (options: T) => TaskOutcome,
): Generator<BatchResult> {
  const done: TaskOutput[] = [];
  const failures: Failure[] = [];
  for (const task of Object.keys(taskGraph.tasks)) {
    const startTime = Date.now();
    let outcome: TaskOutcome;
    try {
      outcome = run(options[task] as T);
    } catch (cause) {
      outcome = { success: false, output: describe(cause) };
    }
    const { success, output, problems } = outcome;
    const endTime = Date.now();
    if (success) done.push({ task, output });
    if (problems) failures.push({ task, problems, startTime, endTime });
    else {
      const terminalOutput = output === '' ? '' : `${output}\n`;
      yield { task, result: { success, terminalOutput, startTime, endTime } };
    }
  }
  yield* reportFailures(failures);
  summarizeBatch(done);
  reportReplacedNow();
}

function* reportFailures(failures: readonly Failure[]): Generator<BatchResult> {
  const shared = new SharedProblems('projects', drawn);
  const projectOf = (task: string): string => task.split(':', 1)[0] ?? task;
  for (const { task, problems } of failures) shared.add(projectOf(task), problems);
  for (const { task, problems, startTime, endTime } of failures) {
    const terminalOutput = `${shared.textsOf(projectOf(task), problems).join('\n\n')}\n`;
    yield { task, result: { success: false, terminalOutput, startTime, endTime } };
  }
}
