import type { ConfigMap } from '../src/hydra/config/config';
import { createConfig } from '../src/hydra/config/config';
import { readYaml } from '../src/yaml/reader/read';

/** The config tree of a text that is a mapping. */
export function load(text: string): ConfigMap {
  return createConfig(readYaml({ path: 'config.yaml', text })) as ConfigMap;
}
