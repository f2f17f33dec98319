export { wantsColor } from './color';
export { count } from '../basics/count';
export { DiagnosticError, byPlace, error, note, refuse, warning } from './diagnostic';
export type { Diagnostic, DiagnosticDetails, Place, Severity, SourceText } from './diagnostic';
export {
  displayPath,
  fileSystemProblem,
  isNotThere,
  isThere,
  problemsIn,
  workOn,
} from '../files/system-error';
export { positionAt } from './position';
export type { Position } from './position';
export { codeFrame, formatPlace, renderDiagnostic, renderDiagnostics } from './render';
export { summarizeWarnings } from './summary';
export type { TaskOutput } from './summary';
export { someOf } from '../basics/some-of';
export { didYouMean, nearest } from './suggest';
export { nameHint } from './name-hint';
