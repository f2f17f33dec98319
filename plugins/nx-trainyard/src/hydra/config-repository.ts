import { join } from 'node:path';
import type { Diagnostic, SourceText } from '../diagnostics';
import { refuse } from '../diagnostics';
import { Dict } from '../yaml/dict';
import { pyyamlVersionWarnings } from '../yaml/pyyaml-versions';
import { readYaml } from '../yaml/read';
import type { YamlList, YamlMap, YamlValue } from '../yaml/value';
import { pythonTypeName, str } from '../yaml/value';
import type { ConfigContainer } from './config';
import { createConfig, createNode, isMissing } from './config';
import type { DefaultsItem } from './defaults-item';
import { parseDefaults } from './defaults-item';
import type { FileTree } from './file-tree';
import { packageHeader } from './header';

/** A folder in which configs are looked up, and who named it. */
export interface ConfigSource {
  readonly provider: 'main' | 'hydra.searchpath in main' | 'hydra.searchpath in command-line';
  readonly folder: string;
}

/** A config file taken apart: its content without the defaults list, the list, its header. */
export interface ConfigFile {
  readonly configPath: string;
  readonly file: string;
  readonly source: SourceText;
  readonly content: ConfigContainer;
  readonly defaults: readonly DefaultsItem[];
  readonly header: string | undefined;
  /** What it means to another version of PyYAML. */
  readonly warnings: readonly Diagnostic[];
}

type Parsed = Omit<ConfigFile, 'configPath' | 'defaults'> & { readonly rawDefaults?: YamlValue };

/** Where a config was looked for, and the config if it is there. */
export interface Found {
  readonly file: string;
  readonly config?: ConfigFile;
}

/** Where a composition gets its config files. */
export interface ConfigFinder {
  readonly tree: FileTree;
  /** @throws DiagnosticError for a file that is there and cannot be read, or is no config */
  find(folder: string, configPath: string): Found;
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
    const parsed = this.#parse(file);
    const found: Found = parsed ? { file, config: withDefaults(parsed, configPath) } : { file };
    inFolder.set(configPath, found);
    return found;
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

function withDefaults({ rawDefaults, ...rest }: Parsed, configPath: string): ConfigFile {
  const defaults = rawDefaults ? parseDefaults(rawDefaults, configPath, rest.source) : [];
  return { configPath, defaults, ...rest };
}

function parseFile(file: string, source: SourceText): Parsed {
  const header = packageHeader(source);
  const value = loadedValue(readYaml(source), source);
  const warnings = pyyamlVersionWarnings(source);
  if (value.kind === 'list') {
    return { file, source, header, content: createConfig(value) as ConfigContainer, warnings };
  }
  const listed = value.entries.at('defaults');
  const rawDefaults = listed && !isMissing(listed) ? listed : undefined;
  // A malformed interpolation is refused even in an item that comes to nothing.
  if (rawDefaults) createNode(rawDefaults);
  const entries = new Dict<YamlValue>();
  for (const [key, item] of value.entries) {
    if (key.kind !== 'str' || key.value !== 'defaults') entries.set(key, item);
  }
  const content = createConfig({ ...value, entries }) as ConfigContainer;
  return { file, source, header, content, warnings, ...(rawDefaults && { rawDefaults }) };
}

/** What OmegaConf.load makes of a file's root: nothing is `{}`, and a lone string is YAML again. */
function loadedValue(root: YamlValue, source: SourceText): YamlMap | YamlList {
  const text = root.kind === 'str' && root.value;
  const value = text === false ? root : readYaml({ path: source.path, text });
  if (value.kind === 'map' || value.kind === 'list') return value;
  const entries = new Dict<YamlValue>();
  if (value.kind === 'str') entries.set(str(value.value, root.place), { kind: 'null' });
  else if (value.kind !== 'null') {
    refuse('OSError', `Invalid loaded object type: ${pythonTypeName(value)}`, {
      place: root.place ?? { source, start: 0, end: 0 },
      hint: "A config file holds a mapping: write 'key: value'.",
    });
  }
  return { kind: 'map', entries };
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

  /** The files that were found so far, in the order of their first use. */
  usedFiles(): string[] {
    const files = [...this.#loaded.values()].flatMap((config) => (config ? [config.file] : []));
    return [...new Set(files)];
  }

  /** What to know of the files that were found so far. */
  warnings(): Diagnostic[] {
    const configs = [...this.#loaded.values()].filter((config) => config !== undefined);
    const byFile = new Map(configs.map(({ file, warnings }) => [file, warnings]));
    return [...byFile.values()].flat();
  }

  load(
    configPath: string,
    sources: readonly ConfigSource[] = this.sources,
  ): ConfigFile | undefined {
    if (this.#loaded.has(configPath)) return this.#loaded.get(configPath);
    const config = this.#find(configPath, sources);
    this.#loaded.set(configPath, config);
    return config;
  }

  #find(configPath: string, sources: readonly ConfigSource[]): ConfigFile | undefined {
    // Written with two slashes: Python would look in the root of the file system.
    if (configPath.startsWith('/')) return undefined;
    for (const { folder } of sources) {
      const { config } = this.#files.find(folder, configPath);
      if (config) return config;
    }
    return undefined;
  }

  /** Whether any source has a folder of that name, which makes an override one of a group. */
  groupExists(group: string): boolean {
    return this.sources.some(({ folder }) => this.#files.tree.list(join(folder, group)));
  }

  /** The options of a group: the names of its config files, sorted. */
  options(group: string): string[] {
    const names = this.sources.flatMap(
      ({ folder }) => this.#files.tree.list(joinTextually(folder, group)) ?? [],
    );
    const yaml = names.filter((name) => name.endsWith('.yaml'));
    return [...new Set(yaml.map((name) => name.slice(0, -'.yaml'.length)))].sort();
  }

  /** Hydra's description of the search path, for messages. */
  describe(): string {
    const lines = this.sources.map(({ provider, folder }) => {
      return `\tprovider=${provider}, path=file://${folder}`;
    });
    return ['\nConfig search path:', '\tprovider=hydra, path=pkg://hydra.conf', ...lines]
      .concat('\tprovider=schema, path=structured://')
      .join('\n');
  }
}

/** The file of a config in a folder of the search path. */
export function configFileAt(folder: string, configPath: string): string {
  const name = configPath.endsWith('.yaml') ? configPath : `${configPath}.yaml`;
  return joinTextually(folder, name);
}

/** Joins without taking `a/..` away: `a` may be a link to another place. */
function joinTextually(folder: string, path: string): string {
  return path.includes('..') ? `${folder}/${path}` : join(folder, path);
}
