import type { Diagnostic, SourceText } from '../diagnostics';
import { DiagnosticError, byLocation } from '../diagnostics';
import { readYaml } from '../yaml/reader/read';
import { nestFlatForm } from './experiment/flat-form';
import type { Experiment } from './experiment/experiment';
import type { BaseSources } from './bases/open-base';
import { openBase } from './bases/open-base';
import { namesBase } from './experiment/experiment-rules';
import { readExperiment } from './experiment/read-experiment';
import { draftOf, wholeExperiment } from './experiment/read-fields';
import { RunMaker } from './plan/run-maker';
import { Verdict } from './check/verdict';
import { resolveTargets } from './plan/keys/targets';

/**
 * Reads an experiment. When it does not fit the schema, what can be said about its base config and
 * its keys is said all the same, so that one run shows all that is to be mended.
 *
 * @throws DiagnosticError with everything that is wrong
 */
export function readWhole(
  source: SourceText,
  locations: BaseSources,
): { readonly experiment: Experiment; readonly warnings: readonly Diagnostic[] } {
  try {
    return readExperiment(source);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const known = new Set(cause.diagnostics.map(({ location }) => location?.start));
    const further = problemsBeyondSchema(source, locations).filter(({ location }) => {
      return location?.source === source && !known.has(location.start);
    });
    throw new DiagnosticError([...cause.diagnostics, ...further].sort(byLocation));
  }
}

function problemsBeyondSchema(source: SourceText, locations: BaseSources): readonly Diagnostic[] {
  try {
    const value = readYaml(source);
    if (value.kind !== 'map') return [];
    const draft = draftOf(nestFlatForm(value).root, source, () => undefined);
    // No problem that is found here depends on the experiment's name.
    const experiment = wholeExperiment({ ...draft, name: draft.name ?? 'unnamed' });
    // The schema has refused what should name the base, or the framework.
    if (!experiment || !namesBase(experiment)) return [];
    const base = openBase(experiment, locations);
    const { targets, problems } = resolveTargets(experiment, base);
    const more = new RunMaker(experiment, base, targets, 1).problems;
    const reported = new Verdict(experiment, {}).on([...problems, ...more]);
    return reported.filter(({ severity }) => severity === 'error');
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics;
    throw cause;
  }
}
