import type { ValidateFunction } from 'ajv';
import type { FileSchema } from '../../yaml/schema/check-schema';
// Loaded at once: Nx compiles an executor's TypeScript only until the executor is loaded.
import { validate } from './validate.generated';

/** The schema of launcher_scripts_config.yaml, which editors read too. */
export const LAUNCHER_SCHEMA: FileSchema = {
  file: 'schemas/launcher-scripts-config.schema.json',
  validator: () => validate as unknown as ValidateFunction,
  id: 'LauncherSettings',
};
