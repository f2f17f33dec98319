import type { Diagnostic } from '../../../diagnostics';
import { error } from '../../../diagnostics';
import { meet } from '../../../yaml/value/value-path';
import type { WrittenKey } from '../../experiment/experiment';
import type { Assignment } from '../overlay';
import type { PlaceholderWords } from './placeholder-words';

/** A control whose text has placeholders, and so differs from run to run. */
export interface TemplatedControl {
  readonly key: WrittenKey;
  readonly assignment: Assignment;
}

/** Controls that can be filled at once, when those of the steps before them are. */
export interface FillStep {
  readonly controls: readonly TemplatedControl[];
  /** Whether some of them need values of the merged config. */
  readonly reads: boolean;
}

/**
 * The order in which controls are filled, so that what a text names has its value already.
 *
 * @returns the steps, and the controls whose texts need themselves
 */
export function fillSteps(
  controls: readonly TemplatedControl[],
  words: PlaceholderWords,
): { readonly steps: readonly FillStep[]; readonly problems: readonly Diagnostic[] } {
  const needs = new Map(
    controls.map((control) => {
      const paths = words.pathsIn(control.assignment.value);
      const used = controls.filter(({ assignment }) => {
        return paths.some((path) => meet(path, assignment.path));
      });
      return [control, { used, reads: paths.length > 0 }] as const;
    }),
  );
  const steps: FillStep[] = [];
  let waiting = [...controls];
  while (waiting.length > 0) {
    const ready = waiting.filter((control) => {
      return !needs.get(control)?.used.some((other) => waiting.includes(other));
    });
    if (ready.length === 0) break;
    const reads = ready.some((control) => needs.get(control)?.reads);
    steps.push({ controls: ready, reads });
    waiting = waiting.filter((control) => !ready.includes(control));
  }
  return {
    steps,
    problems: waiting.map((control) => cycle(control, needs.get(control)?.used ?? [])),
  };
}

function cycle({ key }: TemplatedControl, used: readonly TemplatedControl[]): Diagnostic {
  const others = used.filter((other) => other.key !== key).map((other) => `'${other.key.name}'`);
  const message =
    others.length === 0
      ? `the text of '${key.name}' needs its own value`
      : `the text of '${key.name}' needs ${others.join(' and ')}, which in turn needs '${key.name}'`;
  return error('UnknownPath', message, {
    location: key.location,
    hint: 'Replace the name in braces with the value itself.',
  });
}
