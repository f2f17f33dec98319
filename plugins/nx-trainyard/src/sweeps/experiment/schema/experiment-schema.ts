import type { ValidateFunction } from 'ajv';
import type { FileSchema } from '../../../yaml/schema/check-schema';
import { experimentWords } from './experiment-words';
import type * as Generated from './validate.generated';

// Loaded by the first file that is checked.
const generated = () => require('./validate.generated') as typeof Generated;

/** The schema of experiment.yaml, which editors read too. */
export const EXPERIMENT_SCHEMA: FileSchema = {
  file: 'schemas/experiment.schema.json',
  validator: () => generated().validate as unknown as ValidateFunction,
  id: 'ExperimentSchema',
  words: experimentWords,
};
