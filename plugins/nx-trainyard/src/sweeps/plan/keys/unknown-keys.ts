import type { Diagnostic } from '../../../diagnostics';
import { error, warning } from '../../../diagnostics';
import type { KeyResolution } from '../../../trainers/torchtune';
import { omegaConfTag } from '../../../yaml/value/implied-type';
import { writePath } from '../../../yaml/value/key-path';
import { valueAt } from '../../../yaml/value/value-path';
import type { YamlMap, YamlScalar, YamlValue } from '../../../yaml/value/value';
import type { Experiment } from '../../experiment/experiment';
import type { Use } from './conflicts';

export type Unknown = Extract<KeyResolution, { readonly how: 'unknown' }>;

/**
 * What is said of a key that nothing known reads. Among controls it is probably not meant. Where it
 * varies (or is computed for each run), runs that are to differ would all be equal: that is refused
 * until the experiment says that it is meant.
 *
 * @param isPossible whether the base has room for it
 */
export function unknownKey(
  { key, by }: Pick<Use, 'key' | 'by'>,
  { path, message, hint }: Unknown,
  experiment: Experiment,
  isPossible = true,
): Diagnostic {
  const details = { location: key.location, keys: [...new Set([key.name, writePath(path)])] };
  if (by === 'control') {
    return warning('unknown-key', message, { ...details, ...(hint !== undefined && { hint }) });
  }
  const seed = by === 'seed' ? 'Set sweep.repeats.seed_key to the key that takes the seed.' : '';
  const allow = isPossible ? `To allow it, ${howToAllow(key.name, experiment)}.` : '';
  const whole = [hint ?? seed, allow].filter((part) => part !== '').join(' ');
  return error('unknown-key', message, { ...details, ...(whole !== '' && { hint: whole }) });
}

/** What to write, and where, so that a key is taken as it is: it differs with what is there already. */
export function howToAllow(
  name: string,
  { silenced, validationMode }: Experiment,
  id = 'unknown-key',
): string {
  const entry = `{id: ${id}, keys: [${quoted(name)}], reason: …}`;
  if (silenced.length > 0) return `add ${entry} to the list validate.silence`;
  if (validationMode !== undefined) return `write 'silence: [${entry}]' under validate`;
  return `write 'validate: {silence: [${entry}]}'`;
}

function quoted(name: string): string {
  const isPlain = /^[A-Za-z_][\w.-]*$/.test(name) && omegaConfTag(name) === 'str';
  return isPlain ? name : JSON.stringify(name);
}

/**
 * The keys in a mapping that meet a mapping of the base and are not in it.
 *
 * @param path where the value is merged
 */
export function* newKeysIn(
  value: YamlValue,
  path: readonly string[],
  base: YamlMap,
): Generator<{ readonly key: YamlScalar; readonly path: readonly string[] }> {
  if (value.kind !== 'map' || valueAt(base, path)?.kind !== 'map') return;
  for (const [key, item] of value.entries) {
    if (key.kind !== 'str') continue;
    const below = [...path, key.value];
    if (valueAt(base, below)) yield* newKeysIn(item, below, base);
    else yield { key, path: below };
  }
}
