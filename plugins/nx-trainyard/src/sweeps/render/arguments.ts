import { throwDiagnostic } from '../../diagnostics';
import { formatOverride } from '../../hydra/overrides/format';
import { Dict } from '../../yaml/value/dict';
import { identical } from '../../yaml/value/identical';
import type { YamlMap, YamlScalar, YamlString, YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import { dotlistText } from './dotlist-text';
import type { FrameworkName } from '../experiment/experiment';
import { mapOfOne } from '../plan/overlay';

/** One change of a config, at a path that an argument can name. */
type Change =
  /** A value for a path; `old` is undefined where there is nothing yet. */
  | {
      readonly kind: 'set';
      readonly path: Path;
      readonly old?: YamlValue;
      readonly value: YamlValue;
    }
  /** A mapping of one entry, whose key no argument can name, for the mapping at a path. */
  | { readonly kind: 'merge'; readonly path: Path; readonly value: YamlMap }
  | { readonly kind: 'delete'; readonly path: Path; readonly old: YamlValue };

type Path = readonly string[];

/**
 * The arguments that make `merged` of `base`. torchtune and generic programs get `key=value` with
 * the value in YAML, and `~key` for what goes; HyperPod gets Hydra overrides of `recipes.key`.
 *
 * @throws DiagnosticError `UnwritableOverride` for a change that the program's arguments cannot say
 */
export function changeArguments(
  base: YamlMap,
  merged: YamlMap,
  framework: FrameworkName,
): string[] {
  const { keys, formatValue } = SPELLINGS[framework];
  return [...changesBetween(base, merged, [], keys)].flatMap(formatValue);
}

/** Which keys arguments can name. */
interface Keys {
  readonly has: (key: YamlScalar) => key is YamlString;
  /** What to do about a key that none can name. */
  readonly hint: string;
}

const HINT = "Write 'output: {form: configs}'; a config can express this change.";

/** A key that OmegaConf finds again in `a.b=1`, and that torchtune does not take for something else. */
function isDotlistKey(key: YamlScalar): key is YamlString {
  return key.kind === 'str' && /^[^.=~[\]\s\p{C}][^.=[\]\s\p{C}]*$/u.test(key.value);
}

/** A part of a key in Hydra's grammar of overrides. */
function isHydraKey(key: YamlScalar): key is YamlString {
  return key.kind === 'str' && /^[A-Za-z_][\w-]*$/.test(key.value);
}

const NOTHING = mapOfOne();

/**
 * Every place at which two configs differ, as deep as keys can be named, because programs merge a
 * mapping into what is there.
 */
function* changesBetween(
  base: YamlMap,
  merged: YamlMap,
  path: Path,
  keys: Keys,
): Generator<Change> {
  for (const [key, old] of base.entries) {
    if (merged.entries.has(key)) continue;
    if (!keys.has(key)) throwKey(path, key, keys.hint);
    yield { kind: 'delete', path: [...path, key.value], old };
  }
  for (const [key, value] of merged.entries) {
    const old = base.entries.get(key);
    if (old && identical(old, value)) continue;
    if (!keys.has(key)) {
      const merged = path.length > 0 ? toMerge(old, value) : undefined;
      if (!merged) throwKey(path, key, keys.hint);
      yield { kind: 'merge', path, value: mapOfOne(key, merged) };
      continue;
    }
    const here = [...path, key.value];
    const below = value.kind === 'map' ? mapBelow(old, value, keys) : undefined;
    if (below && value.kind === 'map') yield* changesBetween(below, value, here, keys);
    else yield { kind: 'set', path: here, value, ...(old && { old }) };
  }
}

/** What a mapping that is given entry by entry is compared with; undefined for one given whole. */
function mapBelow(old: YamlValue | undefined, value: YamlMap, keys: Keys): YamlMap | undefined {
  if (value.entries.size === 0) return undefined;
  if (old) return old.kind === 'map' ? old : undefined;
  return [...value.entries.keys()].every(keys.has) ? NOTHING : undefined;
}

/** What to merge into an old value to get the new one; undefined where something of it has to go. */
function toMerge(old: YamlValue | undefined, value: YamlValue): YamlValue | undefined {
  if (!mustGoFirst(old, value)) return value;
  if (old?.kind !== 'map' || value.kind !== 'map') return undefined;
  if ([...old.entries.keys()].some((key) => !value.entries.has(key))) return undefined;
  const changes = new Dict<YamlValue>();
  for (const [key, item] of value.entries) {
    const was = old.entries.get(key);
    if (was && identical(was, item)) continue;
    const change = toMerge(was, item);
    if (!change) return undefined;
    changes.set(key, change);
  }
  return { kind: 'map', entries: changes };
}

/** Whether merging the new value into the old one would not give the new one. */
function mustGoFirst(old: YamlValue | undefined, value: YamlValue): boolean {
  if (old?.kind === 'map') return value.kind === 'map' || value.kind === 'list';
  return old?.kind === 'list' && value.kind === 'map';
}

function throwKey(path: Path, key: YamlScalar, hint = HINT): never {
  const name = [...path, key.kind === 'null' ? 'null' : String(key.value)].join('.');
  return throwChange(`a command-line argument cannot express the key '${name}'`, key, hint);
}

function throwChange(message: string, { location }: YamlValue, hint = HINT): never {
  return throwDiagnostic('UnwritableOverride', message, { hint, ...(location && { location }) });
}

const DOTLIST: Keys = { has: isDotlistKey, hint: HINT };
const HYDRA: Keys = {
  has: isHydraKey,
  hint: 'Change the recipe itself; a launcher script can only pass arguments on.',
};

const SPELLINGS: Readonly<
  Record<
    FrameworkName,
    { readonly keys: Keys; readonly formatValue: (change: Change) => readonly string[] }
  >
> = {
  torchtune: { keys: DOTLIST, formatValue: torchtuneArguments },
  hyperpod: { keys: HYDRA, formatValue: hydraArguments },
  generic: { keys: DOTLIST, formatValue: genericArguments },
};

/** `key=value`, as OmegaConf's dotlists have it, and `~key`, as torchtune and Hydra have it. */
function dotlistArguments(change: Change): string[] {
  const key = change.path.join('.');
  if (change.kind === 'delete') return [`~${key}`];
  const set = `${key}=${dotlistText(change.value)}`;
  return change.kind === 'set' && mustGoFirst(change.old, change.value) ? [`~${key}`, set] : [set];
}

/** Of programs that nothing is known of: nearly all read `key=value`, but no two remove keys alike. */
function genericArguments(change: Change): string[] {
  const isRemoval = change.kind === 'delete';
  if (isRemoval || (change.kind === 'set' && mustGoFirst(change.old, change.value))) {
    const key = change.path.join('.');
    return throwChange(
      `a command-line argument cannot remove '${key}'`,
      isRemoval ? change.old : change.value,
    );
  }
  return dotlistArguments(change);
}

/**
 * As torchtune 0.6.1 reads its command line (`_merge_yaml_and_cli_args`): a scalar for a top-level
 * component means its `_component_`, nothing removes a component, and what a key with `max_filename`
 * in it gets becomes a text.
 */
function torchtuneArguments(change: Change): string[] {
  const { path } = change;
  const key = path.join('.');
  if (change.kind === 'merge') return [`${wholeKey(path)}=${dotlistText(change.value)}`];
  const isComponent =
    change.old?.kind === 'map' && change.old.entries.at('_component_') !== undefined;
  const goes = change.kind === 'delete' || mustGoFirst(change.old, change.value);
  if (goes && (isComponent || key.includes('_component_'))) {
    const message = `torchtune's command line cannot remove or replace the component '${key}'`;
    return throwChange(message, 'value' in change ? change.value : change.old);
  }
  if (change.kind === 'delete') return dotlistArguments(change);
  const { value } = change;
  if (isComponent) return [`${wholeKey(path)}=${dotlistText(value)}`];
  const odd = path.findIndex((part) => part.includes('max_filename'));
  if (odd === -1 || value.kind === 'str') return dotlistArguments(change);
  if (odd === 0) return throwKey([], str(key));
  // The text for a mapping further up has the value in it, where torchtune leaves it alone.
  const entry = path
    .slice(odd)
    .reduceRight<YamlValue>((inner, part) => mapOfOne(str(part), inner), value);
  const set = `${wholeKey(path.slice(0, odd))}=${dotlistText(entry)}`;
  return goes ? [`~${key}`, set] : [set];
}

/** A key that torchtune does not take for its `_component_`, as it does with a top-level one. */
function wholeKey(path: Path): string {
  return path.length === 1 ? `[${path.join('.')}]` : path.join('.');
}

/** Hydra 1.3: `key=value` changes, `+key=value` adds, `~key` deletes what it can resolve. */
function hydraArguments(change: Change): string[] {
  const key = ['recipes', ...change.path].join('.');
  if (change.kind === 'merge') return [`+${formatOverride(key, change.value)}`];
  if (change.kind === 'delete') {
    const { old } = change;
    const isHidden = old.kind === 'null' || (old.kind === 'str' && /\$\{|^\?\?\?$/.test(old.value));
    return isHidden ? [`${key}=0`, `~${key}`] : [`~${key}`];
  }
  const { old, value } = change;
  if (mustGoFirst(old, value)) return [`~${key}`, `+${formatOverride(key, value)}`];
  return [`${old ? '' : '+'}${formatOverride(key, value)}`];
}
