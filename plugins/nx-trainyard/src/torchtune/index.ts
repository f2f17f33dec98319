export type {
  Catalog,
  Component,
  Parameter,
  ParameterKind,
  Recipe,
  RegisteredConfig,
} from './catalog';
export { tuneCommand } from './command';
export type { TuneResources, TuneRun } from './command';
export { expandDataset } from './expand-dataset';
export type { DatasetExpansion } from './expand-dataset';
export { WRITABLE_NAMES } from './friendly-names';
export { FINDING_IDS } from './finding-ids';
export { REGISTRY, registryAt } from './installation';
export type { SearchPlace } from './installation';
export { unknownPath } from './key-context';
export type { KeyContext, Refusal, Resolution } from './key-context';
export { nearPaths } from './near-paths';
export { resolveKey } from './resolve-key';
export { lintConfig, lintValue } from './lint';
export type { ConfigRule, Finding, Rules, RunFacts } from './lint';
export { torchtuneRules } from './rules';
export { componentNamed } from './component-rule';
export { openSource } from './source';
export type { BaseConfig, BaseSource, LoadedBase, SourceDescription, SourceFile } from './source';
export { distributedRecipe, distributedTwin, loraTwin } from './twins';
export { kindAt } from './value-kinds';
