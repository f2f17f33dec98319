/**
 * The public API of nx-trainyard. Everything here works outside Nx too.
 */
export { DiagnosticError, renderDiagnostic, renderDiagnostics } from './diagnostics';
export type { Diagnostic, Place, SourceText } from './diagnostics';
export { composeConfig as compose, composeRecipe } from './hydra/api';
export type { ComposeRequest } from './hydra/compose';
export type { Composition } from './hydra/composition';
export { explainKey } from './hydra/explain';
export type { ExplainedEntry } from './hydra/explain';
export type { RecipeRequest } from './hydra/recipe';
export { generateSweep, planSweep } from './sweeps/sweep';
export type { SweepRequest } from './sweeps/sweep';
export type { SweepPlan } from './sweeps/plan';
export type { Run } from './sweeps/runs/run';
export type { SweepResult } from './sweeps/files/write-sweep';
export { readYaml } from './yaml/read';
export { toYaml } from './yaml/to-yaml';
export type { YamlList, YamlMap, YamlScalar, YamlValue } from './yaml/value';
