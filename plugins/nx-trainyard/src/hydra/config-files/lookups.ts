import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import { emptyConfig } from '../config/config';
import type { ConfigFile } from './config-file';
import type { ConfigFinder, Found } from './config-repository';
import { configFileAt } from './config-repository';

/**
 * The config files that one composition looks for. A file that is there and cannot be read counts as
 * an empty one, so that what else is looked for becomes known too.
 */
export class Lookups implements ConfigFinder {
  readonly #files: ConfigFinder;
  readonly #looked = new Set<string>();
  readonly #found = new Set<string>();
  readonly #problems = new Map<string, readonly Diagnostic[]>();

  constructor(files: ConfigFinder) {
    this.#files = files;
  }

  get tree(): ConfigFinder['tree'] {
    return this.#files.tree;
  }

  /** Where files were looked for, found or not, in that order. */
  get looked(): readonly string[] {
    return [...this.#looked];
  }

  /** The files that were there, also those that cannot be read. */
  get found(): readonly string[] {
    return [...this.#found];
  }

  /** What is wrong with the files that cannot be read. */
  get problems(): readonly Diagnostic[] {
    return [...this.#problems.values()].flat();
  }

  find(folder: string, configPath: string): Found {
    const found = this.#find(folder, configPath);
    this.#looked.add(found.file);
    if (found.config) this.#found.add(found.file);
    return found;
  }

  unreached({ file, unreached }: Found, configPath: string): ConfigFile {
    if (unreached) this.#problems.set(file, unreached.diagnostics);
    this.#found.add(file);
    return nothingIn(file, configPath);
  }

  #find(folder: string, configPath: string): Found {
    try {
      return this.#files.find(folder, configPath);
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      const file = configFileAt(folder, configPath);
      this.#problems.set(file, cause.diagnostics);
      return { file, config: nothingIn(file, configPath) };
    }
  }
}

function nothingIn(file: string, configPath: string): ConfigFile {
  const source = { path: file, text: '' };
  const content = emptyConfig();
  return { configPath, file, source, content, defaults: [], header: undefined, warnings: [] };
}
