/** A function that does its work once for each object that it is given. */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let known = made.get(key);
    if (!known) made.set(key, (known = { value: make(key) }));
    return known.value;
  };
}

/** A function that does its work once for each text that it is given, of which it keeps all. */
export function oncePerText<V>(make: (text: string) => V): (text: string) => V {
  const made = new Map<string, V>();
  return (text) => {
    let known = made.get(text);
    if (known === undefined) made.set(text, (known = make(text)));
    return known;
  };
}
