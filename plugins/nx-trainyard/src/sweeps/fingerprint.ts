import { createHash } from 'node:crypto';
import { pythonFloatRepr } from '../yaml/python-number';
import type { YamlScalar, YamlValue } from '../yaml/value';

/** What makes two runs the same run, whatever sweep they are part of. */
export interface RunIdentity {
  /** The merged config before its own output folder is put in. */
  readonly config: YamlValue;
  /** The recipe or the command that runs it. */
  readonly runner: string;
  readonly outside: readonly { readonly name: string; readonly value: YamlValue }[];
  /** Which repetition of its row it is, from 0. */
  readonly repeat: number | undefined;
}

/** Texts of containers. Runs share what they do not change, so most are made once per sweep. */
const texts = new WeakMap<YamlValue, string>();

/** A value as text: typed, keys sorted, so that equal values have equal texts and others never. */
function canonical(value: YamlValue): string {
  if (value.kind !== 'map' && value.kind !== 'list') return scalar(value);
  let text = texts.get(value);
  if (text === undefined) {
    text = value.kind === 'list' ? `[${value.items.map(canonical).join()}]` : mapText(value.entries);
    texts.set(value, text);
  }
  return text;
}

function mapText(entries: Iterable<[YamlScalar, YamlValue]>): string {
  const pairs = Array.from(entries, ([key, value]) => `${scalar(key)}:${canonical(value)}`);
  return `{${pairs.sort().join()}}`;
}

function scalar(value: YamlScalar): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'str':
      return JSON.stringify(value.value);
    case 'float':
      return `f${pythonFloatRepr(value.value)}`;
    case 'int':
      return `i${value.value}`;
    case 'bool':
      return `b${value.value}`;
    case 'bytes':
      return `x${Buffer.from(value.value).toString('hex')}`;
  }
}

/**
 * The fingerprint of a run: sha256 in hexadecimal. It is the run's name for everything that lives
 * longer than one generation; `run_003` only says where it stands in this one.
 */
export function fingerprint({ config, runner, outside, repeat }: RunIdentity): string {
  const hash = createHash('sha256');
  hash.update(canonical(config));
  const around = outside.map(({ name, value }) => [name, canonical(value)]).sort();
  hash.update(JSON.stringify([runner, around, repeat ?? null]));
  return hash.digest('hex');
}
