import {
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { throwDiagnostic } from '../../diagnostics';
import { keep } from '../git/keep';
import { listFolder } from '../list-folder';
import { removeFile } from '../replace-file';
import { workOn } from '../system-error';
import { editedFiles, seal } from './edited-files';
import type { HeldLock } from './folder-lock';
import { underLock } from './folder-lock';
import type { OwnedFiles } from './owned-files';
import { StreamedFile } from './streamed-file';
import { WaitingFolder, hiddenBeside } from './waiting-folder';

/**
 * Files are written so many at a time: to make one and to write one by turns takes a third longer,
 * since program and kernel then empty each other's caches.
 */
const BATCH = 64;

/**
 * A folder whose files a generator makes, all of them each time. New files wait beside it until all of
 * them are made, so that a generator that fails leaves everything as it was; then they are moved one
 * by one. A file whose bytes are right is not touched, and what the generator did not make is removed.
 */
export class OwnedFolder {
  readonly path: string;
  readonly #owned: OwnedFiles;
  readonly #waiting: WaitingFolder;
  /** Where the folder really lies, when it is a link. */
  readonly #real: string;
  /** What lay in the folder, and when it last changed. */
  readonly #before: ReadonlySet<string>;
  readonly #version: string;
  /** What the generator has made: what is right already, and what waits. */
  readonly #kept = new Set<string>();
  readonly #names: string[] = [];
  #batch: WholeFile[] = [];
  readonly #streams: StreamedFile[] = [];

  /**
   * @param path absolute
   * @throws DiagnosticError `ForeignFile` when something lies there that no generator wrote
   */
  constructor(path: string, owned: OwnedFiles) {
    this.path = path;
    this.#owned = owned;
    // Files can be moved within a file system only, and a link may lead into another one.
    this.#real = existsSync(path) ? realpathSync(path) : path;
    this.#version = versionOf(this.#real);
    const entries = entriesOf(path);
    const foreign = entries.filter((entry) => !this.#isOwn(entry)).map(spoken);
    if (foreign.length > 0) {
      const name = basename(path);
      throwDiagnostic(
        'ForeignFile',
        `${name}/ belongs to the generator, but contains ${foreign.join(', ')}`,
        {
          hint: `Move it elsewhere. Programs that read ${name}/ would treat it as part of ${owned.whole}.`,
        },
      );
    }
    this.#before = new Set(entries.map(({ name }) => name));
    this.#waiting = workOn(path, () => new WaitingFolder(this.#real));
  }

  write(name: string, text: string, executable = false): void {
    this.#batch.push({ name, text, executable });
    if (this.#batch.length === BATCH) this.#flush();
  }

  #flush(): void {
    for (const { name, text, executable } of this.#batch) {
      const file = this.path + sep + name;
      workOn(file, () => {
        if (this.#before.has(name) && isRight(file, text, executable)) {
          this.#kept.add(name);
          return;
        }
        // With an encoding, Node makes one call of what are three without.
        const options = { encoding: 'utf8', mode: executable ? 0o755 : 0o644 } as const;
        writeFileSync(this.#waiting.path + sep + name, text, options);
        this.#names.push(name);
      });
    }
    this.#batch = [];
  }

  /** A file that is written in parts, so that a large one is never held in memory. */
  stream(name: string): StreamedFile {
    const stream = new StreamedFile(name, this.path, this.#waiting.path);
    this.#streams.push(stream);
    return stream;
  }

  /**
   * Puts everything in its place, and removes what an earlier generation left. Whoever reads the
   * folder meanwhile sees a mix of old and new files, but never one that names another which is
   * missing: those that name others come after these, and what is gone is removed after them.
   *
   * @returns undefined when another process has changed the folder since, so that what was right may
   *   not be
   */
  close(): FolderChanges | undefined {
    this.#flush();
    return workOn(this.path, () => {
      try {
        return underLock(hiddenBeside(this.#real, 'lock'), (lock) => this.#move(lock));
      } finally {
        this.#waiting.remove();
      }
    });
  }

  #move(lock: HeldLock): FolderChanges | undefined {
    if (this.#kept.size > 0 && versionOf(this.#real) !== this.#version) return undefined;
    for (const stream of this.#streams) {
      if (stream.close()) this.#names.push(stream.name);
      else this.#kept.add(stream.name);
    }
    if (!existsSync(this.#real)) {
      renameSync(this.#waiting.path, this.#real);
      seal(this.#real, this.#owned);
      return { changed: this.#names.length };
    }
    const there = entriesOf(this.#real).filter((entry) => this.#isOwn(entry));
    const names = new Set(this.#names);
    const edited = editedFiles(this.#real, this.#owned).filter((name) => !this.#kept.has(name));
    const kept = keep(this.#real, edited);
    for (const name of this.#owned.wrongMeanwhile(names)) removeFile(join(this.#real, name));
    const { last } = this.#owned;
    for (const name of [...this.#names.filter((each) => !last.includes(each)), ...last]) {
      if (names.has(name)) renameSync(join(this.#waiting.path, name), join(this.#real, name));
      lock.renew();
    }
    let removed = 0;
    for (const { name } of there) {
      if (names.has(name) || this.#kept.has(name)) continue;
      removeFile(join(this.#real, name));
      removed += 1;
      lock.renew();
    }
    seal(this.#real, this.#owned);
    return { changed: names.size + removed, ...(kept !== undefined && { kept }) };
  }

  /** A generator writes files, so a folder or a link is somebody else's whatever its name is. */
  #isOwn(entry: Dirent): boolean {
    return entry.isFile() && this.#owned.isOwn(entry.name);
  }

  /** Leaves the folder as it was. */
  abandon(): void {
    for (const stream of this.#streams) stream.abandon();
    this.#waiting.remove();
  }
}

/** What became of a folder. */
export interface FolderChanges {
  /** Files written or removed because they were not as they should be. */
  readonly changed: number;
  /** Git's id of a tree with those of them that somebody had edited or put there, as they were. */
  readonly kept?: string;
}

interface WholeFile {
  readonly name: string;
  readonly text: string;
  readonly executable: boolean;
}

/** Another text after every file that comes, goes or is replaced. */
function versionOf(folder: string): string {
  const stat = statSync(folder, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.mtimeNs} ${stat.ctimeNs}` : '';
}

function isRight(file: string, text: string, executable: boolean): boolean {
  try {
    if (readFileSync(file, 'utf8') !== text) return false;
    return !executable || (statSync(file).mode & 0o111) === 0o111;
  } catch (cause) {
    // Another process has removed it since it was listed.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw cause;
  }
}

/** @throws DiagnosticError `ForeignFile` when something else is in the folder's place */
function entriesOf(path: string): Dirent[] {
  if (!lstatSync(path, { throwIfNoEntry: false })) return [];
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const name = basename(path);
    throwDiagnostic('ForeignFile', `${name} belongs to the generator, but is not a folder`, {
      hint: `Move ${name} elsewhere, or remove it.`,
    });
  }
  return listFolder(path);
}

function spoken(entry: Dirent): string {
  if (entry.isDirectory()) return `the folder ${entry.name}`;
  return entry.isSymbolicLink() ? `the link ${entry.name}` : entry.name;
}
