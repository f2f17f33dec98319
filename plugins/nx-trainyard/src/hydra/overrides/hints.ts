import { didYouMean, nearest } from '../../diagnostics';
import type { YamlValue } from '../../yaml/value/value';
import type { ConfigContainer } from '../config/config';
import { isConfigContainer } from '../config/config';
import type { Override } from './parse';
import { pythonStr } from '../../yaml/value/python-text';

/** A path of a config, and why no override can name it, if none can. */
interface Named {
  readonly path: string;
  readonly why: string | undefined;
}

/**
 * What a key that an override does not find could have meant. A key that is there and that no override
 * reaches is told as such, and never suggested again.
 *
 * @param others further names that can be written
 */
export function keyHint(
  key: string,
  config: ConfigContainer,
  others: readonly string[] = [],
): string | undefined {
  const named = [...namesIn(config)];
  const same = named.find(({ path, why }) => path === key && why !== undefined);
  if (same) return same.why;
  const reachable = named.flatMap(({ path, why }) => (why === undefined ? [path] : []));
  return didYouMean(
    key,
    [...reachable, ...others].filter((name) => name !== key),
  );
}

/** Whether a key can only be a group: keys of a config have dots between. */
export function isGroupKey(key: string): boolean {
  return key.includes('/');
}

/**
 * The override with a group that is there in the place of one that is not: one that is mounted where
 * the key says, else one of a similar name.
 */
export function groupHint(
  { key, package: pkg, source: { text } }: Override,
  groups: readonly string[],
): string | undefined {
  const at = pkg === undefined ? key.replaceAll('/', '.') : pkg;
  const packaged = groups.filter((name) => name.endsWith(`@${at}`));
  const near = packaged.length > 0 ? packaged : nearest(key, groups);
  const [, prefix = '', rest = ''] = /^([~+]*)[^=]*(=.*)?$/s.exec(text) ?? [];
  const packageItem = pkg === undefined ? '' : `@${pkg}`;
  const written = near.map((name) => {
    return `'${prefix}${name.includes('@') ? name : name + packageItem}${rest}'`;
  });
  return written.length > 0 ? `Did you mean ${written.join(' or ')}?` : undefined;
}

/** How the keys of a mapping are added to one that is there. */
export function addHint({ value, source }: Override): string | undefined {
  return value?.kind === 'map' ? `To add its keys, write '+${source.text}'.` : undefined;
}

function* namesIn(container: ConfigContainer, above = '', whyAbove?: string): Generator<Named> {
  const children: (readonly [string, YamlValue, string | undefined])[] =
    container.kind === 'list'
      ? container.items.map((item, index) => [String(index), item, undefined] as const)
      : [...container.entries].map(([key, item]) => {
          return [pythonStr(key), item, whyNot(key)] as const;
        });
  for (const [name, item, whyHere] of children) {
    const path = `${above}${name}`;
    const why = whyAbove ?? whyHere;
    yield { path, why };
    if (isConfigContainer(item)) yield* namesIn(item, `${path}.`, why);
  }
}

function whyNot(key: YamlValue): string | undefined {
  if (key.kind !== 'str') {
    return `'${pythonStr(key)}' is a key of type ${key.kind}, but overrides can refer only to string keys. Put it in quotes where it is defined.`;
  }
  if (!key.value.includes('.')) return undefined;
  return `'${key.value}' is one name with dots in it, which an override reads as nested keys. Set it in a file, or rename it.`;
}
