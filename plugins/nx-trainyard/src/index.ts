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
export type * from './types';
