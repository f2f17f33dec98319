export { applyValueOverride } from './override-apply';
export type { Override, OverrideType } from './override-parse';
export { parseOverride } from './override-parse';
export { formatOverride } from './override-text';
