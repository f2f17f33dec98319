import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DiagnosticError } from '../../diagnostics';
import type { FileLooks, FileStamp } from '../../files/file-looks';
import type { FileTree } from '../../files/file-tree';

/** What is at a path: the hash of a text, or one of the words below. */
export type TextState = string;

/** Nothing, not even a folder. */
export const NOTHING: TextState = '';
/** Something that is no text, such as a folder, or that cannot be read. No hash is so short. */
const UNREADABLE: TextState = 'unreadable';
const NO_FILE: TextState = 'no file';

/** Whether there is a file, also one that cannot be read. */
export function isFileState(state: TextState): boolean {
  return state !== NOTHING && state !== NO_FILE;
}

export function isText(state: TextState): boolean {
  return isFileState(state) && state !== UNREADABLE;
}

/** A path as an earlier command saw it. Without a stamp, its text has to be read to be compared. */
export interface SeenText {
  readonly state: TextState;
  readonly stamp: FileStamp | 0;
}

/**
 * What is at paths now. A file is read only if it may have another text than an earlier command has
 * read there: dates alone would not tell that, so what counts is a stamp that nobody can set.
 */
export class TextStates {
  readonly #root: string;
  readonly #tree: FileTree;
  readonly #looks: FileLooks;
  readonly #old: ReadonlyMap<string, SeenText>;
  readonly #now = new Map<string, SeenText>();
  #read = 0;

  /** Paths are from the root, which is absolute. */
  constructor(root: string, tree: FileTree, looks: FileLooks, old: ReadonlyMap<string, SeenText>) {
    this.#root = root;
    this.#tree = tree;
    this.#looks = looks;
    this.#old = old;
  }

  /** Whether stamps have become known that no earlier command knew. */
  get hasNewStamps(): boolean {
    return this.#read > 0;
  }

  stateOf(path: string): TextState {
    return this.seen(path).state;
  }

  isAsBefore(path: string): boolean {
    return this.stateOf(path) === this.#old.get(path)?.state;
  }

  seen(path: string): SeenText {
    let seen = this.#now.get(path);
    if (!seen) this.#now.set(path, (seen = this.#see(path)));
    return seen;
  }

  #see(path: string): SeenText {
    const look = this.#looks.look(path);
    if (look === 'missing') return { state: NOTHING, stamp: 0 };
    if (look === 'folder') return { state: NO_FILE, stamp: 0 };
    if (look === 'unclear') return { state: this.#stateByReading(path), stamp: 0 };
    const old = this.#old.get(path);
    if (old && old.stamp !== 0 && isSame(old.stamp, look)) return old;
    const state = this.#stateByReading(path);
    if (!isText(state) || !this.#looks.isSettled(look)) return { state, stamp: 0 };
    this.#read++;
    return { state, stamp: look };
  }

  #stateByReading(path: string): TextState {
    try {
      const text = this.#tree.read(join(this.#root, path))?.text;
      if (text !== undefined) return createHash('sha1').update(text).digest('base64');
      return this.#looks.isThere(path) ? NO_FILE : NOTHING;
    } catch (cause) {
      if (cause instanceof DiagnosticError) return UNREADABLE;
      throw cause;
    }
  }
}

function isSame(one: FileStamp, other: FileStamp): boolean {
  return one[0] === other[0] && one[1] === other[1] && one[2] === other[2] && one[3] === other[3];
}
