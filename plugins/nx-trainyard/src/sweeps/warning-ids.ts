import { FINDING_IDS } from '../torchtune';

/** The ids of everything that a sweep is warned of, which `validate.silence` may name. */
export const WARNING_IDS: readonly string[] = [
  ...FINDING_IDS,
  'flat-form',
  'yaml-dialect',
  'unknown-key',
  'unused-exclusion',
  'unused-condition',
  'no-recipe',
  'same-fingerprint',
  'shared-output-dir',
  'no-output-dir',
  'dangling-interpolation',
  'recorded-only',
  'several-nodes',
  'many-runs',
  'very-many-runs',
];
