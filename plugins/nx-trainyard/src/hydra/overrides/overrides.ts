export { applyValueOverride } from '../apply-override';
export type { Override, OverrideType } from './parse';
export { parseOverride } from './parse';
export { formatOverride } from './format';
