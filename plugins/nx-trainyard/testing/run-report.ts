import type { Ran } from './rig';

/** What Nx said about a task that it ran or took from the cache. */
export interface TaskReport {
  readonly task: string;
  readonly cached: boolean;
  readonly success: boolean;
}

/** The tasks of a run as Nx lists them, sorted, each once. */
export function tasksOf({ text }: Ran): TaskReport[] {
  const found = new Map<string, TaskReport>();
  const failed = new Set([...text.matchAll(/^- (\S+:\S+)$/gm)].map(([, task]) => task));
  for (const [, mark, task = '', rest = ''] of text.matchAll(/^([✔✖>]) +nx run (\S+)(.*)$/gm)) {
    const success = mark !== '✖' && !failed.has(task);
    found.set(task, { task, cached: rest.includes('cache'), success });
  }
  return [...found.values()].sort((a, b) => (a.task < b.task ? -1 : 1));
}

/** The projects whose tasks ran, without those that came from the cache. */
export function executed(ran: Ran): string[] {
  return tasksOf(ran).flatMap(({ task, cached }) => (cached ? [] : projectOf(task)));
}

/** The projects whose tasks failed. */
export function failed(ran: Ran): string[] {
  return tasksOf(ran).flatMap(({ task, success }) => (success ? [] : projectOf(task)));
}

function projectOf(task: string): string {
  return task.slice(0, task.lastIndexOf(':'));
}
