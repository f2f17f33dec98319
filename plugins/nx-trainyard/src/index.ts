export { DiagnosticError } from './diagnostics';
