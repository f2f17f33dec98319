type Primitive = string | number | boolean | null;

/**
 * A JSON value in few bytes that are read fast: thousands of projects share their texts, their keys and
 * some lists. What was the same object before is so again.
 */
export interface Packed {
  /** Each once. */
  readonly primitives: readonly Primitive[];
  /** The keys of objects, each list once. */
  readonly shapes: readonly (readonly string[])[];
  /**
   * Objects and lists one after the other, each after its parts. First 2 × the number of its shape, or
   * 2 × the length of a list + 1; then its parts: 2 × the number of a primitive, or of an object + 1.
   */
  readonly code: Uint32Array;
}

/** @param value an object or list, in no circle; what is undefined in an object is left out */
export function pack(value: object): Packed {
  const primitives = new Map<unknown, number>();
  const shapes = new Map<string, number>();
  const objects = new Map<object, number>();
  const code: number[] = [];
  const numberOf = <K>(known: Map<K, number>, key: K): number => {
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    return number;
  };
  const put = (part: unknown): number => {
    if (typeof part !== 'object' || part === null) return 2 * numberOf(primitives, part);
    const before = objects.get(part);
    if (before !== undefined) return 2 * before + 1;
    if (Array.isArray(part)) {
      const parts = part.map(put);
      code.push(2 * parts.length + 1, ...parts);
    } else {
      const entries = Object.entries(part).filter(([, inner]) => inner !== undefined);
      const parts = entries.map(([, inner]) => put(inner));
      const shape = JSON.stringify(entries.map(([key]) => key));
      code.push(2 * numberOf(shapes, shape), ...parts);
    }
    return 2 * numberOf(objects, part) + 1;
  };
  put(value);
  return {
    primitives: [...primitives.keys()] as Primitive[],
    shapes: [...shapes.keys()].map((shape) => JSON.parse(shape) as string[]),
    code: Uint32Array.from(code),
  };
}

/** One loop, for it runs once in a process, and calls would be slow before they are compiled. */
export function unpack({ primitives, shapes, code }: Packed): unknown {
  const made: unknown[] = [];
  let at = 0;
  while (at < code.length) {
    const head = code[at++] as number;
    if (head & 1) {
      const list: unknown[] = [];
      for (let left = head >>> 1; left > 0; left--) {
        const part = code[at++] as number;
        list.push(part & 1 ? made[part >>> 1] : primitives[part >>> 1]);
      }
      made.push(list);
    } else {
      const object: Record<string, unknown> = {};
      for (const key of shapes[head >>> 1] as string[]) {
        const part = code[at++] as number;
        object[key] = part & 1 ? made[part >>> 1] : primitives[part >>> 1];
      }
      made.push(object);
    }
  }
  return made.at(-1);
}
