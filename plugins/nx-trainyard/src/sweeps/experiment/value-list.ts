import type { Diagnostic } from '../../diagnostics';
import { error } from '../../diagnostics';
import type { YamlNumber } from './experiment';
import type { YamlList, YamlMap, YamlValue } from '../../yaml/value/value';

/** Digits of computed values: what is left after rounding errors are rounded away. */
const DIGITS = 12;

/** More values of one variable are a slip, and would not fit in memory for long. */
const MOST_VALUES = 1_000_000;

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** Ints if all values are whole and so were both ends; otherwise all floats. */
function typed(values: readonly number[], ends: readonly YamlNumber[]): (bigint | number)[] {
  const whole = ends.every(({ kind }) => kind === 'int') && values.every(Number.isSafeInteger);
  return whole ? values.map(BigInt) : [...values];
}

type Bounds = readonly [YamlNumber, YamlNumber, YamlNumber];

/** What is wrong with the three numbers, or the values: a bigint is an int, a number is a float. */
type Unfolded = string | (bigint | number)[];

const TOO_MANY = `has more than ${MOST_VALUES} values`;
const TOO_LARGE = 'cannot be computed: the numbers are too large or too far apart';

function range(bounds: Bounds): Unfolded {
  const [start, stop, step] = bounds.map(({ value }) => Number(value)) as [number, number, number];
  if (step === 0) return 'has no values: a step of 0 never reaches the end';
  if (!Number.isFinite(stop - start)) return TOO_LARGE;
  const steps = (stop - start) / step;
  if (steps < 0) return `has no values: steps of ${step} lead away from ${stop}`;
  if (steps >= MOST_VALUES) return TOO_MANY;
  if (bounds.every(({ kind }) => kind === 'int')) {
    const [first, last, by] = bounds.map(({ value }) => BigInt(value)) as [bigint, bigint, bigint];
    const length = Number((last - first) / by) + 1;
    return Array.from({ length }, (_, n) => first + BigInt(n) * by);
  }
  // One step more than seems to fit: 0.1 + 2 * 0.1 misses 0.3 by a rounding error.
  const candidates = Array.from({ length: Math.floor(steps) + 2 }, (_, n) =>
    rounded(start + n * step),
  );
  const end = rounded(stop);
  return candidates.filter((value) => (step > 0 ? value <= end : value >= end));
}

function spaced(bounds: Bounds, between: (part: number) => number): Unfolded {
  const [first, last, count] = bounds.map(({ value }) => Number(value)) as [number, number, number];
  if (count > MOST_VALUES) return TOO_MANY;
  const values = Array.from({ length: count }, (_, n) => {
    if (n === 0) return first;
    return n === count - 1 ? last : rounded(between(n / (count - 1)));
  });
  return typed(values, bounds.slice(0, 2));
}

function linspace(bounds: Bounds): Unfolded {
  const [first, last] = bounds.map(({ value }) => Number(value)) as [number, number];
  const distance = last - first;
  if (!Number.isFinite(distance)) return TOO_LARGE;
  return spaced(bounds, (part) => first + distance * part);
}

function log(bounds: Bounds): Unfolded {
  const [first, last] = bounds.map(({ value }) => Number(value)) as [number, number];
  if (first <= 0 || last <= 0) return 'has no values: both ends must be greater than 0';
  const ratio = last / first;
  if (ratio === 0 || !Number.isFinite(ratio)) return TOO_LARGE;
  return spaced(bounds, (part) => first * ratio ** part);
}

const SUGAR: Readonly<Record<string, (bounds: Bounds) => Unfolded>> = { range, linspace, log };

/** The forms in which the values of a variable can be said instead of one by one. */
export const VALUE_FORMS: readonly string[] = Object.keys(SUGAR);

function boundsOf(value: YamlValue): Bounds | undefined {
  const numbers = (value.kind === 'list' ? value.items : []).filter(
    (item): item is YamlNumber & YamlValue =>
      (item.kind === 'int' || item.kind === 'float') && Number.isFinite(Number(item.value)),
  );
  const [a, b, c] = numbers;
  return a && b && c && numbers.length === 3 ? [a, b, c] : undefined;
}

/**
 * The values of a variable: those of a list, or those that `range` (the stop included when it is
 * hit), `linspace` or `log` (geometric; both ends included) stands for, rounded to 12 significant
 * digits. Each has the place where the list or the sugar is written. What the schema refuses has no
 * values.
 */
export function unfold(
  written: YamlList | YamlMap,
  report: (problem: Diagnostic) => void,
): readonly YamlValue[] {
  if (written.kind === 'list') return written.items;
  for (const [name, make] of Object.entries(SUGAR)) {
    const value = written.entries.at(name);
    const bounds = value && boundsOf(value);
    if (!bounds) continue;
    const { location } = value;
    const values = make(bounds);
    if (typeof values === 'string') {
      const hint = 'Correct the three numbers, or write the values as a list.';
      report(
        error('ExperimentSchema', `this ${name} ${values}`, {
          ...(location && { location }),
          hint,
        }),
      );
      return [];
    }
    const located = location ? { location } : {};
    return values.map((number) =>
      typeof number === 'bigint'
        ? { kind: 'int', value: number, ...located }
        : { kind: 'float', value: number, ...located },
    );
  }
  return [];
}
