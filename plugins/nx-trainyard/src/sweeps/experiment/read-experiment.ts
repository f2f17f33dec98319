import type { Diagnostic, SourceText } from '../../diagnostics';
import { DiagnosticError, byLocation } from '../../diagnostics';
import { pyyamlVersionWarnings } from '../../yaml/reader/pyyaml-versions';
import { readYaml } from '../../yaml/reader/read';
import { checkSchema } from '../../yaml/schema/check-schema';
import { checkExperiment } from './experiment-rules';
import { field } from '../../yaml/schema/fields';
import { nestFlatForm } from './flat-form';
import type { Experiment } from './experiment';
import { draftOf, wholeExperiment } from './read-fields';
import { EXPERIMENT_SCHEMA } from './schema/experiment-schema';
import { dialectWarnings } from './yaml-dialect';

/**
 * Reads an experiment.yaml (version 1) under OmegaConf's rules. The flat form is read too, with a
 * warning that shows the rewrite. Nothing is compared with a base config.
 *
 * @throws DiagnosticError with all errors of the file, in their order: `ExperimentSchema`,
 *   `EmptyVariable`, or those of `readYaml`
 */
export function readExperiment(source: SourceText): {
  experiment: Experiment;
  warnings: Diagnostic[];
} {
  const value = readYaml(source, 'omegaconf');
  if (value.kind !== 'map')
    throw new DiagnosticError(checkSchema(value, source, EXPERIMENT_SCHEMA));
  const { root, problems: flat } = nestFlatForm(value);
  const problems = [...flat, ...checkSchema(root, source, EXPERIMENT_SCHEMA)];
  const draft = draftOf(root, source, (problem) => problems.push(problem));
  problems.push(...checkExperiment(draft, root));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new DiagnosticError(errors.sort(byLocation));
  const experiment = wholeExperiment(draft);
  if (!experiment) throw new Error('the schema lets pass what is no experiment');
  // `mode: off` means off, whether it is read as a text or as false.
  const mode = field(root, 'validate', 'mode')?.location?.start;
  const warnings = problems
    .concat(dialectWarnings(source, mode), pyyamlVersionWarnings(source))
    .sort(byLocation);
  return { experiment, warnings };
}
