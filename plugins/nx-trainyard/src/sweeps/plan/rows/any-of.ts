import { pythonEqualsExceptBools } from '../../../yaml/value/python-equality';
import type { YamlValue } from '../../../yaml/value/value';

/** Whether a value is one of those that an exclusion, a condition or a resource names. */
export function isAnyOf(value: YamlValue, allowed: readonly YamlValue[]): boolean {
  return allowed.some((candidate) => pythonEqualsExceptBools(candidate, value));
}
