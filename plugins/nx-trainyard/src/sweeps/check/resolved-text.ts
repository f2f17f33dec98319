import { splitKey, writePath } from '../../yaml/value/key-path';
import { valueAt } from '../../yaml/value/value-path';
import type { YamlValue } from '../../yaml/value/value';
import type { AlikeRuns, Run, VaryingValue } from '../plan/shapes/run';
import { formatValue } from '../../yaml/writer/format-value';

type Path = readonly string[];

/** What the text at a path of a run's config says, as far as the config alone tells. */
export interface ResolvedText {
  readonly text: string;
  /** The values of the run that stand in it. */
  readonly varying: ReadonlySet<VaryingValue>;
  /** The paths that it was put together from. */
  readonly from: ReadonlySet<string>;
  /** Whether something stands in it that nobody knows before the run starts, such as the time. */
  readonly isOpen: boolean;
}

/** An interpolation with none in it. */
const INNERMOST = /\$\{([^${}]*)\}/g;

/**
 * Follows the interpolations of a text through a run's config. One that leads nowhere, or to a
 * mapping or a list, stays as it is written; so does an environment variable, which all runs share.
 */
export function resolvedText(alike: AlikeRuns, run: Run, path: Path): ResolvedText {
  const { config } = alike;
  const found = new Set<VaryingValue>();
  const from = new Set<string>();
  let isOpen = false;

  const textOf = (at: YamlValue, where: Path, way: readonly string[]): string | undefined => {
    const varying = alike.varyingAt(at);
    if (varying) found.add(varying);
    const value = varying ? alike.valueOf(run, varying) : at;
    if (value.kind === 'map' || value.kind === 'list') return undefined;
    // Nothing is written there: the program says so, or stops.
    if (value.kind === 'null' || (value.kind === 'str' && value.value === '???')) isOpen = true;
    return value.kind === 'str' ? resolve(value.value, where, way) : formatValue(value);
  };

  const resolve = (text: string, where: Path, way: readonly string[]): string => {
    let before: string;
    let now = text;
    do {
      before = now;
      now = before.replace(INNERMOST, (_whole, inner: string) => {
        const [key = '', fallback] = selected(inner);
        if (key.startsWith('oc.env:')) return marked(inner);
        if (key.includes(':')) isOpen = true;
        const target = interpolatedPath(key, where, config);
        const name = writePath(target);
        const value = valueAt(config, target);
        if (!value && fallback !== undefined) return fallback;
        if (!value || way.includes(name)) return marked(inner);
        from.add(name);
        return textOf(value, target, [...way, name]) ?? marked(inner);
      });
    } while (now !== before);
    return now.replaceAll('\0', '$');
  };

  const value = valueAt(config, path);
  const text = (value && textOf(value, path, [writePath(path)])) ?? '';
  return { text, varying: found, from, isOpen };

  /** An interpolation that stays, so that it is not looked at again. */
  function marked(inner: string): string {
    return `\0{${inner}}`;
  }
}

/** The key that an interpolation looks up, and what is taken where there is none. */
function selected(inner: string): readonly string[] {
  const [, called] = /^\s*oc\.(?:select|deprecated)\s*:(.*)$/s.exec(inner) ?? [];
  if (called === undefined) return [inner.trim()];
  const [key = '', ...rest] = called.split(',').map((part) => part.trim());
  const isSelect = inner.trim().startsWith('oc.select');
  return isSelect && rest.length > 0
    ? [key, rest.join(',').replace(/^(['"])(.*)\1$/s, '$2')]
    : [key];
}

/** The path that an interpolation means: from the root, or with dots from where it stands. */
export function interpolatedPath(key: string, where: Path, config: YamlValue): Path {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/s.exec(key) ?? [];
  const names = splitKey(rest).filter((name) => name !== '');
  if (dots !== '') return [...where.slice(0, Math.max(0, where.length - dots.length)), ...names];
  // A recipe is mounted there when it runs.
  const isPackaged = names[0] === 'recipes' && !valueAt(config, ['recipes']);
  return isPackaged ? names.slice(1) : names;
}
