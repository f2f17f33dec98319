import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { CreateNodesResultArray } from '@nx/devkit';
import { fileStamp, folderStamp } from '../../files/file-looks';
import type { FileLooks, FileStamp } from '../../files/file-looks';
import { replaceFile } from '../../files/replace-file';
import type { Packed } from './packed';
import { pack, unpack } from './packed';

/** How the answer is written; another number forgets what older versions have written. */
const FORMAT = 1;

type Stamped = readonly [path: string, stamp: FileStamp];

interface Answer {
  readonly key: string;
  readonly folders: readonly Stamped[];
  readonly files: readonly Stamped[];
  readonly nodes: Packed;
}

/**
 * Keeps what Nx was answered, whole, as long as nothing that it was made from may have changed: each file
 * has the stamp that it had, and so has each folder on the way, for nothing to have come to where it was
 * looked for in vain. To put the same together again takes longer than to look.
 */
export class AnswerMemory {
  readonly #file: string;
  readonly #root: string;
  readonly #key: string;

  /**
   * @param folder where it is kept
   * @param root the workspace, absolute
   * @param parts what else the answer depends on, for JSON
   */
  constructor(folder: string, root: string, parts: readonly unknown[]) {
    this.#file = join(folder, 'nx-trainyard-answer.bin');
    this.#root = root;
    const text = JSON.stringify([FORMAT, process.version, ...parts]);
    this.#key = createHash('sha256').update(text).digest('hex');
  }

  recall(): CreateNodesResultArray | undefined {
    try {
      const bytes = readFileSync(this.#file);
      // Most of it is not worth reading for another key.
      if (!bytes.subarray(0, 200).includes(this.#key)) return undefined;
      const { key, folders, files, nodes } = deserialize(bytes) as Answer;
      if (key !== this.#key) return undefined;
      const isSame = (now: FileStamp | undefined, stamp: FileStamp): boolean =>
        now !== undefined && now.every((part, at) => part === stamp[at]);
      const isAsBefore =
        folders.every(([path, stamp]) => isSame(folderStamp(this.#root, path), stamp)) &&
        files.every(([path, stamp]) => isSame(fileStamp(this.#root, path), stamp));
      return isAsBefore ? (unpack(nodes) as CreateNodesResultArray) : undefined;
    } catch {
      // There is none yet, or only half of one.
      return undefined;
    }
  }

  /**
   * @param paths all that the answer was made from, from the root, there or not
   * @param looks by which they were looked at before they were read
   */
  remember(nodes: CreateNodesResultArray, paths: Iterable<string>, looks: FileLooks): void {
    const folders = new Map<string, FileStamp>();
    const files = new Map<string, FileStamp>();
    for (const path of paths) {
      for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) {
        const stamp = folderStamp(this.#root, folder);
        if (!stamp || !looks.isSettled(stamp)) return;
        folders.set(folder, stamp);
      }
      const look = looks.look(path);
      if (look === 'unclear') return;
      if (typeof look === 'string') continue;
      if (!looks.isSettled(look)) return;
      files.set(path, look);
    }
    const answer: Answer = {
      key: this.#key,
      folders: [...folders],
      files: [...files],
      nodes: pack(nodes),
    };
    try {
      replaceFile(this.#file, serialize(answer));
    } catch {
      // Where nothing can be written, the next command finds it out again.
    }
  }
}
