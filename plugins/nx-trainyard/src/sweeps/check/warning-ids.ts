import { FINDING_IDS } from '../../trainers/torchtune';

/** What bases and experiments are warned of as files of YAML or Hydra. */
export const FILE_IDS: readonly string[] = [
  'pyyaml-versions',
  'missing-self',
  'hydra-plugin',
  'search-path',
  'DeprecatedKey',
];

/** The ids of everything that a sweep is warned of, which `validate.silence` may name. */
export const WARNING_IDS: readonly string[] = [
  ...FINDING_IDS,
  ...FILE_IDS,
  'flat-form',
  'yaml-dialect',
  'unknown-key',
  'wrong-kind',
  'empty-mapping',
  'unused-exclusion',
  'unused-condition',
  'unused-sample',
  'unused-replace',
  'outside-key',
  'no-recipe',
  'same-fingerprint',
  'equal-values',
  'duplicate-label',
  'shared-output-dir',
  'no-output-dir',
  'dangling-interpolation',
  'unknown-resolver',
  'linked-in-base',
  'recorded-only',
  'several-nodes',
  'many-runs',
  'very-many-runs',
  'too-many-runs',
  'unused-silence',
  'unclear-placeholder',
];
