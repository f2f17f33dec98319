/**
 * The public API of nx-trainyard. Everything here works outside Nx too.
 */
export {
  compose,
  composeRecipe,
  explainKey,
  generateSweep,
  planSweep,
  readYaml,
  renderDiagnostic,
  renderDiagnostics,
  toYaml,
} from './api';
export { DiagnosticError } from './diagnostics';
export type { Diagnostic, Place, SourceText } from './diagnostics';
export type { ComposeRequest } from './hydra/request';
export type { Composition } from './hydra/composition';
export type { ExplainedEntry } from './hydra/explain';
export type { RecipeRequest } from './hydra/recipe';
export type { SweepRequest } from './sweeps/sweep';
export type { SweepPlan } from './sweeps/check/check-runs';
export type { Run } from './sweeps/plan/shapes/run';
export type { SweepResult } from './sweeps/write/write-sweep';
export type { YamlList, YamlMap, YamlScalar, YamlValue } from './yaml/value/value';
