import type { Diagnostic } from '../../../diagnostics';
import { warning } from '../../../diagnostics';
import { canonicalText } from '../../../yaml/value/canonical-text';
import { Dict } from '../../../yaml/value/dict';
import type { YamlValue } from '../../../yaml/value/value';
import type { Experiment, PartialRow } from '../../experiment/experiment';
import { axesOf } from '../../experiment/axes';
import { formatValue } from '../../../yaml/writer/format-value';

/**
 * Runs that are equal in effect, where no fingerprint shows it: seeds are told apart by the number of
 * the repetition, and an int from the float of the same size.
 */
export function equalValues(experiment: Experiment): Diagnostic[] {
  const { repeats, extraRows } = experiment;
  const lists = [...axesOf(experiment).map(({ settings }) => settings), extraRows];
  return [...lists.flatMap(equalNumbers), ...(repeats ? equalSeeds(repeats) : [])];
}

function equalSeeds({ seedKey, seeds }: NonNullable<Experiment['repeats']>): Diagnostic[] {
  const counterpart = firstTwin(seeds.map(({ value }) => String(value)));
  const seed = counterpart && seeds[counterpart.second];
  if (!seed) return [];
  const message = `the seed ${formatValue(seed)} stands here twice: its runs differ in nothing but chance`;
  return [
    warning('equal-values', message, {
      location: seed.location ?? seedKey.location,
      hint: 'Write another seed, or remove it.',
      keys: [seedKey.name],
    }),
  ];
}

/** The first choice that differs from an earlier one only in how its numbers are written. */
function equalNumbers(choices: readonly PartialRow[]): Diagnostic[] {
  const counterpart = firstTwin(choices.map((choice) => textOf(choice, equalised)));
  if (!counterpart) return [];
  const [one = [], other = []] = [choices[counterpart.first], choices[counterpart.second]];
  // What is the same by its fingerprint is told of as that.
  const found = other.find((setting) => {
    const before = one.find(({ key }) => key.name === setting.key.name);
    return before && textOf([before]) !== textOf([setting]);
  });
  const before = one.find(({ key }) => key.name === found?.key.name);
  if (!found || !before) return [];
  const { key, value } = found;
  const message = `${formatValue(before.value)} and ${formatValue(value)} of '${key.name}' are equal, and so are their runs`;
  return [
    warning('equal-values', message, {
      location: value.location ?? key.location,
      hint: 'Remove one of the two.',
      keys: other.map((setting) => setting.key.name),
    }),
  ];
}

/** The first text that stands in a list before. */
function firstTwin(texts: readonly string[]): { first: number; second: number } | undefined {
  const known = new Map<string, number>();
  for (const [second, text] of texts.entries()) {
    const first = known.get(text);
    if (first !== undefined) return { first, second };
    known.set(text, second);
  }
  return undefined;
}

function textOf(row: PartialRow, read = (value: YamlValue): YamlValue => value): string {
  const texts = row.map(({ key, value }) => `${key.name}: ${canonicalText(read(value))}`);
  return texts.sort().join('\n');
}

/** A value with each whole float in it as the int that it equals. */
function equalised(value: YamlValue): YamlValue {
  if (value.kind === 'list') return { kind: 'list', items: value.items.map(equalised) };
  if (value.kind === 'map') {
    const entries = new Dict<YamlValue>();
    for (const [key, item] of value.entries) entries.set(key, equalised(item));
    return { kind: 'map', entries };
  }
  const isWhole = value.kind === 'float' && Number.isInteger(value.value);
  return isWhole ? { kind: 'int', value: BigInt(value.value) } : value;
}
