import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VALIDATORS, validatorCode } from './compile';

test.each(VALIDATORS)(
  "what checks by %s is made from it: 'npm run validators' does so",
  (schema, file) => {
    expect(readFileSync(join(__dirname, '..', file), 'utf8') === validatorCode(schema)).toBe(true);
  },
);
