import { flowText } from '../../../yaml/writer/inline-text';
import { readYaml } from '../../../yaml/reader/read';
import type { YamlMap, YamlValue } from '../../../yaml/value/value';

// How other tools write the values of a variable: W&B's sweep files, Hydra's sweeps, Optuna, Ax, Ray
// Tune, NNI, hyperopt, NumPy. Nothing of it is carried out here; each is shown as it is written here.

/** What a value means in another tool's syntax: the list of values, as it is written here. */
export interface ForeignValues {
  /** `[1, 2]`, `{log: [1.0e-05, 0.001, 5]}`; undefined where nothing here is like it. */
  readonly form: string | undefined;
  /** Nothing else looks like this, whatever the base has. */
  readonly certain: boolean;
}

const LISTS = ['values', 'choices', 'categories', 'grid_search', '_value', 'bounds'];
const SINGLE = ['value', 'const', 'constant', 'fixed'];
const ENDS: readonly (readonly [low: string, high: string])[] = [
  ['min', 'max'],
  ['low', 'high'],
  ['lower', 'upper'],
  ['lo', 'hi'],
  ['minimum', 'maximum'],
  ['from', 'to'],
  ['start', 'stop'],
  ['start', 'end'],
  ['begin', 'end'],
];
const COUNTS = ['num', 'n', 'count', 'points', 'num_points', 'samples'];
const MORE = ['distribution', 'type', '_type', 'log', 'scale', 'q', 'step', 'mu', 'sigma'];
const WORDS = new Set([
  ...[...LISTS, ...SINGLE, ...ENDS.flat(), ...COUNTS, ...MORE],
  ...['probabilities', 'name'],
]);
/** How many values stand for a range of which there are more. */
const SOME = 5;

/** Reads a value as other tools would; undefined where none of them would take it for theirs. */
export function foreignValues(value: YamlValue): ForeignValues | undefined {
  if (value.kind === 'map') return ofMapping(value);
  return value.kind === 'str' ? ofCall(value.value) : undefined;
}

/** Whether a key of a mapping is one that other tools say the values of a variable with. */
export function isForeignWord(word: string): boolean {
  return WORDS.has(word);
}

function ofMapping({ entries }: YamlMap): ForeignValues | undefined {
  const names = [...entries.keys()].map((key) => (key.kind === 'str' ? key.value : ''));
  if (names.length === 0 || !names.every(isForeignWord)) return undefined;
  const at = (name: string): YamlValue | undefined => entries.at(name);
  const way = ['distribution', 'type', '_type', 'scale'].flatMap((name) => textAt(at(name)));
  const log = at('log');
  const isLog = way.some((text) => text.includes('log')) || (log?.kind === 'bool' && log.value);
  const list = LISTS.map(at).find((item) => item?.kind === 'list');
  const ends = ENDS.map(([low, high]) => [at(low), at(high)] as const).find(([a, b]) => a && b);
  const certain = names.some((name) =>
    /^(distribution|grid_search|_type|probabilities)$/.test(name),
  );
  if (list?.kind === 'list') {
    const [low, high] = list.items;
    const isRange = at('bounds') === list || way.some((text) => /range|uniform|int$/.test(text));
    if (isRange && list.items.length === 2) {
      return { form: between(low, high, { isLog, isInt: isWhole(way, low, high) }), certain };
    }
    return { form: flowText(list), certain: certain || names.length === 1 };
  }
  const single = SINGLE.map(at).find(Boolean);
  if (single && names.length === 1) return { form: `[${flowText(single)}]`, certain: false };
  if (!ends) return certain ? { form: undefined, certain } : undefined;
  const [low, high] = ends;
  // W&B's log_uniform (not log_uniform_values) takes exponents, which 1e-5 and 1e-3 were not meant as.
  const [first = 0, last = 0] = [numberOf(low), numberOf(high)];
  const exponents = /^q?_?log_uniform$/.test(way.join()) && !(first > 0 && last < 1);
  const step = at('q') ?? at('step');
  const isInt = isWhole(way, low, high);
  const values = COUNTS.map(at).find((item) => item?.kind === 'int' && item.value > 0n);
  return { form: between(low, high, { isLog, isInt, exponents, step, values }), certain };
}

function textAt(value: YamlValue | undefined): string[] {
  return value?.kind === 'str' ? [value.value] : [];
}

function isWhole(way: readonly string[], ...ends: readonly (YamlValue | undefined)[]): boolean {
  const saysFloat = way.some((text) => /float|(^|_)(log)?uniform|normal/.test(text));
  const saysInt = way.some((text) => text.includes('int'));
  return saysInt || (!saysFloat && ends.every((end) => end?.kind === 'int'));
}

interface Spread {
  readonly isLog: boolean;
  readonly isInt: boolean;
  readonly exponents?: boolean;
  readonly step?: YamlValue | undefined;
  /** How many there are. */
  readonly values?: YamlValue | undefined;
}

/** The values between two ends, in the sugar of variables. */
function between(
  low: YamlValue | undefined,
  high: YamlValue | undefined,
  { isLog, isInt, exponents = false, step, values }: Spread,
): string | undefined {
  const [first, last] = [numberOf(low), numberOf(high)];
  if (!low || !high || first === undefined || last === undefined) return undefined;
  const length = numberOf(values) ?? SOME;
  if (isLog) {
    const ends = exponents
      ? [first, last].map((end) => Number(Math.exp(end).toPrecision(3)))
      : [flowText(low), flowText(high)];
    return `{log: [${ends.join(', ')}, ${length}]}`;
  }
  const whole = isInt && values === undefined;
  const by = numberOf(step) ?? (whole ? Math.ceil((last - first) / (4 * SOME)) || 1 : undefined);
  return by === undefined
    ? `{linspace: [${flowText(low)}, ${flowText(high)}, ${length}]}`
    : `{range: [${flowText(low)}, ${flowText(high)}, ${by}]}`;
}

function numberOf(value: YamlValue | undefined): number | undefined {
  return value?.kind === 'int' || value?.kind === 'float' ? Number(value.value) : undefined;
}

const CALL =
  /^(?:(?:ray\.)?(?:tune|hp|np|numpy|optuna|trial|wandb)\.)?(?:suggest_)?(choice|grid_search|categorical|range|arange|interval|uniform|loguniform|log_uniform|quniform|qloguniform|randint|int|float|linspace|logspace|glob|shuffle|sort|tag)\((.*)$/s;

/** `choice(8, 16)`, `tune.loguniform(1e-5, 1e-3)`, `tag(log, interval(0.1, 1))`. */
function ofCall(text: string): ForeignValues | undefined {
  const [, name, rest = ''] = CALL.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  const isWhole = rest.endsWith(')');
  // A list in brackets, which YAML has cut at its commas, is only known by its start.
  if (!isWhole)
    return name === 'int' || name === 'float' ? undefined : { form: undefined, certain: true };
  if (name === 'shuffle' || name === 'sort' || name === 'tag') {
    const inner = rest
      .slice(0, -1)
      .replace(/^(?:log|int)\s*,\s*/, '')
      .replace(/,\s*\w+=\w+\s*$/, '');
    const found = ofCall(inner) ?? { form: `[${inner}]` };
    const isLog = rest.startsWith('log');
    return {
      form: isLog ? found.form?.replace('{linspace', '{log') : found.form,
      certain: true,
    };
  }
  return { form: formOf(name, argumentsIn(rest.slice(0, -1))), certain: true };
}

/** The arguments of a call, without the name that hyperopt and Optuna give as the first. */
function argumentsIn(text: string): readonly YamlValue[] {
  try {
    const list = readYaml({ path: '', text: `[${text}]` }, 'omegaconf');
    const items = list.kind === 'list' ? list.items : [];
    const [first, second] = items;
    return first?.kind === 'str' && second && second.kind !== 'str' ? items.slice(1) : items;
  } catch {
    return [];
  }
}

function formOf(name: string, written: readonly YamlValue[]): string | undefined {
  const [low, high, third] = written.filter(({ kind }) => kind !== 'map');
  if (!low) return undefined;
  switch (name) {
    case 'choice':
    case 'grid_search':
    case 'categorical':
      return flowText(low.kind === 'list' ? low : { kind: 'list', items: written });
    case 'interval':
    case 'uniform':
    case 'float':
      return between(low, high, { isLog: false, isInt: false });
    case 'loguniform':
    case 'log_uniform':
    case 'qloguniform':
      return between(low, high, { isLog: true, isInt: false });
    case 'int':
      return between(low, high, { isLog: false, isInt: true });
    case 'quniform':
      return between(low, high, { isLog: false, isInt: false, step: third });
    case 'linspace':
      return high && third
        ? `{linspace: [${[low, high, third].map(flowText).join(', ')}]}`
        : undefined;
    case 'logspace': {
      const ends = [low, high].map((end) => Number((10 ** (numberOf(end) ?? NaN)).toPrecision(12)));
      return third && ends.every(Number.isFinite)
        ? `{log: [${ends.join(', ')}, ${flowText(third)}]}`
        : undefined;
    }
    case 'range':
    case 'arange':
    case 'randint':
      return withoutStop(low, high, third);
    default:
      return undefined;
  }
}

/** Python's ranges leave out their stop; here it is one of the values when it is hit. */
function withoutStop(low: YamlValue, high?: YamlValue, third?: YamlValue): string | undefined {
  const step = third ? numberOf(third) : 1;
  const [start, stop] = high ? [numberOf(low), numberOf(high)] : [0, numberOf(low)];
  if (start === undefined || stop === undefined || !step) return undefined;
  const steps = Math.ceil((stop - start) / step) - 1;
  if (steps < 0) return undefined;
  const last = Number((start + steps * step).toPrecision(12));
  return `{range: [${start}, ${last}, ${step}]}`;
}
