import type { SourceText } from '../../diagnostics';
import type { Cut } from './text-edits';
import { CutText } from './text-edits';
import { identical } from '../value/identical';
import { readYaml } from '../reader/read';

/**
 * A rewriting of a text that leaves its meaning: with copies of what is shared as it is written, if
 * they read the same, else with its values written anew.
 */
export interface Step {
  readonly copied?: readonly Cut[] | undefined;
  readonly written: readonly Cut[];
}

/** The text after a step. */
export function rewritten(source: SourceText, { copied, written }: Step): string {
  const copy = copied && new CutText(source.text, copied).fill([]);
  return copy !== undefined && readsAs(source, copy)
    ? copy
    : new CutText(source.text, written).fill([]);
}

function readsAs(source: SourceText, text: string): boolean {
  try {
    return identical(readYaml(source), readYaml({ ...source, text }));
  } catch {
    return false;
  }
}
