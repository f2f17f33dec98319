import type { ValidateFunction } from 'ajv';
import type { FileSchema } from '../../../yaml/schema/check-schema';
import { experimentWords } from './experiment-words';
// Loaded at once: Nx compiles an executor's TypeScript only until the executor is loaded.
import { validate } from './validate.generated';

/** The schema of experiment.yaml, which editors read too. */
export const EXPERIMENT_SCHEMA: FileSchema = {
  file: 'schemas/experiment.schema.json',
  validator: () => validate as unknown as ValidateFunction,
  id: 'ExperimentSchema',
  words: experimentWords,
};
