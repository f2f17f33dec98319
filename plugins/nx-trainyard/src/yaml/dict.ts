import type { YamlScalar } from './scalar';
import { str } from './scalar';

/**
 * Equal for two keys exactly when Python calls them equal: `1 == 1.0 == True`, but `1 != "1"`.
 * (Python hash and equality of dict keys.)
 */
function identity(key: YamlScalar): string {
  switch (key.kind) {
    case 'str':
      return `s${key.value}`;
    case 'int':
      return `n${key.value}`;
    case 'bool':
      return key.value ? 'n1' : 'n0';
    case 'float':
      return Number.isInteger(key.value) ? `n${BigInt(key.value)}` : `f${key.value}`;
    case 'bytes':
      return `b${Buffer.from(key.value).toString('hex')}`;
    case 'null':
      return 'null';
  }
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
    return this.#entries.get(`s${name}`)?.value;
  }

  /** The string key as it was written, with its place. */
  keyAt(name: string): YamlScalar | undefined {
    return this.#entries.get(`s${name}`)?.key;
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
