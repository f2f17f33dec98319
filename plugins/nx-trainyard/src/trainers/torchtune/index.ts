export type {
  Catalog,
  Component,
  Parameter,
  ParameterKind,
  Recipe,
  RegisteredConfig,
} from './catalog/catalog';
export { tuneCommand } from './command';
export type { TuneResources, TuneRun } from './command';
export { expandDataset } from './expand-dataset';
export type { DatasetExpansion } from './expand-dataset';
export { WRITABLE_NAMES } from './keys/friendly-names';
export { REGISTRY, registryAt } from './catalog/installation';
export type { SearchStart } from './catalog/installation';
export { unknownPath } from './keys/key-context';
export type { KeyContext, Refusal, KeyResolution } from './keys/key-context';
export { nearPaths } from './keys/near-paths';
export { resolveKey } from './keys/resolve-key';
export { lintConfig, lintValue } from './rules/lint';
export type { ConfigRule, Finding, Rules, RunFacts } from './rules/lint';
export { torchtuneRules } from './rules/config-rules';
export { componentNamed } from './rules/component-rule';
export { openSource } from './catalog/source';
export type {
  BaseConfig,
  BaseSource,
  LoadedBase,
  SourceDescription,
  SourceFile,
} from './catalog/source';
export { distributedRecipe, distributedCounterpart, loraCounterpart } from './catalog/counterparts';
export { kindAt } from './rules/value-kinds';
