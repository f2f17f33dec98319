import type { SourceText } from '../../diagnostics';
import type { TextEdit } from './text-edits';
import { TextWithEdits } from './text-edits';
import { identical } from '../value/identical';
import { readYaml } from '../reader/read';

/**
 * A rewriting of a text that leaves its meaning: with copies of what is shared as it is written, if
 * they read the same, else with its values written anew.
 */
export interface Step {
  readonly copied?: readonly TextEdit[] | undefined;
  readonly written: readonly TextEdit[];
}

/** The text after a step. */
export function rewritten(source: SourceText, { copied, written }: Step): string {
  const copy = copied && new TextWithEdits(source.text, copied).fill([]);
  return copy !== undefined && readsAs(source, copy)
    ? copy
    : new TextWithEdits(source.text, written).fill([]);
}

function readsAs(source: SourceText, text: string): boolean {
  try {
    return identical(readYaml(source), readYaml({ ...source, text }));
  } catch {
    return false;
  }
}
