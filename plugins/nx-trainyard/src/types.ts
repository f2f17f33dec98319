/*
 * Every type that the public API takes or returns, at any depth: a program can name what it is given.
 */
export type {
  Diagnostic,
  DiagnosticId,
  Location,
  RenderOptions,
  Severity,
  SourceText,
} from './diagnostics';
export type { Composition } from './hydra/composition';
export type { ConfigFile } from './hydra/config-files/config-file';
export type {
  Choice,
  ConfigItem,
  DefaultsItem,
  GroupItem,
  SelfItem,
} from './hydra/config-files/defaults-item';
export type { ConfigContainer, ConfigList, ConfigMap, ConfigNode } from './hydra/config/config';
export type { FieldType, StructType } from './hydra/config/field-types';
export type { DefaultsEntry } from './hydra/defaults/defaults-list';
export type { ExplainedEntry } from './hydra/explain';
export type {
  Concat,
  Constant,
  Element,
  ListElement,
  MapElement,
  NodeInterpolation,
  ResolverInterpolation,
  Sequence,
} from './hydra/grammar/ast';
export type { ResolveContext } from './hydra/interpolation/interpolation';
export type {
  Resolution,
  Resolver,
  ResolverCall,
  Surroundings,
} from './hydra/interpolation/resolution';
export type { RecipeRequest } from './hydra/recipe';
export type { ComposeRequest } from './hydra/request';
export type {
  BaseOrigin,
  JobName,
  OutputDirs,
  Path as ConfigPath,
  ReadValue,
  SweepBase,
} from './sweeps/bases/base';
export type { SweepPlan } from './sweeps/check/check-runs';
export type { PlanOptions, ResolvedSweep } from './sweeps/check/check-sweep';
export type { Verdict } from './sweeps/check/verdict';
export type {
  BaseReference,
  Condition,
  Control,
  Derivation,
  Exclusion,
  Experiment,
  FrameworkConfig,
  FrameworkName,
  PartialRow,
  Repeats,
  Row,
  RunResources,
  Sample,
  Silence,
  Variable,
  WrittenKey,
  ZipGroup,
} from './sweeps/experiment/experiment';
export type { Target, Targets } from './sweeps/plan/keys/targets';
export type { OutputDir } from './sweeps/plan/output-dir';
export type { Assignment } from './sweeps/plan/overlay';
export type { Sweep } from './sweeps/plan/plan';
export type { Run } from './sweeps/plan/shapes/run';
export type { SweepRequest } from './sweeps/sweep';
export type { SweepResult } from './sweeps/write/write-sweep';
export type { KeyResolution } from './trainers/torchtune/keys/key-context';
export type {
  ConfigRule,
  Finding,
  Rules,
  RunFacts,
  ValueRule,
} from './trainers/torchtune/rules/lint';
export type { Dialect } from './yaml/reader/construct';
export type { Dict } from './yaml/value/dict';
export type { PlainValue } from './yaml/value/plain';
export type {
  Located,
  YamlBool,
  YamlBytes,
  YamlFloat,
  YamlInt,
  YamlNull,
  YamlString,
} from './yaml/value/scalar';
export type { Span } from './yaml/value/scalar-location';
export type { YamlList, YamlMap, YamlScalar, YamlValue } from './yaml/value/value';
export type { ToYamlOptions } from './yaml/writer/to-yaml';
