import type { YamlValue } from './yaml/value';

/** A function that does its work once for each object that it is given. */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let known = made.get(key);
    if (!known) made.set(key, (known = { value: make(key) }));
    return known.value;
  };
}

/**
 * A function that does its work once for each value that was written in a file, for these are set
 * again and again. What a program made belongs to one run, and is not kept.
 */
export function oncePerWritten<T extends YamlValue, V>(make: (value: T) => V): (value: T) => V {
  const ofWritten = oncePer(make);
  return (value) => (value.place ? ofWritten(value) : make(value));
}
