import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FileLooks } from '../../files/file-looks';
import type { FileStamp } from '../../files/file-looks';
import type { FileTree } from '../../files/file-tree';
import { replaceFile } from '../../files/replace-file';
import { pathFrom } from '../../files/paths';
import type { SeenText, TextState } from './text-states';
import { TextStates, isFileState, isText } from './text-states';

/** How the memory is written; another number forgets what older versions have written. */
const FORMAT = 2;

/** Paths are relative to the workspace root; elsewhere they are meant by their index in this list. */
interface Memory {
  /** What else the rest was found out with, such as the version of the plugin. */
  readonly key: string;
  readonly paths: readonly string[];
  readonly states: readonly TextState[];
  readonly stamps: readonly (FileStamp | 0)[];
  /** What each recipe was made from, or would be, if it were there; in the order of looking. */
  readonly recipes: readonly (readonly [recipe: string, parts: readonly number[]])[];
  /** What was found out from the text of a single file. */
  readonly facts: readonly (readonly [name: string, path: number, value: unknown])[];
}

/**
 * Remembers from one Nx command to the next what each recipe is made from, and what was read in single
 * files. To find it out again for thousands of recipes takes longer than Nx takes to see that nothing
 * has to be done.
 *
 * It holds as long as every file that the recipe is made from has the same text, and no file has
 * come to where one was looked for in vain.
 */
export class RecipeMemory {
  readonly looks: FileLooks;
  readonly #file: string | undefined;
  readonly #key: string;
  readonly #root: string;
  readonly #texts: TextStates;
  readonly #oldPaths: readonly string[];
  /** By the index of a path. */
  readonly #unchanged: (boolean | undefined)[] = [];
  readonly #isFile: readonly boolean[];
  readonly #oldRecipes: ReadonlyMap<string, readonly number[]>;
  readonly #oldFacts: ReadonlyMap<string, readonly [path: number, value: unknown]>;
  readonly #recipes = new Map<string, readonly string[]>();
  readonly #facts = new Map<string, readonly [name: string, path: string, value: unknown]>();
  readonly #relative = new Map<string, string>();
  #learned = false;
  #missed = false;

  /**
   * @param folder where the memory is kept; without one, nothing is
   * @param key what else the files depend on; with another key, nothing is remembered
   * @param root the workspace, absolute
   */
  constructor(folder: string | undefined, key: string, root: string, tree: FileTree) {
    this.#file = folder && join(folder, 'nx-trainyard-recipes.json');
    this.#key = `${FORMAT} ${key}`;
    this.#root = root;
    this.looks = new FileLooks(root);
    const memory = this.#file === undefined ? undefined : readMemory(this.#file, this.#key);
    const { paths = [], states = [], stamps = [], recipes, facts = [] } = memory ?? {};
    this.#oldPaths = paths;
    this.#isFile = states.map(isFileState);
    this.#oldRecipes = new Map(recipes);
    this.#oldFacts = new Map(
      facts.map(([name, path, value]) => [`${name} ${paths[path]}`, [path, value]]),
    );
    const seen = new Map<string, SeenText>();
    for (const [index, path] of paths.entries()) {
      seen.set(path, { state: states[index] ?? '', stamp: stamps[index] ?? 0 });
    }
    this.#texts = new TextStates(root, tree, this.looks, seen);
  }

  /**
   * The files that a recipe is made from, from the workspace root, unless that may have changed.
   *
   * @param recipe any name, always the same for the same recipe
   */
  recall(recipe: string): string[] | undefined {
    const found = this.#recall(recipe);
    if (!found) this.#missed = true;
    return found;
  }

  #recall(recipe: string): string[] | undefined {
    const parts = this.#oldRecipes.get(recipe);
    if (!parts) return undefined;
    const paths: string[] = [];
    const files: string[] = [];
    for (const part of parts) {
      if (!this.#isUnchanged(part)) return undefined;
      const path = this.#oldPaths[part] as string;
      paths.push(path);
      if (this.#isFile[part]) files.push(path);
    }
    this.#recipes.set(recipe, paths);
    return files;
  }

  /** @param looked where files for the recipe were looked for, absolute, found or not */
  remember(recipe: string, looked: readonly string[]): void {
    // What `..` leads to may change with a link on the way.
    if (this.#file === undefined || looked.some((file) => file.includes('..'))) return;
    this.#learned = true;
    // Most of what is missing is missing for want of one folder.
    const parts = new Set(looked.map((file) => this.#outermost(this.#toRelative(file))));
    this.#recipes.set(recipe, [...parts]);
  }

  /** What was remembered by this name of a file, from the root; undefined if its text may be another. */
  recallFact(name: string, path: string): unknown {
    const known = this.#oldFacts.get(`${name} ${path}`);
    if (!known || !this.#isUnchanged(known[0])) {
      this.#missed = true;
      return undefined;
    }
    this.#facts.set(`${name} ${path}`, [name, path, known[1]]);
    return known[1];
  }

  /** @param value for JSON; depends on nothing but the text of the file */
  rememberFact(name: string, path: string, value: unknown): void {
    if (this.#file === undefined || !isText(this.#texts.stateOf(path))) return;
    this.#learned = true;
    this.#facts.set(`${name} ${path}`, [name, path, value]);
  }

  /**
   * What all was recalled from, from the root, there or not. Undefined if anything had to be found out,
   * or may have changed since the last command.
   */
  recalledFrom(): Set<string> | undefined {
    if (this.#missed || this.#learned || this.#texts.hasNewStamps) return undefined;
    const paths = [...this.#recipes.values()].flat();
    return new Set([...paths, ...[...this.#facts.values()].map(([, path]) => path)]);
  }

  /** Keeps what has been recalled and remembered for the next command. */
  save(): void {
    if (this.#file === undefined) return;
    const isForgotten =
      this.#recipes.size !== this.#oldRecipes.size || this.#facts.size !== this.#oldFacts.size;
    if (!this.#learned && !isForgotten && !this.#texts.hasNewStamps) return;
    const recipes = [...this.#recipes];
    const facts = [...this.#facts.values()];
    const paths = [
      ...new Set([...recipes.flatMap(([, parts]) => parts), ...facts.map(([, path]) => path)]),
    ];
    const seen = paths.map((path) => this.#texts.seen(path));
    const index = new Map(paths.map((path, at) => [path, at]));
    const at = (path: string): number => index.get(path) ?? 0;
    const memory: Memory = {
      key: this.#key,
      paths,
      states: seen.map(({ state }) => state),
      stamps: seen.map(({ stamp }) => stamp),
      recipes: recipes.map(([recipe, parts]) => [recipe, parts.map(at)]),
      facts: facts.map(([name, path, value]) => [name, at(path), value]),
    };
    try {
      replaceFile(this.#file, JSON.stringify(memory));
    } catch {
      // Where nothing can be written, the next command finds it out again.
    }
  }

  #isUnchanged(part: number): boolean {
    return (this.#unchanged[part] ??= this.#texts.isAsBefore(this.#oldPaths[part] ?? ''));
  }

  #outermost(path: string): string {
    return this.looks.look(path) === 'missing' ? this.looks.outermostMissing(path) : path;
  }

  #toRelative(file: string): string {
    let path = this.#relative.get(file);
    if (path === undefined) {
      path = pathFrom(this.#root, file);
      this.#relative.set(file, path);
    }
    return path;
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
