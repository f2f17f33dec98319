import type { Location, SourceText } from '../../diagnostics';
import { construct } from './construct';
import { isMerge } from './merge-keys';
import type { MappingNode, YamlNode } from './node';
import { parseYaml } from './parser';
import { scalarToYaml } from '../writer/to-yaml';

type Path = readonly string[];

/**
 * Which values of a text are said in one place and stand at several, by anchors, aliases and `<<`.
 * (OmegaConf reads them as copies: one that is set leaves the others as they are. A text whose links
 * multiply without end is refused when it is read.)
 */
export class Links {
  readonly #source: SourceText;
  readonly #paths = new Map<YamlNode, Path[]>();
  readonly #nodes = new Map<string, YamlNode>();
  readonly #targets = new Set<YamlNode>();
  readonly #entries = new Map<MappingNode, ReadonlyMap<string, YamlNode>>();

  constructor(source: SourceText) {
    this.#source = source;
    // Without an alias there is no link.
    const root = /\*\S/.test(source.text) ? parseYaml(source) : undefined;
    if (root) this.#visit(root, []);
  }

  /** Where else the value at a path stands, or the map that it would be added to. */
  othersOf(path: Path): readonly Path[] {
    for (let length = path.length; length > 0; length--) {
      const node = this.#nodes.get(nameOf(path.slice(0, length)));
      if (!node) continue;
      const here = nameOf(path.slice(0, length));
      const others = (this.#paths.get(node) ?? []).filter((other) => nameOf(other) !== here);
      return others.map((other) => [...other, ...path.slice(length)]);
    }
    return [];
  }

  /** Whether it is a path's whole value that other places link, or that is such a link itself. */
  isLink(path: Path): boolean {
    const node = this.#nodes.get(nameOf(path));
    return node !== undefined && this.#targets.has(node);
  }

  /** The paths below one. */
  below(path: Path): readonly Path[] {
    const node = this.#nodes.get(nameOf(path));
    return node ? this.#childrenOf(node).map(([name]) => [...path, name]) : [];
  }

  /** Where the text says the value at a path. */
  locationOf(path: Path): Location | undefined {
    const node = this.#nodes.get(nameOf(path));
    return node && { source: this.#source, start: node.start, end: node.end };
  }

  #visit(node: YamlNode, path: Path): void {
    if (node.kind === 'alias') {
      this.#targets.add(node.target);
      return this.#visit(node.target, path);
    }
    const paths = this.#paths.get(node) ?? [];
    paths.push(path);
    this.#paths.set(node, paths);
    this.#nodes.set(nameOf(path), node);
    for (const [name, child] of this.#childrenOf(node)) this.#visit(child, [...path, name]);
  }

  #childrenOf(node: YamlNode): readonly (readonly [string, YamlNode])[] {
    if (node.kind === 'sequence') return node.items.map((item, at) => [String(at), item]);
    return node.kind === 'mapping' ? [...this.#entriesOf(node)] : [];
  }

  /** The entries of a map by their names, its own and those that `<<` merges. */
  #entriesOf(node: MappingNode): ReadonlyMap<string, YamlNode> {
    const known = this.#entries.get(node);
    if (known) return known;
    const entries = new Map<string, YamlNode>();
    this.#entries.set(node, entries);
    // As PyYAML flattens them: of a list, the first map wins; the map's own entries win over all.
    for (const pair of node.pairs) {
      if (!isMerge(pair)) continue;
      const value = targetOf(pair.value);
      const maps = value.kind === 'sequence' ? [...value.items].reverse() : [value];
      for (const map of maps.map(targetOf)) {
        if (map.kind !== 'mapping') continue;
        for (const [name, child] of this.#entriesOf(map)) entries.set(name, child);
      }
    }
    for (const pair of node.pairs) {
      if (isMerge(pair)) continue;
      const key = construct(pair.key, this.#source, 'omegaconf');
      if (key.kind === 'map' || key.kind === 'list') continue;
      const formatted = { column: 0, indent: 0, key: true };
      entries.set(key.kind === 'str' ? key.value : scalarToYaml(key, formatted), pair.value);
    }
    return entries;
  }
}

function targetOf(node: YamlNode): YamlNode {
  return node.kind === 'alias' ? node.target : node;
}

function nameOf(path: Path): string {
  return path.join('\0');
}
