import { oncePer } from '../../basics/once-per';
import type { YamlValue } from './value';

/**
 * A function that does its work once for each value that was written in a file, for these are set
 * again and again. What a program made belongs to one run, and is not kept.
 */
export function oncePerWritten<T extends YamlValue, V>(make: (value: T) => V): (value: T) => V {
  const ofWritten = oncePer(make);
  return (value) => (value.location ? ofWritten(value) : make(value));
}
