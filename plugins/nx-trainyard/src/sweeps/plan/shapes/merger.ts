import { scalarText } from '../../../yaml/value/canonical-text';
import { identical } from '../../../yaml/value/identical';
import type { YamlString, YamlValue } from '../../../yaml/value/value';
import { isContainer, str } from '../../../yaml/value/value';
import { valueAt } from '../../../yaml/value/value-path';
import type { Assignment } from '../overlay';
import type { RunDetails } from './run';
import { Run } from './run';
import type { Merge } from './shape';
import { Shape } from './shape';

/** A value that runs set, with what every run that sets it needs of it. */
export interface Prepared extends Assignment {
  /** Values of one sort leave the rest of a config as it is when one takes the other's place. */
  readonly sort: number;
  /** How it stands in what tells runs apart. */
  readonly text: string;
}

/** Most sweeps have one shape; one whose variables are mappings has many, and keeps so many. */
const KEPT = 1000;

/** Merges the values of runs into their base. What runs have in common is merged once. */
export class RunMerger {
  readonly #merge: Merge;
  readonly #sorts = new Map<string, number>();
  readonly #containers = new Map<YamlValue, number>();
  readonly #shapes = new Map<string, Shape>();

  constructor(merge: Merge) {
    this.#merge = merge;
  }

  /** Rows share what is prepared. */
  prepare(assignment: Assignment): Prepared {
    const { value } = assignment;
    const identity = assignment.identity ?? value;
    const text = isContainer(identity) ? '' : scalarText(identity);
    return { ...assignment, sort: this.#sortOf(assignment), text };
  }

  /**
   * @param values in the order in which they are merged
   * @throws DiagnosticError `TypeMismatch` for an item of a list that another value has made shorter
   */
  merge(values: readonly Prepared[]): Merged {
    let key = '';
    for (const { sort } of values) key += `${sort},`;
    let shape = this.#shapes.get(key);
    if (!shape) {
      if (this.#shapes.size === KEPT) this.#shapes.clear();
      shape = new Shape(this.#merge, values);
      this.#shapes.set(key, shape);
    }
    return new Merged(shape, values);
  }

  /** Containers merge with what is there: each is a sort of its own. */
  #sortOf({ path, value }: Assignment): number {
    const count = this.#sorts.size + this.#containers.size;
    if (isContainer(value)) return numberOf(this.#containers, value, count);
    const old = valueAt(this.#merge.base, path);
    // What the base says already keeps the base's spelling, and is no edit.
    const kind = old && identical(old, value) ? 'as the base' : value.kind;
    return numberOf(this.#sorts, `${path.join('\0')}\0${kind}`, count);
  }
}

function numberOf<K>(numbers: Map<K, number>, key: K, next: number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, next);
  return next;
}

/** The merged values of one run. */
export class Merged {
  readonly #shape: Shape;
  readonly #prepared: readonly Prepared[];
  readonly #values: YamlValue[];

  constructor(shape: Shape, prepared: readonly Prepared[]) {
    this.#shape = shape;
    this.#prepared = prepared;
    this.#values = prepared.map(({ value }) => value);
  }

  /** What tells the run from others, before it gets a folder and a name of its own. */
  get identity(): string {
    return this.#shape.identity.fill(this.#prepared);
  }

  /** The output folder before runs get their own; undefined where there is none. */
  get outputDir(): string | undefined {
    const { outputDir } = this.#shape;
    if (outputDir === undefined || typeof outputDir === 'string') return outputDir;
    return (this.#values[outputDir.index] as YamlString).value;
  }

  /** Whether the run gets a name of its own: nothing else gives it one. */
  get isNamed(): boolean {
    return this.#shape.isNamed;
  }

  /** The value at a path of the merged config. */
  valueAt(path: readonly string[]): YamlValue | undefined {
    const value = valueAt(this.#shape.config, path);
    return value && this.#shape.fill(value, this.#values);
  }

  /** The run, with a folder and a name of its own where it gets them. */
  run(facts: RunDetails, own: readonly (string | undefined)[]): Run {
    const texts = own.flatMap((text) => (text === undefined ? [] : str(text)));
    return new Run(facts, this.#shape, [...this.#values, ...texts]);
  }
}
