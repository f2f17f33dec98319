import { didYouMean } from '../diagnostics';
import type { YamlValue } from '../yaml/value';
import type { ConfigContainer } from './config';
import { isConfigContainer } from './config';
import { pythonStr } from './python-text';

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
    return `'${pythonStr(key)}' is a key of type ${key.kind}, and overrides reach only texts: put it in quotes where it is defined.`;
  }
  if (!key.value.includes('.')) return undefined;
  return `'${key.value}' is one name with dots in it, which an override reads as levels: set it in a file, or rename it.`;
}
