import { readYaml } from '../../yaml/reader/read';
import type { ConfigMap } from './config';
import { createConfig } from './config';
import { fullKey, rootOf, splitKey } from './path';

describe('splitting a key', () => {
  it.each([
    ['a', ['a']],
    ['a.b', ['a', 'b']],
    ['a[b]', ['a', 'b']],
    ['[a].b[c]', ['a', 'b', 'c']],
    ['a.0', ['a', '0']],
    ['.a', ['', 'a']],
    ['a..b', ['a', '', 'b']],
    ['a.[b]', ['a', '', 'b']],
    ['a[b.c]', ['a', 'b.c']],
    ['a[b', ['a']],
  ])('reads %s as %j', (key, segments) => {
    expect(splitKey(key)).toEqual(segments);
  });
});

describe('the path of a container', () => {
  const config = createConfig(
    readYaml({ path: 'config.yaml', text: 'a: {1: [[{x: 1}]]}' }),
  ) as ConfigMap;
  const a = config.entries.at('a') as ConfigMap;
  const [list] = [...a.entries.values()];
  const inner = list?.kind === 'list' ? list.items[0] : undefined;
  const map = inner?.kind === 'list' ? inner.items[0] : undefined;

  it('is empty for a root', () => {
    expect(fullKey(config)).toBe('');
  });

  it('joins names with dots and indexes in brackets', () => {
    expect(map?.kind === 'map' && fullKey(map, 'x')).toBe('a.1[0][0].x');
  });

  it('leads up to the root', () => {
    expect(map?.kind === 'map' && rootOf(map)).toBe(config);
  });
});
