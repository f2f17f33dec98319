import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { DiagnosticError } from '../diagnostics';
import type { FileTree } from '../hydra/file-tree';

/** What of a recipe is remembered: what it was made from, and what would have changed that. */
interface Memory {
  /** What the rest was found out with. */
  readonly key: string;
  /** Paths from the workspace root; the hash of the text, or null where no file was found. */
  readonly files: readonly (readonly [path: string, hash: string | null])[];
  /** Per recipe, what was looked for and in what order, as positions in `files`. */
  readonly recipes: Readonly<Record<string, readonly number[]>>;
}

/**
 * Remembers between two Nx commands from which files each recipe is made. Parsing a large
 * collection takes longer than all else that Nx does before it reads its own cache, and from one
 * command to the next hardly a file changes.
 *
 * What is remembered of a recipe holds as long as every file that it is made from has the same
 * text, and no file has come to a path at which one was looked for in vain.
 */
export class RecipeMemory {
  readonly #file: string;
  readonly #key: string;
  readonly #root: string;
  readonly #tree: FileTree;
  readonly #old: Memory | undefined;
  /** Which of the old files are as they were; found out when first asked. */
  readonly #unchanged = new Map<number, boolean>();
  readonly #files = new Map<string, number>();
  readonly #hashes: (string | null)[] = [];
  readonly #recipes: Record<string, readonly number[]> = {};
  #changed = false;

  /**
   * @param folder where the memory is kept, when there is such a folder
   * @param key what else the files depend on, such as the version of the plugin
   * @param root the workspace, absolute
   */
  constructor(folder: string, key: string, root: string, tree: FileTree) {
    this.#file = join(folder, 'nx-trainyard-recipes.json');
    this.#key = key;
    this.#root = root;
    this.#tree = tree;
    this.#old = readMemory(this.#file, key);
  }

  /** The files that a recipe is made from, absolute, if nothing says that this has changed. */
  recall(recipe: string): string[] | undefined {
    const positions = this.#old?.recipes[recipe];
    if (!positions?.every((position) => this.#isUnchanged(position))) return undefined;
    const looked = positions.map((position) => this.#old?.files[position] ?? (['', null] as const));
    this.#recipes[recipe] = looked.map(([path, hash]) => this.#position(path, hash));
    return looked.flatMap(([path, hash]) => (hash === null ? [] : [join(this.#root, path)]));
  }

  /**
   * @param files the files that the recipe is made from, absolute
   * @param absent where one was looked for in vain
   */
  remember(recipe: string, files: readonly string[], absent: readonly string[]): void {
    this.#changed = true;
    this.#recipes[recipe] = [...files, ...absent].map((file) => {
      const path = relative(this.#root, file);
      const text = this.#tree.read(file)?.text;
      return this.#files.get(path) ?? this.#position(path, text === undefined ? null : hashOf(text));
    });
  }

  /** Keeps what has been recalled and remembered for the next command. */
  save(): void {
    const forgotten = Object.keys(this.#old?.recipes ?? {}).some((name) => !this.#recipes[name]);
    if (!this.#changed && !forgotten) return;
    const files = [...this.#files.keys()].map((path, i) => [path, this.#hashes[i] ?? null] as const);
    const memory: Memory = { key: this.#key, files, recipes: this.#recipes };
    const temporary = `${this.#file}.${process.pid}`;
    try {
      writeFileSync(temporary, JSON.stringify(memory));
      renameSync(temporary, this.#file);
    } catch {
      // A workspace that cannot be written to is only slower.
      rmSync(temporary, { force: true });
    }
  }

  #position(path: string, hash: string | null): number {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    this.#files.set(path, this.#hashes.length);
    return this.#hashes.push(hash) - 1;
  }

  #isUnchanged(position: number): boolean {
    const known = this.#unchanged.get(position);
    if (known !== undefined) return known;
    const [path = '', hash = null] = this.#old?.files[position] ?? [];
    const unchanged = this.#currentHash(join(this.#root, path)) === hash;
    this.#unchanged.set(position, unchanged);
    return unchanged;
  }

  /** Undefined for a file that cannot be read as text, which is like no hash. */
  #currentHash(file: string): string | null | undefined {
    try {
      const text = this.#tree.read(file)?.text;
      return text === undefined ? null : hashOf(text);
    } catch (cause) {
      if (cause instanceof DiagnosticError) return undefined;
      throw cause;
    }
  }
}

/** Nx's folder for what can be found out again at any time; undefined when Nx keeps nothing. */
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
    // None yet, or half of one: all is found out again.
    return undefined;
  }
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}
