import type { Diagnostic } from '../../../diagnostics';
import { error } from '../../../diagnostics';
import { pathOfKey, writePath } from '../../../yaml/value/key-path';
import { Dict } from '../../../yaml/value/dict';
import { valueAt } from '../../../yaml/value/value-path';
import type { YamlValue } from '../../../yaml/value/value';
import { str } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { Experiment, PartialRow, WrittenKey } from '../../experiment/experiment';
import type { Use } from './conflicts';
import { describeForeign } from '../../experiment/schema/foreign-hints';
import { foreignValues, isForeignWord } from '../../experiment/schema/foreign-values';

/** Whether a value that a key gets is another tool's way to say several values. */
export function foreignValue(
  { key, value, by }: Use,
  path: readonly string[],
  base: SweepBase,
): Diagnostic | undefined {
  const foreign = foreignValues(value);
  if (!foreign) return undefined;
  const old = valueAt(base.value, path);
  // A base that has such a text or mapping knows what to do with one.
  if (old?.kind === value.kind && (value.kind === 'map' || foreignValues(old))) return undefined;
  if (!foreign.certain && (!old || old.kind === 'null')) return undefined;
  const { message, hint } = describeForeign(key.name, foreign.form, by);
  return error('ExperimentSchema', message, { location: value.location ?? key.location, hint });
}

/**
 * Mappings of another tool under keys that may be mappings (`controls: {lr: {values: [1, 2]}}`), which
 * have been taken apart into `lr.values`.
 *
 * @returns the problems, by the keys that are parts of such a mapping
 */
export function foreignMappings(
  experiment: Experiment,
  base: SweepBase,
): ReadonlyMap<WrittenKey, Diagnostic> {
  const found = new Map<WrittenKey, Diagnostic>();
  const rows = [
    experiment.controls,
    ...experiment.extraRows,
    ...experiment.when.map(({ set }) => set),
  ];
  for (const row of rows) {
    for (const [parent, parts] of partsOf(row)) {
      const problem = foreignParts(parent, parts, base);
      if (problem) for (const { key } of parts) found.set(key, problem);
    }
  }
  return found;
}

/** The entries of a row by the key that they lie in. */
function partsOf(row: PartialRow): Map<string, PartialRow> {
  const parts = new Map<string, PartialRow>();
  for (const entry of row) {
    const parent = writePath(pathOfKey(entry.key.name).slice(0, -1));
    if (parent !== '') parts.set(parent, [...(parts.get(parent) ?? []), entry]);
  }
  return parts;
}

function foreignParts(parent: string, parts: PartialRow, base: SweepBase): Diagnostic | undefined {
  const [first] = parts;
  const entries = new Dict<YamlValue>();
  for (const { key, value } of parts) {
    const word = pathOfKey(key.name).at(-1) ?? '';
    if (!isForeignWord(word)) return undefined;
    entries.set(str(word), value);
  }
  const meant = base.resolveKey(parent, new Map());
  if (!first || meant.kind === 'rejected') return undefined;
  const value = { kind: 'map', entries, location: first.key.location } as const;
  const use = {
    key: { name: parent, location: first.key.location },
    value,
    by: 'control',
  } as const;
  return foreignValue(use, meant.path, base);
}
