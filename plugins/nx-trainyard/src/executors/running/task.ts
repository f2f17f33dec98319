import type { Diagnostic } from '../../diagnostics';
import { renderDiagnostics, wantsColor } from '../../diagnostics';
import { problemsIn } from '../../files/system-error';
import { reportReplacedNow } from '../hooks/run-notice';

/** What a task printed, and whether it did what it was asked to. */
export interface TaskOutcome {
  readonly success: boolean;
  readonly output: string;
  /** What the output draws, where that is problems of the user's files. */
  readonly problems?: readonly Diagnostic[];
}

/**
 * Runs one task's work. Problems of the user's files become the task's output; anything else is a
 * bug, and its stack is what helps.
 *
 * @param root the workspace, from which problems name files
 */
export function attemptTask(root: string, work: () => TaskOutcome | string): TaskOutcome {
  try {
    const result = work();
    return typeof result === 'string' ? { success: true, output: result } : result;
  } catch (cause) {
    const problems = problemsIn(cause, root);
    return { success: false, output: describe(cause, root), ...(problems && { problems }) };
  }
}

export function describe(cause: unknown, root?: string): string {
  const problems = problemsIn(cause, root);
  if (problems) return drawn(problems);
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

/** Problems as a task prints them. */
export function drawn(problems: readonly Diagnostic[]): string {
  return renderDiagnostics(problems, { color: wantsColor(process.env, process.stdout.isTTY) });
}

/** Warnings above a text; what a task prints goes to one place. */
export function withWarnings(warnings: readonly Diagnostic[], text: string): string {
  return warnings.length === 0 ? text : `${drawn(warnings)}\n\n${text}`;
}

/** Ends an executor that runs by itself: its output goes to the terminal. */
export function finish({ success, output }: TaskOutcome): { success: boolean } {
  if (output !== '') (success ? console.log : console.error)(output);
  reportReplacedNow();
  return { success };
}
