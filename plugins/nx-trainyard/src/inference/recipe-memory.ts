import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DiagnosticError } from '../diagnostics';
import type { FileTree } from '../files/file-tree';
import { replaceFile } from '../files/replace-file';
import { pathFrom } from '../files/paths';

/** Paths are relative to the workspace root. */
interface Memory {
  /** What else the rest was found out with, such as the version of the plugin. */
  readonly key: string;
  /** The hash of each file's text, or null where no file was found. */
  readonly hashes: readonly (readonly [path: string, hash: string | null])[];
  /** Where files for a recipe were looked for, found or not, in that order. */
  readonly looked: readonly (readonly [recipe: string, paths: readonly string[]])[];
}

/**
 * Remembers from one Nx command to the next what each recipe is made from. To find it out again
 * for thousands of recipes takes longer than Nx takes to see that nothing has to be done.
 *
 * It holds as long as every file that the recipe is made from has the same text, and no file has
 * come to where one was looked for in vain.
 */
export class RecipeMemory {
  readonly #file: string | undefined;
  readonly #key: string;
  readonly #root: string;
  readonly #tree: FileTree;
  readonly #old: ReadonlyMap<string, readonly string[]>;
  readonly #oldHashes: ReadonlyMap<string, string | null>;
  readonly #looked = new Map<string, readonly string[]>();
  readonly #hashes = new Map<string, string | null>();
  readonly #relative = new Map<string, string>();
  #learned = false;

  /**
   * @param folder where the memory is kept; without one, nothing is
   * @param key what else the files depend on; with another key, nothing is remembered
   * @param root the workspace, absolute
   */
  constructor(folder: string | undefined, key: string, root: string, tree: FileTree) {
    this.#file = folder && join(folder, 'nx-trainyard-recipes.json');
    this.#key = key;
    this.#root = root;
    this.#tree = tree;
    const memory = this.#file === undefined ? undefined : readMemory(this.#file, key);
    this.#old = new Map(memory?.looked);
    this.#oldHashes = new Map(memory?.hashes);
  }

  /** The files that a recipe is made from, from the workspace root, unless that may have changed. */
  recall(recipe: string): string[] | undefined {
    const looked = this.#old.get(recipe);
    if (!looked?.every((path) => this.#hash(path) === this.#oldHashes.get(path))) return undefined;
    this.#looked.set(recipe, looked);
    return looked.filter((path) => this.#hash(path) !== null);
  }

  /** @param looked where files for the recipe were looked for, absolute, found or not */
  remember(recipe: string, looked: readonly string[]): void {
    // What `..` leads to may change with a link on the way.
    if (this.#file === undefined || looked.some((file) => file.includes('..'))) return;
    this.#learned = true;
    this.#looked.set(
      recipe,
      looked.map((file) => this.#toRelative(file)),
    );
  }

  /** Keeps what has been recalled and remembered for the next command. */
  save(): void {
    if (this.#file === undefined) return;
    if (!this.#learned && this.#looked.size === this.#old.size) return;
    const paths = new Set([...this.#looked.values()].flat());
    const memory: Memory = {
      key: this.#key,
      hashes: [...paths].map((path) => [path, this.#hash(path)]),
      looked: [...this.#looked],
    };
    try {
      replaceFile(this.#file, JSON.stringify(memory));
    } catch {
      // Where nothing can be written, the next command finds it out again.
    }
  }

  #toRelative(file: string): string {
    let path = this.#relative.get(file);
    if (path === undefined) {
      path = pathFrom(this.#root, file);
      this.#relative.set(file, path);
    }
    return path;
  }

  #hash(path: string): string | null {
    let hash = this.#hashes.get(path);
    if (hash === undefined) {
      hash = hashOf(join(this.#root, path), this.#tree);
      this.#hashes.set(path, hash);
    }
    return hash;
  }
}

/** Nx's folder for what can be found out again; undefined when there is none, or Nx keeps nothing. */
export function workspaceDataFolder(root: string, env: NodeJS.ProcessEnv): string | undefined {
  if (env['NX_CACHE_PROJECT_GRAPH'] === 'false') return undefined;
  const folder = resolve(root, env['NX_WORKSPACE_DATA_DIRECTORY'] ?? '.nx/workspace-data');
  return existsSync(folder) ? folder : undefined;
}

function readMemory(file: string, key: string): Memory | undefined {
  try {
    const memory = JSON.parse(readFileSync(file, 'utf8')) as Memory;
    return memory.key === key ? memory : undefined;
  } catch {
    // There is none yet, or only half of one.
    return undefined;
  }
}

/** Null where there is no file; '', which no text has, for one that cannot be read as text. */
function hashOf(file: string, tree: FileTree): string | null {
  try {
    const text = tree.read(file)?.text;
    return text === undefined ? null : createHash('sha1').update(text).digest('base64');
  } catch (cause) {
    if (cause instanceof DiagnosticError) return '';
    throw cause;
  }
}
