import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import { count } from '../basics/count';
import type { RenderOptions } from './render';

/** A task that went well, and what it printed. */
export interface TaskOutput {
  readonly task: string;
  readonly output: string;
}

/** Warnings that are shown of one task, and tasks that are shown: nobody reads more. */
const WARNINGS = 5;
const TASKS = 20;
/** Longest line, in characters. */
const WIDTH = 200;

/** The first line of a warning, as `renderDiagnostic` writes it: a code frame starts otherwise. */
const WARNING = /^(?! *\d* \|)(?:(\S.*?:\d+:\d+): )?warning (\[[\w-]+\]) (.*)$/;

/**
 * The warnings of tasks whose output is not shown, each in one line under its task; undefined when
 * there are none. They are found in what the tasks printed: of a task that came from a cache, that is
 * all there is.
 */
export function summarizeWarnings(
  outputs: readonly TaskOutput[],
  { color = false }: RenderOptions = {},
): string | undefined {
  const paint = createColors(color);
  const line = (warning: string): string => {
    const [, location, id = '', message = ''] = WARNING.exec(warning) ?? [];
    const before = location === undefined ? '' : `${location}: `;
    const text = cut(message, WIDTH - before.length - id.length);
    return `  ${location === undefined ? '' : `${paint.cyan(location)}: `}${paint.yellow('warning')} ${paint.dim(id)} ${text}`;
  };
  const groups = outputs
    .map(({ task, output }) => ({ task, warnings: warningsIn(output) }))
    .filter(({ warnings }) => warnings.length > 0);
  if (groups.length === 0) return undefined;
  const total = groups.reduce((sum, { warnings }) => sum + warnings.length, 0);
  const lines = [paint.bold(`${count(total, 'warning')} in ${count(groups.length, 'task')}`)];
  for (const { task, warnings } of groups.slice(0, TASKS)) {
    lines.push('', `${task}: ${count(warnings.length, 'warning')}`);
    lines.push(...warnings.slice(0, WARNINGS).map(line));
    const more = warnings.length - WARNINGS;
    if (more > 0) lines.push(`  … and ${more} more`);
  }
  const more = groups.length - TASKS;
  if (more > 0) lines.push('', `… and ${count(more, 'more task', 'more tasks')} with warnings`);
  lines.push('', `To read them in full: nx run ${groups[0]?.task}`);
  return lines.join('\n');
}

/** The first lines of the warnings in a text. */
function warningsIn(output: string): string[] {
  return stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => WARNING.test(line));
}

function cut(text: string, width: number): string {
  const characters = Array.from(text);
  const room = Math.max(width, WIDTH / 2);
  return characters.length <= room ? text : `${characters.slice(0, room - 1).join('')}…`;
}
