import type { SweepWarningId } from '../../diagnostics/ids';
import type { Location, SourceText } from '../../diagnostics';
import type { YamlFloat, YamlInt, YamlMap, YamlValue } from '../../yaml/value/value';

/** A key as the researcher wrote it (dotted, or nested maps joined by dots), with its place. */
export interface WrittenKey {
  readonly name: string;
  readonly location: Location;
}

/** A variable and its values: sugar (`range`, `linspace`, `log`) is already unfolded. */
export interface Variable {
  readonly key: WrittenKey;
  readonly values: readonly YamlValue[];
}

/**
 * A control: nested maps are taken apart, so each leaf is one control, under its dotted path. A map
 * stays whole where it is empty, is to be replaced, or has keys that are no text.
 */
export interface Control {
  readonly key: WrittenKey;
  readonly value: YamlValue;
}

/** A partial row: variables (or other keys) and their values, in written order. */
export type PartialRow = readonly { readonly key: WrittenKey; readonly value: YamlValue }[];

/** Several variables whose lists advance together; all have the same length. */
export type ZipGroup = readonly Variable[];

/** A pattern of rows: for each key the values of which one must match. */
export interface Exclusion {
  readonly location: Location;
  readonly match: readonly { readonly key: WrittenKey; readonly anyOf: readonly YamlValue[] }[];
}

/** `sweep.when`: what is set when the row, the outside keys or the controls have these values. */
export interface Condition {
  readonly location: Location;
  readonly if: readonly { readonly key: WrittenKey; readonly anyOf: readonly YamlValue[] }[];
  readonly set: PartialRow;
}

export interface Sample {
  readonly n: number;
  readonly seed: bigint;
  readonly location: Location;
}

export interface Repeats {
  readonly seedKey: WrittenKey;
  /** One run per seed for each row; explicit, or 0 … n-1. */
  readonly seeds: readonly YamlInt[];
}

/** Where the base config comes from; exactly one is written. */
export type BaseReference =
  | { readonly kind: 'name'; readonly name: string; readonly location: Location }
  | { readonly kind: 'file'; readonly path: string; readonly location: Location }
  | { readonly kind: 'recipe'; readonly recipe: string; readonly location: Location };

export const FRAMEWORKS = ['torchtune', 'hyperpod', 'generic'] as const;
export type FrameworkName = (typeof FRAMEWORKS)[number];

export interface FrameworkConfig {
  readonly base: BaseReference;
  /** torchtune's recipe, when the researcher names it. */
  readonly recipe: WrittenKey | undefined;
  /** How generic runs are started; `{config}` is the run's file. */
  readonly command: WrittenKey | undefined;
  /** The key that holds the output folder, for generic and hyperpod; `none` where there is none. */
  readonly outputDirKey: WrittenKey | 'none' | undefined;
}

/** An arithmetic expression of `derived` (or of `resources`), as written. */
export interface Derivation {
  readonly key: WrittenKey;
  readonly expression: string;
  readonly location: Location;
}

/** A file per run, or one base file and a line of arguments per run. */
export const SWEEP_FORMS = ['configs', 'overrides'] as const;
export type SweepForm = (typeof SWEEP_FORMS)[number];

/** An entry of `validate.silence`: findings of this id are known and accepted. */
export interface Silence {
  readonly id: SweepWarningId;
  /** Only findings about these keys; undefined: all. */
  readonly keys: readonly WrittenKey[] | undefined;
  readonly reason: string;
  readonly location: Location;
}

/** An experiment.yaml that fits the schema. Nothing in it has been compared with a base config. */
export interface Experiment {
  readonly source: SourceText;
  readonly name: string;
  readonly framework: FrameworkName;
  /** question, hypothesis, researcher, date, tags, notes: recorded, never interpreted. */
  readonly about: YamlMap;
  readonly frameworkConfig: FrameworkConfig;
  readonly variables: readonly Variable[];
  readonly controls: readonly Control[];
  readonly outside: readonly Variable[];
  readonly zip: readonly ZipGroup[];
  readonly exclude: readonly Exclusion[];
  readonly sample: Sample | undefined;
  readonly extraRows: readonly PartialRow[];
  readonly repeats: Repeats | undefined;
  readonly when: readonly Condition[];
  readonly derived: readonly Derivation[];
  readonly delete: readonly WrittenKey[];
  readonly replace: readonly WrittenKey[];
  readonly output: {
    /** The label template; undefined when none is written. */
    readonly runName: WrittenKey | undefined;
    readonly perRunOutputDir: boolean;
    /** Whether runs over a recipe get names of their own. */
    readonly perRunName: boolean;
    readonly form: SweepForm;
  };
  readonly maxRuns: number;
  /** What warnings are, when the researcher says so. */
  readonly validationMode: 'off' | 'warn' | 'error' | undefined;
  readonly silenced: readonly Silence[];
  /** What runs need from a cluster, as written. */
  readonly resources: YamlMap | undefined;
  /** The cluster that jobs are for, and where it is named if it is in the experiment. */
  readonly cluster: WrittenKey | undefined;
  readonly evaluation: YamlMap | undefined;
}

/**
 * An experiment.yaml as far as it can be read. What does not fit the schema is missing, and reported
 * elsewhere: only rules that look for more problems see it.
 */
export interface ExperimentDraft extends Omit<
  Experiment,
  'name' | 'framework' | 'frameworkConfig'
> {
  readonly name: string | undefined;
  readonly framework: FrameworkName | undefined;
  readonly frameworkConfig: Omit<FrameworkConfig, 'base'> & {
    readonly base: BaseReference | undefined;
  };
}

/** One row of the sweep: what differs from run to run, in the order in which it is recorded. */
export interface Row {
  /** Place in the sweep, from 0. */
  readonly index: number;
  readonly variables: readonly { readonly key: WrittenKey; readonly value: YamlValue }[];
  readonly outside: readonly { readonly key: WrittenKey; readonly value: YamlValue }[];
  /** The seed of a repetition, and which repetition it is, from 0. */
  readonly repeat: { readonly number: number; readonly seed: YamlInt } | undefined;
}

/** What one run needs; absent where the experiment does not say. */
export interface RunResources {
  /** GPUs per node. */
  readonly gpus?: number;
  readonly nodes?: number;
}

export type YamlNumber = YamlInt | YamlFloat;

/** What of an experiment gives a key its value. */
export type KeySource = 'variable' | 'control' | 'row' | 'when' | 'derived' | 'seed';
