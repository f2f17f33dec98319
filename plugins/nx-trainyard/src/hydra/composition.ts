import type { Diagnostic, Location } from '../diagnostics';
import { positionAt } from '../diagnostics';
import { toYaml } from '../yaml/writer/to-yaml';
import type { YamlMap, YamlValue } from '../yaml/value/value';
import type { ConfigMap, ConfigNode } from './config/config';
import type { DefaultsEntry } from './defaults/defaults-list';
import type { ResolveContext } from './interpolation/interpolation';
import { resolveContainer, select } from './interpolation/interpolation';
import { splitKey } from './config/path';
import { childAt } from './interpolation/select';
import type { PlainValue } from '../yaml/value/plain';
import { toPlain } from '../yaml/value/plain';

/** A composed config, and what it was made from. */
export class Composition {
  /** The typed config, interpolations unresolved. */
  readonly config: ConfigMap;
  /** The final defaults list: what was merged, in order. */
  readonly entries: readonly DefaultsEntry[];
  /** The files that it was made from, absolute, in the order of their first use. */
  readonly files: readonly string[];
  readonly warnings: readonly Diagnostic[];
  readonly #resolution: ResolveContext;

  constructor(
    config: ConfigMap,
    entries: readonly DefaultsEntry[],
    files: readonly string[],
    resolution: ResolveContext,
    warnings: readonly Diagnostic[],
  ) {
    this.config = config;
    this.entries = entries;
    this.files = files;
    this.#resolution = resolution;
    this.warnings = warnings;
  }

  /** The same composition with another config: what is left of it after unwrapping. */
  withConfig(config: ConfigMap): Composition {
    return new Composition(config, this.entries, this.files, this.#resolution, this.warnings);
  }

  get resolution(): ResolveContext {
    return this.#resolution;
  }

  /**
   * The config with every interpolation resolved. (`to_container(resolve=True)`)
   *
   * @throws DiagnosticError at the first interpolation that cannot be resolved
   */
  resolved(): YamlMap {
    return resolveContainer(this.config, this.#resolution) as YamlMap;
  }

  /** The text that `OmegaConf.to_yaml` writes. */
  toYaml(options: { readonly sortKeys?: boolean; readonly resolve?: boolean } = {}): string {
    const config = options.resolve ? this.resolved() : this.config;
    return toYaml(config, { sortKeys: options.sortKeys ?? false });
  }

  /** Plain JavaScript values; see `toPlain` for what JavaScript cannot tell apart. */
  toJS(options: { readonly resolve?: boolean } = {}): PlainValue {
    return toPlain(options.resolve ? this.resolved() : this.config);
  }

  /** The node at a dotted key (`a.b[0]`), or undefined. Interpolations are not followed. */
  nodeAt(key: string): ConfigNode | undefined {
    return nodeAt(this.config, key);
  }

  /**
   * The value at a dotted key, resolved; undefined when there is none, or only `???`.
   *
   * @throws DiagnosticError when it cannot be resolved
   */
  valueAt(key: string): YamlValue | undefined {
    return select(this.config, key, this.#resolution);
  }

  /** Where the value of a key was written: the range in the file, as problems underline it. */
  locationOf(key: string): Location | undefined {
    return this.nodeAt(key)?.location;
  }

  /** The file and the line from which the value of a key comes. Lines and columns start at 1. */
  originOf(
    key: string,
  ): { readonly file: string; readonly line: number; readonly column: number } | undefined {
    const location = this.locationOf(key);
    return (
      location && { file: location.source.path, ...positionAt(location.source, location.start) }
    );
  }
}

/** The node at a dotted key; interpolations on the way are not followed. */
export function nodeAt(config: ConfigMap, key: string): ConfigNode | undefined {
  let node: ConfigNode | undefined = config;
  for (const segment of splitKey(key)) {
    if (node?.kind === 'map') node = keyAt(node, segment);
    else if (node?.kind === 'list' && /^[0-9]+$/.test(segment)) node = childAt(node, segment);
    else return undefined;
  }
  return node;
}

/** People address the int key 1 as `1` too. */
function keyAt(map: ConfigMap, segment: string): ConfigNode | undefined {
  const named = map.entries.at(segment);
  if (named || !/^-?[0-9]+$/.test(segment)) return named;
  return map.entries.get({ kind: 'int', value: BigInt(segment) });
}
