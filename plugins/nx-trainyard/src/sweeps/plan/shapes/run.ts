import type { YamlMap, YamlScalar, YamlValue } from '../../../yaml/value/value';
import type { Row, RunResources } from '../../experiment/experiment';
import type { Shape } from './shape';

/** What a run is called, and what else is known of it besides its config. */
export type RunDetails = Omit<Run, 'config'>;

/** A single value in which runs differ that are alike in all else. */
export interface VaryingValue {
  readonly path: readonly string[];
  /** Whether no other run has it: the run's output folder, or its name. */
  readonly isOwn: boolean;
  /** Which of a run's values it is. */
  readonly index: number;
}

/** The config of runs that are alike but for some single values. */
export interface AlikeRuns {
  /** The merged config. Where runs differ, a value of the same kind stands for theirs. */
  readonly config: YamlMap;
  readonly varying: readonly VaryingValue[];
  /** What differs from run to run here; undefined for what all have. @param value of `config` */
  varyingAt(value: YamlValue): VaryingValue | undefined;
  /** A part of `config` as a run has it. */
  partOf(run: Run, value: YamlValue): YamlValue;
  /** What a run has where runs differ. */
  valueOf(run: Run, varying: VaryingValue): YamlScalar;
}

/** One run of a sweep, ready to be written. */
export class Run {
  readonly id: string;
  readonly row: Row;
  /** What `output.run_name` gives; undefined when none is written. */
  readonly label: string | undefined;
  readonly fingerprint: string;
  readonly outputDir: string | undefined;
  /** The name of its own that it gets; undefined where it gets none. */
  readonly name: string | undefined;
  /** They are no part of what the run is. */
  readonly resources: RunResources;
  readonly #shape: Shape;
  /** What stands in the slots of its shape. */
  readonly #values: readonly YamlValue[];
  #config: YamlMap | undefined;

  constructor(facts: RunDetails, shape: Shape, values: readonly YamlValue[]) {
    this.id = facts.id;
    this.row = facts.row;
    this.label = facts.label;
    this.fingerprint = facts.fingerprint;
    this.outputDir = facts.outputDir;
    this.name = facts.name;
    this.resources = facts.resources;
    this.#shape = shape;
    this.#values = values;
  }

  /** The merged config, with the run's own output folder. It is put together when asked for. */
  get config(): YamlMap {
    this.#config ??= this.#shape.fill(this.#shape.config, this.#values) as YamlMap;
    return this.#config;
  }

  /** @see oncePerShape */
  static oncePerShape<M>(make: (alike: AlikeRuns, first: Run) => M): (run: Run) => M {
    const made = new WeakMap<Shape, { readonly value: M }>();
    return (run) => {
      const shape = run.#shape;
      let known = made.get(shape);
      if (!known) made.set(shape, (known = { value: make(Run.#alike(shape), run) }));
      return known.value;
    };
  }

  static #alike(shape: Shape): AlikeRuns {
    return {
      config: shape.config,
      varying: [...shape.slots.values()],
      varyingAt: (value) => shape.slots.get(value),
      partOf: (run, value) => shape.fill(value, run.#values),
      valueOf: (run, { index }) => run.#values[index] as YamlScalar,
    };
  }
}

/**
 * Makes something of a run's config: once for all runs whose configs differ in single values only. What
 * depends on these values is filled in for each run, with what `AlikeRuns` gives.
 *
 * @param make gets the config that the runs have in common, and the first of them
 */
export function oncePerShape<M>(make: (alike: AlikeRuns, first: Run) => M): (run: Run) => M {
  return Run.oncePerShape(make);
}
