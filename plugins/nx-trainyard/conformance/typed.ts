import { Dict } from '../src/yaml/value/dict';
import type { YamlScalar, YamlValue } from '../src/yaml/value/value';

/** A value as the vectors write it: every value with its type, integers and floats as text. */
export type Typed =
  | { t: 'int' | 'float' | 'str'; v: string }
  | { t: 'bool'; v: boolean }
  | { t: 'null' }
  | { t: 'bytes'; v: string }
  | { t: 'list'; v: Typed[] }
  | { t: 'map'; v: [Typed, Typed][] };

export function toTyped(value: YamlValue): Typed {
  switch (value.kind) {
    case 'null':
      return { t: 'null' };
    case 'bool':
      return { t: 'bool', v: value.value };
    case 'int':
      return { t: 'int', v: String(value.value) };
    case 'float':
      return { t: 'float', v: floatText(value.value) };
    case 'str':
      return { t: 'str', v: value.value };
    case 'bytes':
      return { t: 'bytes', v: Buffer.from(value.value).toString('base64') };
    case 'list':
      return { t: 'list', v: value.items.map(toTyped) };
    case 'map':
      return { t: 'map', v: [...value.entries].map(([k, v]) => [toTyped(k), toTyped(v)]) };
  }
}

/** Floats are compared by value: both sides are written in one spelling. */
function floatText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

const NAMED_FLOATS: Readonly<Record<string, number>> = {
  inf: Infinity,
  '-inf': -Infinity,
  nan: NaN,
};

function floatValue(text: string): number {
  return NAMED_FLOATS[text] ?? Number(text);
}

/** The expected value in the spelling of `toTyped`. */
export function normalise(typed: Typed): Typed {
  if (typed.t === 'float') return { t: 'float', v: floatText(floatValue(typed.v)) };
  if (typed.t === 'list') return { t: 'list', v: typed.v.map(normalise) };
  if (typed.t === 'map') {
    return { t: 'map', v: typed.v.map(([k, v]) => [normalise(k), normalise(v)]) };
  }
  return typed;
}

export function fromTyped(typed: Typed): YamlValue {
  const make = (t: Typed): YamlValue => {
    switch (t.t) {
      case 'null':
        return { kind: 'null' };
      case 'bool':
        return { kind: 'bool', value: t.v };
      case 'int':
        return { kind: 'int', value: BigInt(t.v) };
      case 'float':
        return { kind: 'float', value: floatValue(t.v) };
      case 'str':
        return { kind: 'str', value: t.v };
      case 'bytes':
        return { kind: 'bytes', value: Buffer.from(t.v, 'base64') };
      case 'list':
        return { kind: 'list', items: t.v.map(make) };
      case 'map': {
        const entries = new Dict<YamlValue>();
        for (const [k, v] of t.v) entries.set(make(k) as YamlScalar, make(v));
        return { kind: 'map', entries };
      }
    }
  };
  return make(typed);
}
