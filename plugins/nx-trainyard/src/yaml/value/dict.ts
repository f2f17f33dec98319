import type { YamlScalar } from './scalar';
import { str } from './scalar';

/**
 * Equal for two keys exactly when Python calls them equal: `1 == 1.0 == True`, but `1 != "1"`.
 * (Python hash and equality of dict keys.)
 */
function identity(key: YamlScalar): string {
  switch (key.kind) {
    case 'str':
      return ofString(key.value);
    case 'int':
      return `${OTHER}n${key.value}`;
    case 'bool':
      return `${OTHER}${key.value ? 'n1' : 'n0'}`;
    case 'float':
      return `${OTHER}${Number.isInteger(key.value) ? `n${BigInt(key.value)}` : `f${key.value}`}`;
    case 'bytes':
      return `${OTHER}b${Buffer.from(key.value).toString('hex')}`;
    case 'null':
      return `${OTHER}null`;
  }
}

/** Starts the identity of every key but an ordinary string, which is its own: to join is slow. */
const OTHER = '\0';

function ofString(name: string): string {
  return name.startsWith(OTHER) ? `${OTHER}s${name}` : name;
}

interface Entry<V> {
  readonly key: YamlScalar;
  readonly value: V;
}

/** An ordered mapping with Python's key equality: the first key object stays, its value changes. */
export class Dict<V> {
  readonly #entries: Map<string, Entry<V>>;

  constructor(entries?: ReadonlyMap<string, Entry<V>>) {
    this.#entries = new Map(entries);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: YamlScalar): V | undefined {
    return this.#entries.get(identity(key))?.value;
  }

  /** The value of a string key. */
  at(name: string): V | undefined {
    return this.#entries.get(ofString(name))?.value;
  }

  /** The string key as it was written, with its place. */
  keyAt(name: string): YamlScalar | undefined {
    return this.#entries.get(ofString(name))?.key;
  }

  has(key: YamlScalar): boolean {
    return this.#entries.has(identity(key));
  }

  set(key: YamlScalar, value: V): void {
    const id = identity(key);
    this.#entries.set(id, { key: this.#entries.get(id)?.key ?? key, value });
  }

  /** Another mapping with the same entries. */
  copy(): Dict<V> {
    return new Dict(this.#entries);
  }

  /** Sets the value of a string key. */
  put(name: string, value: V): void {
    this.set(str(name), value);
  }

  delete(key: YamlScalar): boolean {
    return this.#entries.delete(identity(key));
  }

  /** Calls for each entry in order. Much faster than a loop, where that counts. */
  forEach(visit: (key: YamlScalar, value: V) => void): void {
    this.#entries.forEach(({ key, value }) => visit(key, value));
  }

  *keys(): IterableIterator<YamlScalar> {
    for (const entry of this.#entries.values()) yield entry.key;
  }

  *values(): IterableIterator<V> {
    for (const entry of this.#entries.values()) yield entry.value;
  }

  *[Symbol.iterator](): IterableIterator<[YamlScalar, V]> {
    for (const entry of this.#entries.values()) yield [entry.key, entry.value];
  }
}
