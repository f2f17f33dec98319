import { join } from 'node:path';
import type { Diagnostic, Location } from '../../diagnostics';
import { builtInConfig, builtInGroup } from './built-in';
import type { ConfigFile, Parsed } from './config-file';
import { hasOtherEnding, withYamlEnding } from '../../files/file-ending';
import { parseFile, withDefaults } from './config-file';
import type { FileTree } from '../../files/file-tree';
import { UnreachedFile } from '../../files/file-tree';

/** Who named a folder of the search path. */
export type Provider = 'main' | 'hydra.searchpath in main' | 'hydra.searchpath in command-line';

/** A folder in which configs are looked up. */
export interface ConfigSource {
  readonly provider: Provider;
  /** Undefined for a package of Python whose folder is not known: nothing is found in it. */
  readonly folder: string | undefined;
  /** The entry of `hydra.searchpath`, and its place. */
  readonly written?: string;
  readonly location?: Location;
}

/** Where a config was looked for, and the config if it is there. */
export interface Found {
  readonly file: string;
  readonly config?: ConfigFile;
  /** Why nobody can tell whether it is there. Hydra looks further then. */
  readonly unreached?: UnreachedFile;
}

/** Where a composition gets its config files. */
export interface ConfigFinder {
  readonly tree: FileTree;
  /** @throws DiagnosticError for a file that is there and cannot be read, or is no config */
  find(folder: string, configPath: string): Found;
  /**
   * What stands for a config that was reached nowhere.
   *
   * @throws DiagnosticError why it was not, unless there is something
   */
  unreached(found: Found, configPath: string): ConfigFile | undefined;
}

/**
 * Config files parsed. Composition never changes a parsed file, so one instance serves any number
 * of compositions.
 */
export class ConfigFiles implements ConfigFinder {
  readonly tree: FileTree;
  readonly #parsed = new Map<string, Parsed | undefined>();
  /** By folder and config path: a collection looks for each shared file thousands of times. */
  readonly #found = new Map<string, Map<string, Found>>();

  constructor(tree: FileTree) {
    this.tree = tree;
  }

  find(folder: string, configPath: string): Found {
    let inFolder = this.#found.get(folder);
    if (!inFolder) this.#found.set(folder, (inFolder = new Map()));
    const known = inFolder.get(configPath);
    if (known) return known;
    const file = configFileAt(folder, configPath);
    const found = this.#look(file, configPath);
    inFolder.set(configPath, found);
    return found;
  }

  #look(file: string, configPath: string): Found {
    try {
      const parsed = this.#parse(file);
      return parsed ? { file, config: withDefaults(parsed, configPath) } : { file };
    } catch (cause) {
      if (cause instanceof UnreachedFile) return { file, unreached: cause };
      throw cause;
    }
  }

  unreached({ unreached }: Found): undefined {
    if (unreached) throw unreached;
  }

  #parse(file: string): Parsed | undefined {
    const known = this.#parsed.get(file);
    if (known) return known;
    const source = this.tree.read(file);
    const parsed = source && parseFile(file, source);
    this.#parsed.set(file, parsed);
    return parsed;
  }
}

/** The search path of one composition: finds configs by config path, the first source wins. */
export class ConfigRepository {
  readonly sources: readonly ConfigSource[];
  readonly #files: ConfigFinder;
  readonly #loaded = new Map<string, ConfigFile | undefined>();

  constructor(files: ConfigFinder, sources: readonly ConfigSource[]) {
    this.#files = files;
    this.sources = sources;
  }

  /** The folders that are searched, in order. */
  get folders(): readonly string[] {
    return this.sources.flatMap(({ folder }) => folder ?? []);
  }

  /** The packages of the search path that only Python could find. */
  get unsearched(): readonly string[] {
    return this.sources.flatMap(({ folder, written = '' }) =>
      folder === undefined && written.startsWith('pkg:') ? [written] : [],
    );
  }

  /** The files that were found so far, in the order of their first use. */
  usedFiles(): string[] {
    const files = [...this.#loaded.values()].flatMap((config) =>
      config && !config.builtIn ? [config.file] : [],
    );
    return [...new Set(files)];
  }

  /** What to know of the files that were found so far. */
  warnings(): Diagnostic[] {
    const configs = [...this.#loaded.values()].filter((config) => config !== undefined);
    const byFile = new Map(configs.map(({ file, warnings }) => [file, warnings]));
    return [...byFile.values()].flat();
  }

  /** @param sources where to look; by default everywhere, and in what Hydra itself brings */
  load(configPath: string, sources?: readonly ConfigSource[]): ConfigFile | undefined {
    if (this.#loaded.has(configPath)) return this.#loaded.get(configPath);
    const config = this.#find(configPath, sources);
    this.#loaded.set(configPath, config);
    return config;
  }

  #find(configPath: string, sources?: readonly ConfigSource[]): ConfigFile | undefined {
    // Written with two slashes: Python would look in the root of the file system.
    if (configPath.startsWith('/')) return undefined;
    if (sources) return this.#findIn(sources, configPath);
    return (
      builtInConfig(configPath, 'package') ??
      this.#findIn(this.sources, configPath) ??
      builtInConfig(configPath, 'store')
    );
  }

  #findIn(sources: readonly ConfigSource[], configPath: string): ConfigFile | undefined {
    let unreached: Found | undefined;
    for (const { folder } of sources) {
      if (folder === undefined) continue;
      const found = this.#files.find(folder, configPath);
      if (found.config) return found.config;
      if (found.unreached) unreached ??= found;
    }
    return unreached && this.#files.unreached(unreached, configPath);
  }

  /** Whether any source has a folder of that name, which makes an override one of a group. */
  groupExists(group: string): boolean {
    if (builtInGroup(group)) return true;
    return this.folders.some((folder) => this.#files.tree.list(join(folder, group)));
  }

  /** A file that would be a config but for its ending, which Hydra does not read; its name in its folder. */
  misnamed(configPath: string): string | undefined {
    const group = configPath.slice(0, configPath.lastIndexOf('/') + 1);
    const wanted = `${configPath.slice(group.length)}.yaml`;
    const isIt = (name: string): boolean => hasOtherEnding(name) && withYamlEnding(name) === wanted;
    for (const folder of this.folders) {
      const found = this.#files.tree.list(joinTextually(folder, group))?.find(isIt);
      if (found !== undefined) return group + found;
    }
    return undefined;
  }

  /** The options of a group, everywhere or in some folders: the names of its config files, sorted. */
  options(group: string, sources = this.sources): string[] {
    const names = sources.flatMap(({ folder }) =>
      folder === undefined ? [] : (this.#files.tree.list(joinTextually(folder, group)) ?? []),
    );
    const yaml = names.filter((name) => name.endsWith('.yaml'));
    const own = yaml.map((name) => name.slice(0, -'.yaml'.length));
    return [...new Set([...own, ...(builtInGroup(group) ?? [])])].sort();
  }

  /** The folders that hold configs, below all folders of the search path. */
  groups(): string[] {
    const { tree } = this.#files;
    const below = (folder: string, path: string, depth: number): string[] =>
      tree.folders(join(folder, path)).flatMap((name) => {
        if (name.startsWith('.') || name === 'node_modules') return [];
        const child = path === '' ? name : `${path}/${name}`;
        const deeper = depth > 0 ? below(folder, child, depth - 1) : [];
        return this.options(child).length > 0 ? [child, ...deeper] : deeper;
      });
    return [...new Set(this.folders.flatMap((folder) => below(folder, '', DEEPEST)))].sort();
  }

  /** Hydra's description of the search path, for messages. */
  describe(): string {
    const lines = this.sources.map(({ provider, folder, written = '' }) => {
      // A folder in Hydra's words, however it is written; a package by its name.
      const path = /^(?:pkg|structured):/.test(written) ? written : `file://${folder}`;
      return `\tprovider=${provider}, path=${path}`;
    });
    return ['\nConfig search path:', '\tprovider=hydra, path=pkg://hydra.conf', ...lines]
      .concat('\tprovider=schema, path=structured://')
      .join('\n');
  }
}

/** So deep below a search path groups are looked for, to name one. */
const DEEPEST = 4;

/** The file of a config in a folder of the search path. */
export function configFileAt(folder: string, configPath: string): string {
  const name = configPath.endsWith('.yaml') ? configPath : `${configPath}.yaml`;
  return joinTextually(folder, name);
}

/** Joins without taking `a/..` away: `a` may be a link to another place. */
function joinTextually(folder: string, path: string): string {
  return path.includes('..') ? `${folder}/${path}` : join(folder, path);
}
