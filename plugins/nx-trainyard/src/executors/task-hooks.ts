import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type * as Devkit from '@nx/devkit';
import type { PostTasksExecutionContext, PreTasksExecutionContext } from '@nx/devkit';
import type { TrainyardPluginOptions } from '../inference/options';
import { normalizeOptions } from '../inference/options';
import type { RunNotice } from './warning-summary';
import { RUN_VARIABLE, isAskedFor, printSummary } from './warning-summary';

/** What a plugin prints in Nx's daemon, nobody sees. */
function isHeard(): boolean {
  const { isDaemonEnabled } = createRequire(__filename)('@nx/devkit') as typeof Devkit;
  return !isDaemonEnabled();
}

/** Tells the workers of a run what they cannot know: see `RunNotice`. */
export function beforeTasks({ argv }: PreTasksExecutionContext): void {
  const notice: RunNotice = { words: argv.slice(2), summaryFollows: isHeard() };
  process.env[RUN_VARIABLE] = JSON.stringify(notice);
}

/**
 * Summarizes the warnings of all tasks of a run whose output Nx has not shown, whether they ran or came
 * from a cache.
 *
 * @param notices lines to print before it
 */
export async function afterTasks(
  options: TrainyardPluginOptions | undefined,
  { argv, taskResults }: PostTasksExecutionContext,
  notices: readonly string[] = [],
): Promise<void> {
  if (!isHeard()) return;
  for (const line of notices) console.error(line);
  const words = argv.slice(2);
  const ours = new Set(Object.values(normalizeOptions(options).targetNames));
  const outputs = Object.entries(taskResults).flatMap(([task, result]) => {
    const hasFailed = result.status === 'failure' || result.status === 'skipped';
    if (hasFailed || !ours.has(result.task.target.target) || isAskedFor(words, task)) return [];
    return [{ task, output: result.terminalOutput ?? '' }];
  });
  // Nx ends the worker of an isolated plugin, and what is on its way from it, with this hook.
  if (printSummary(outputs) !== undefined || notices.length > 0) await pause(100);
}
