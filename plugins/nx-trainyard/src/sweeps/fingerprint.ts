import { createHash } from 'node:crypto';
import { pythonFloatRepr } from '../yaml/python-number';
import type { YamlMap, YamlScalar, YamlValue } from '../yaml/value';

/** What makes two runs the same run, whatever sweep they are part of. */
export interface RunIdentity {
  /** The merged config before its own output folder is put in. */
  readonly config: YamlMap;
  readonly outside: readonly { readonly name: string; readonly value: YamlValue }[];
  /** Which repetition of its row it is, from 0. */
  readonly repeat: number | undefined;
}

type KeyOrder = readonly {
  readonly key: YamlScalar;
  readonly prefix: string;
  readonly place: number;
}[];

/**
 * Makes the fingerprints of the runs of a sweep: sha256 in hexadecimal. It is the run's name for
 * everything that lives longer than one generation; `run_003` only says where it stands in this one.
 */
export class Fingerprinter {
  readonly #runner: string;
  /** Texts of what the runs share, each made once. */
  readonly #texts = new Map<YamlValue, string>();
  /** By the first key of a map. */
  readonly #orders = new Map<YamlScalar, KeyOrder>();

  /**
   * @param runner the recipe or the command that runs all of them
   * @param shared the config as far as all runs share it
   */
  constructor(runner: string, shared: YamlMap) {
    this.#runner = runner;
    for (const value of shared.entries.values()) this.#remember(value);
  }

  #remember(value: YamlValue): void {
    if (value.kind === 'list') for (const item of value.items) this.#remember(item);
    if (value.kind === 'map') for (const item of value.entries.values()) this.#remember(item);
    this.#texts.set(value, this.#canonical(value));
  }

  of({ config, outside, repeat }: RunIdentity): string {
    const around = outside.map(({ name, value }) => [name, this.#canonical(value)]).sort();
    const hash = createHash('sha256');
    hash.update(this.#canonical(config) + JSON.stringify([this.#runner, around, repeat ?? null]));
    return hash.digest('hex');
  }

  /** A value as text: typed, keys sorted, so that equal values have equal texts and others never. */
  #canonical(value: YamlValue): string {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    if (value.kind === 'list') {
      return `[${value.items.map((item) => this.#canonical(item)).join()}]`;
    }
    if (value.kind !== 'map') return scalarText(value);
    return `{${this.#pairs(value).join()}}`;
  }

  /** The entries of a map as texts, sorted. */
  #pairs({ entries }: YamlMap): string[] {
    const pairs = new Array<string>(entries.size);
    const [first] = entries.keys();
    const known = first && this.#orders.get(first);
    const order = known?.length === entries.size ? known : this.#sort(entries);
    let index = 0;
    let isOrder = true;
    entries.forEach((key, item) => {
      const at = order[index++];
      if (at?.key === key) pairs[at.place] = at.prefix + this.#canonical(item);
      else isOrder = false;
    });
    if (isOrder) return pairs;
    this.#sort(entries);
    return this.#pairs({ kind: 'map', entries });
  }

  /** Finds where the entries of a map stand when its keys are sorted. Runs have the same keys. */
  #sort(entries: YamlMap['entries']): KeyOrder {
    const keys = [...entries.keys()];
    const prefixes = keys.map((key) => `${scalarText(key)}:`);
    const places = new Map([...prefixes].sort().map((prefix, place) => [prefix, place]));
    const order = keys.map((key, index) => {
      const prefix = prefixes[index] ?? '';
      return { key, prefix, place: places.get(prefix) ?? 0 };
    });
    const [first] = keys;
    if (first) this.#orders.set(first, order);
    return order;
  }
}

function scalarText(value: YamlScalar): string {
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
