import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type * as Devkit from '@nx/devkit';
import type { PostTasksExecutionContext, PreTasksExecutionContext } from '@nx/devkit';
import { keep, describeReplaced } from '../../files/git/keep';
import type { TrainyardPluginOptions } from '../../inference/options/options';
import { normalizeOptions } from '../../inference/options/options';
import { explainExperiments, explainLaunchers, explainMisnamed } from '../../setup/explain-nothing';
import { readerOf, yamlFiles } from '../../files/workspace-files';
import { editedByHand } from './edited-by-hand';
import type { RunNotice } from './run-notice';
import { RUN_VARIABLE, isAskedFor, printSummary, runNotice } from './run-notice';

/** What a plugin prints in Nx's daemon, nobody sees. */
function isHeard(): boolean {
  const { isDaemonEnabled } = createRequire(__filename)('@nx/devkit') as typeof Devkit;
  return !isDaemonEnabled();
}

/**
 * Keeps what a person has done to generated files, which a task or a cache may replace, and tells the
 * workers of a run what they cannot know: see `RunNotice`.
 */
export function beforeTasks(
  options: TrainyardPluginOptions | undefined,
  { argv, workspaceRoot: root }: PreTasksExecutionContext,
): void {
  const kept = keep(root, editedByHand(root, normalizeOptions(options)));
  const notice: RunNotice = {
    words: argv.slice(2),
    summaryFollows: isHeard(),
    root,
    ...(kept !== undefined && { kept }),
  };
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
  { argv, taskResults, workspaceRoot }: PostTasksExecutionContext,
  notices: readonly string[] = [],
): Promise<void> {
  if (!isHeard()) return;
  const replaced = describeReplaced(workspaceRoot, runNotice()?.kept);
  for (const line of notices) console.error(line);
  if (replaced !== undefined) console.error(`nx-trainyard: ${replaced}`);
  const words = argv.slice(2);
  const ours = new Set(Object.values(normalizeOptions(options).targetNames));
  const outputs = Object.entries(taskResults).flatMap(([task, result]) => {
    const hasFailed = result.status === 'failure' || result.status === 'skipped';
    if (hasFailed || !ours.has(result.task.target.target) || isAskedFor(words, task)) return [];
    return [{ task, output: result.terminalOutput ?? '' }];
  });
  const ranNothing = Object.keys(taskResults).length === 0;
  const why = whatDidNotRun(workspaceRoot, options, words, ranNothing);
  for (const line of why) console.error(`nx-trainyard: ${line}`);
  // Nx ends the worker of an isolated plugin, and what is on its way from it, with this hook.
  const hasSpoken =
    printSummary(outputs) !== undefined ||
    replaced !== undefined ||
    notices.length + why.length > 0;
  if (hasSpoken) await pause(100);
}

/** Files of ours that a command for our targets passed over, and why it found no task at all. */
function whatDidNotRun(
  root: string,
  pluginOptions: TrainyardPluginOptions | undefined,
  words: readonly string[],
  ranNothing: boolean,
): string[] {
  const options = normalizeOptions(pluginOptions);
  const { targetNames: names } = options;
  // Nx takes several targets as words of their own, or with commas between them.
  const asked = new Set(words.flatMap((word) => word.replace(/^-.*?=/, '').split(',')));
  const asksFor = (...kinds: (keyof typeof names)[]): boolean =>
    kinds.some((kind) => asked.has(names[kind]));
  const sweeps = asksFor('generate-sweep', 'plan-sweep');
  const scripts = asksFor('generate-launchers', 'validate-recipe', 'show-recipe');
  if (!sweeps && !(scripts && ranNothing)) return [];
  const files = yamlFiles(root);
  const read = readerOf(root);
  return [
    sweeps ? explainMisnamed(files, read, options) : undefined,
    sweeps && ranNothing ? explainExperiments(files, read, options) : undefined,
    scripts && ranNothing ? explainLaunchers(files, read, options) : undefined,
  ].filter((line) => line !== undefined);
}
