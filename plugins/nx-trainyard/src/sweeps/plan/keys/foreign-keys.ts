import { pathOfKey, splitKey, writePath } from '../../../yaml/value/key-path';
import { keysOf, pathIn, valueAt, walk } from '../../../yaml/value/value-path';
import type { YamlMap } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { Refusal, KeyResolution } from '../../../trainers/torchtune';
import { unknownPath } from '../../../trainers/torchtune';

type Resolve = (name: string) => KeyResolution;

/** Where the names of this file's sections and fields belong, which are no keys of a config. */
const HOMES: ReadonlyMap<string, string> = new Map([
  ...[
    ...['experiment', 'framework_config', 'variables', 'controls', 'sweep', 'derived', 'outside'],
    ...['delete', 'replace', 'resources', 'cluster', 'evaluation', 'output', 'validate', 'limits'],
  ].map((name) => [name, 'at the top level of the experiment'] as const),
  ...['base_config', 'base_config_file', 'base_recipe', 'recipe', 'command', 'output_dir_key'].map(
    (name) => [name, 'under framework_config'] as const,
  ),
  ...['per_run_output_dir', 'per_run_name'].map((name) => [name, 'under output'] as const),
  ['max_runs', 'under limits'],
]);

/**
 * Which path of a base a written key means. A key that cannot mean what was meant by it (it has
 * another tool's marks, is a part of the experiment file itself, or takes the dots of a name for
 * levels) is refused and never added: all runs would be equal in effect.
 */
export function resolveWritten(
  name: string,
  base: SweepBase,
  components: ReadonlyMap<string, readonly string[]>,
): KeyResolution {
  const resolve: Resolve = (key) => base.resolveKey(key, components);
  return foreignKey(name, base.value, resolve) ?? resolve(name);
}

/** Why a key that is only asked about can never be met; undefined where it can. */
export function foreignKey(name: string, base: YamlMap, resolve: Resolve): Refusal | undefined {
  const path = pathOfKey(name);
  if (valueAt(base, pathIn(base, path))) return undefined;
  const dotted = keyWithDots(path, base);
  if (dotted !== undefined) {
    return unknownPath(
      `'${name}' is not a path of the base config, which has a key with dots in its name`,
      `Write '${dotted}'.`,
    );
  }
  return ofThisFile(path, base) ?? withMarks(name, base, resolve);
}

/** The base's own key whose dots or brackets were read as levels. */
function keyWithDots(path: readonly string[], base: YamlMap): string | undefined {
  const wanted = JSON.stringify(path);
  for (const { path: other } of walk(base)) {
    if (!other.some((segment) => /[.[]/.test(segment))) continue;
    if (JSON.stringify(splitKey(other.join('.'))) === wanted) return writePath(other);
  }
  return undefined;
}

function ofThisFile([first = '', ...rest]: readonly string[], base: YamlMap): Refusal | undefined {
  const home = HOMES.get(first);
  if (home === undefined || base.entries.at(first)) return undefined;
  if (home === 'under framework_config' && rest.length > 0) return undefined;
  const oneBase = first.startsWith('base_') ? ': an experiment has one base' : '';
  const message = `'${first}' belongs to the experiment file; it is not a key of the base config`;
  return { ...unknownPath(message, `Write ${first} ${home}${oneBase}.`), once: true };
}

/** A mark of another tool before, in or around a key; what it says there, and the key without it. */
interface Mark {
  readonly of: string;
  readonly key: string;
  /** What to write, where that is more than the key. */
  readonly form?: string;
}

const MARKS: readonly ((name: string) => Mark | undefined)[] = [
  (name) => {
    const [, key, value] = /^[+~-]*([^=]*[^=:\s])\s*:?=\s*(.*)$/s.exec(name) ?? [];
    return key === undefined ? undefined : { of: 'a command line', key, form: `${key}: ${value}` };
  },
  (name) => {
    const [, flag] = /^--?([A-Za-z].*)$/.exec(name) ?? [];
    return flag === undefined
      ? undefined
      : { of: 'a command line', key: flag.replaceAll('-', '_') };
  },
  (name) => {
    const [, mark, key = ''] = /^(\+\+?|~)(.+)$/.exec(name) ?? [];
    if (mark === undefined) return undefined;
    return { of: 'Hydra', key, ...(mark === '~' && { form: `delete: [${key}]` }) };
  },
  (name) => {
    const [, key] = /^\$?\{(.+)\}$|^\$(\w.*)$/.exec(name)?.filter(Boolean) ?? [];
    return key === undefined ? undefined : { of: 'an interpolation', key };
  },
  (name) => {
    if (!/(^|\.)(['"]).+\2($|\.)/.test(name)) return undefined;
    return { of: 'Python', key: name.replace(/(^|\.)(['"])(.+?)\2(?=$|\.)/g, '$1$3') };
  },
];

function withMarks(name: string, base: YamlMap, resolve: Resolve): Refusal | undefined {
  const isOneName = pathOfKey(name).length === 1;
  if (isOneName && /^[^@]+@[^@]*$|\//.test(name)) return group(name, resolve);
  for (const marks of MARKS) {
    const mark = marks(name);
    if (!mark) continue;
    const { of, key, form = key } = mark;
    const meant = resolve(key);
    const isKnown = meant.kind === 'path' && !['unknown', 'added'].includes(meant.how);
    // A mapping may have keys with such characters in them; what starts so is an option of a program.
    const isPossible = name.includes('=') ? hasEquals(name, base) : !isOneName;
    if (!isKnown && isPossible && !/^[+~-]/.test(name)) continue;
    const better = meant.kind === 'path' && meant.how !== 'unknown' ? undefined : meant.hint;
    const hint = better ?? `Write ${form}`;
    return unknownPath(
      `'${name}' is not a key, but the syntax of ${of}`,
      hint.replace(/[^.?]$/, '$&.'),
    );
  }
  return undefined;
}

/** Whether the mapping in which a key would lie is a new one, or has such keys already. */
function hasEquals(name: string, base: YamlMap): boolean {
  const around = valueAt(base, pathOfKey(name.replace(/=.*/s, '')).slice(0, -1));
  return !around || keysOf(around).some((key) => key.includes('='));
}

/** `group/option` and `group@package`: what Hydra chooses while it composes, long before a sweep. */
function group(name: string, resolve: Resolve): Refusal {
  const dotted = name
    .replace(/@.*/, '')
    .replaceAll('/', '.')
    .replace(/^\.+|\.+$/g, '');
  const meant = resolve(dotted);
  const isKnown =
    /^[^/@]+(\/[^/@]+)+$/.test(name) && meant.kind === 'path' && meant.how !== 'unknown';
  return unknownPath(
    `'${name}' is not a key, but the syntax of Hydra's config groups`,
    isKnown
      ? `Write ${dotted}.`
      : 'Choose groups in the base itself. Here, write the keys that differ between the options, as dotted paths.',
  );
}
