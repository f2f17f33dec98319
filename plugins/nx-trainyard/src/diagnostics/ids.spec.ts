import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { COLLECTION_WARNINGS, ERRORS, PYTHON_ERRORS, SWEEP_WARNINGS, isException } from './ids';

const SOURCES = readdirSync(join(__dirname, '..'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.spec)\.ts$/.test(file) && file !== join('diagnostics', 'ids.ts'))
  .map((file) => readFileSync(join(__dirname, '..', file), 'utf8'))
  .join('\n');

describe('the id of a problem', () => {
  const groups = { PYTHON_ERRORS, ERRORS, SWEEP_WARNINGS, COLLECTION_WARNINGS };
  const ids = Object.values(groups).flatMap((group) => Object.keys(group));

  it('has one meaning', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(ids)('%s is one that something has', (id) => {
    expect(SOURCES).toMatch(new RegExp(`'${id}'`));
  });

  it('tells exceptions apart by their base classes', () => {
    expect(isException('InterpolationKeyError', 'interpolation')).toBe(true);
    expect(isException('UnsupportedInterpolationType', 'unknown resolver')).toBe(true);
    expect(isException('KeyError', 'interpolation')).toBe(false);
  });
});
