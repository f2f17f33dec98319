import type { TaskOutput } from '../../diagnostics';
import { summarizeWarnings, wantsColor } from '../../diagnostics';
import { describeReplaced } from '../../files/git/keep';

/**
 * What the plugin tells the workers of a run through their environment: the words of Nx's command
 * line, and whether a summary follows when all tasks have ended. Absent where Nx calls no hooks.
 */
export const RUN_VARIABLE = 'NX_TRAINYARD_RUN';

export interface RunNotice {
  readonly words: readonly string[];
  readonly summaryFollows: boolean;
  /** The workspace, absolute. */
  readonly root: string;
  /** Git's id of a tree: files that the run may replace or remove, as they were before it. */
  readonly kept?: string;
}

/** What the plugin said of this run; undefined where Nx calls no hooks. */
export function runNotice(): RunNotice | undefined {
  const notice = process.env[RUN_VARIABLE];
  return notice === undefined ? undefined : (JSON.parse(notice) as RunNotice);
}

/** Tells of files that a person would miss, unless that is done after the run. */
export function reportReplacedNow(): void {
  const notice = runNotice();
  if (!notice || notice.summaryFollows) return;
  const line = describeReplaced(notice.root, notice.kept);
  if (line !== undefined) process.stderr.write(`\nnx-trainyard: ${line}\n`);
}

/** Prints the warnings of the tasks of a batch, unless they are summarized after the run. */
export function summarizeBatch(outputs: readonly TaskOutput[]): void {
  const { words = [], summaryFollows = false } = runNotice() ?? {};
  if (!summaryFollows) printSummary(outputs.filter(({ task }) => !isAskedFor(words, task)));
}

/** @returns the summary that was printed, if there was anything to tell */
export function printSummary(outputs: readonly TaskOutput[]): string | undefined {
  const color = wantsColor(process.env, process.stderr.isTTY);
  const summary = summarizeWarnings(outputs, { color });
  if (summary !== undefined) process.stderr.write(`\n${summary}\n`);
  return summary;
}

/**
 * Whether a command is about this one task, whose output Nx then shows in full: `nx run x:t`,
 * `nx t x`, and `nx t` in the folder of x. Nx also takes the end of a project's name for it.
 *
 * @param words of the command line after `nx`
 * @param task its id: `project:target`, with a configuration or without
 */
export function isAskedFor(words: readonly string[], task: string): boolean {
  const [command = '', ...operands] = words.filter((word) => !word.startsWith('-'));
  if (command === 'run-many' || command.startsWith('affected')) return false;
  const [project = '', target = ''] = task.split(':');
  const isProject = (word = ''): boolean => project === word || project.endsWith(`/${word}`);
  if (command !== 'run') return command === target && operands.every(isProject);
  const [name, of] = (operands[0] ?? '').split(':');
  return of === undefined ? name === target : of === target && isProject(name);
}
