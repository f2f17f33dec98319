import type { ValidateFunction } from 'ajv';
import type { FileSchema } from '../../yaml/schema/check-schema';
import type * as Generated from './validate.generated';

// Loaded by the first file that is checked.
const generated = () => require('./validate.generated') as typeof Generated;

/** The schema of launcher_scripts_config.yaml, which editors read too. */
export const LAUNCHER_SCHEMA: FileSchema = {
  file: 'schemas/launcher-scripts-config.schema.json',
  validator: () => generated().validate as unknown as ValidateFunction,
  id: 'LauncherSettings',
};
