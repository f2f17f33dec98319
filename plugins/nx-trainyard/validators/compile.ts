import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone';

// `npm run validators` writes these. No command of the product then loads ajv, which takes longer than all
// that most commands do.

const PACKAGE = join(__dirname, '..');

/** The schemas of files that people write, and the code that checks each. From the package's folder. */
export const VALIDATORS: readonly (readonly [schema: string, code: string])[] = [
  ['schemas/experiment.schema.json', 'src/sweeps/experiment/schema/validate.generated.ts'],
  ['schemas/launcher-scripts-config.schema.json', 'src/launchers/settings/validate.generated.ts'],
];

/** The code that checks a value by a schema, whole. @param schema from the package's folder */
export function validatorCode(schema: string): string {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    ownProperties: true,
    code: { source: true, esm: true },
  });
  const value = JSON.parse(readFileSync(join(PACKAGE, schema), 'utf8')) as object;
  const code = standaloneCode(ajv, ajv.compile(value));
  const lead = `// Made from ${schema} by 'npm run validators'.\n/* eslint-disable */\n// @ts-nocheck\n`;
  // One statement stands on one line: nobody reads this.
  return `${lead}${code.replace(/^"use strict";/, '').replace(/export default \w+;/, '')}\n`;
}

if (require.main === module) {
  for (const [schema, file] of VALIDATORS)
    writeFileSync(join(PACKAGE, file), validatorCode(schema));
}
