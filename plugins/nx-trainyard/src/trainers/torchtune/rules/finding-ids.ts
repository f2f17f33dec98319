/** Everything that the rules of a framework may find in the config of a run. */
export const FINDING_IDS = [
  'confounded-rank',
  'data-files-without-source',
  'packed-without-max-seq-len',
  'optimizer-in-backward',
  'offloading-without-checkpointing',
  'fp16',
  'fractional-count',
  'rank-not-positive',
  'learning-rate-range',
  'placeholder-path',
  'fused-bitsandbytes',
  'unknown-component',
  'out-of-range',
  'unknown-device',
  'unknown-dtype',
  'unknown-lora-module',
] as const;

export type FindingId = (typeof FINDING_IDS)[number];
