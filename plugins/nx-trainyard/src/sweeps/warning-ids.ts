import { FINDING_IDS } from '../torchtune';

/** The ids of everything that a sweep is warned of, which `validate.silence` may name. */
export const WARNING_IDS: readonly string[] = [
  ...FINDING_IDS,
  'flat-form',
  'yaml-dialect',
  'unknown-key',
  'unused-exclusion',
  'no-recipe',
  'same-fingerprint',
  'shared-output-dir',
  'many-runs',
  'very-many-runs',
];
