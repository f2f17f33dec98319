import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { refuse, workOn } from '../../diagnostics';
import { isSweepFile } from './file-names';
import { StreamedFile } from './streamed-file';

/**
 * Files are written so many at a time: to make one and to write one by turns takes a third longer,
 * since program and kernel then empty each other's caches.
 */
const BATCH = 64;

/**
 * The folder that a sweep's files are written to. New files wait beside it until all of them are
 * written, so that a sweep that fails leaves everything as it was. A file whose bytes are right is
 * not touched, and what is not written by the time the folder is closed is removed.
 */
export class SweepFolder {
  readonly path: string;
  /** Where new files wait. */
  readonly #waiting: string;
  /** What lies in the folder and has not been written since. */
  readonly #before: Set<string>;
  readonly #isNew: boolean;
  /** What is written where it waits. */
  readonly #names: string[] = [];
  #batch: SweepFile[] = [];
  readonly #streams: StreamedFile[] = [];

  /** @throws DiagnosticError `ForeignFile` when something lies there that no sweep wrote */
  constructor(path: string) {
    this.path = path;
    const entries = entriesOf(path);
    const foreign = entries.filter((entry) => !isOwn(entry)).map(spoken);
    if (foreign.length > 0) {
      const name = basename(path);
      refuse('ForeignFile', `${name}/ belongs to the generator, but holds ${foreign.join(', ')}`, {
        hint: `Move it elsewhere: who reads ${name}/ takes what lies there for a part of the sweep.`,
      });
    }
    this.#before = new Set(entries.map(({ name }) => name));
    this.#isNew = !existsSync(path);
    // Files can be moved within a file system only, and a link may lead into another one.
    const real = this.#isNew ? path : realpathSync(path);
    removeLeft(real);
    this.#waiting = join(dirname(real), `${waitingPrefix(real)}${process.pid}`);
    workOn(path, () => mkdirSync(this.#waiting, { recursive: true }));
  }

  write(name: string, text: string, executable = false): void {
    this.#batch.push({ name, text, executable });
    if (this.#batch.length === BATCH) this.#flush();
  }

  #flush(): void {
    for (const { name, text, executable } of this.#batch) {
      const file = this.path + sep + name;
      workOn(file, () => {
        if (this.#before.delete(name) && isRight(file, text, executable)) return;
        // With an encoding, Node makes one call of what are three without.
        const options = { encoding: 'utf8', mode: executable ? 0o755 : 0o644 } as const;
        writeFileSync(this.#waiting + sep + name, text, options);
        this.#names.push(name);
      });
    }
    this.#batch = [];
  }

  /** A file that is written in parts, so that a large sweep is never held in memory. */
  stream(name: string): StreamedFile {
    this.#before.delete(name);
    const stream = new StreamedFile(name, this.path, this.#waiting);
    this.#streams.push(stream);
    return stream;
  }

  /**
   * Puts everything in its place, and removes what an earlier, larger sweep left.
   *
   * @returns how many files were written or removed because they were not as they should be
   */
  close(): number {
    this.#flush();
    for (const stream of this.#streams) if (stream.close()) this.#names.push(stream.name);
    workOn(this.path, () => {
      if (this.#isNew) {
        renameSync(this.#waiting, this.path);
        return;
      }
      for (const name of this.#names) renameSync(join(this.#waiting, name), join(this.path, name));
      for (const name of this.#before) rmSync(join(this.path, name), { force: true });
      rmSync(this.#waiting, { recursive: true, force: true });
    });
    return this.#names.length + this.#before.size;
  }

  /** Leaves the folder as it was. */
  abandon(): void {
    for (const stream of this.#streams) stream.abandon();
    rmSync(this.#waiting, { recursive: true, force: true });
  }
}

interface SweepFile {
  readonly name: string;
  readonly text: string;
  readonly executable: boolean;
}

/** How the folders in which files wait are called, up to the number of the process. */
function waitingPrefix(path: string): string {
  return `.${basename(path)}.trainyard-`;
}

/** Removes what processes that were killed have left waiting. */
function removeLeft(path: string): void {
  const parent = dirname(path);
  const prefix = waitingPrefix(path);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false;
  }
}

function isRight(file: string, text: string, executable: boolean): boolean {
  if (readFileSync(file, 'utf8') !== text) return false;
  return !executable || (statSync(file).mode & 0o111) === 0o111;
}

/** @throws DiagnosticError `ForeignFile` when something else is in the folder's place */
function entriesOf(path: string): Dirent[] {
  if (!lstatSync(path, { throwIfNoEntry: false })) return [];
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const name = basename(path);
    refuse('ForeignFile', `${name} belongs to the generator, but is no folder`, {
      hint: `Move ${name} elsewhere, or remove it.`,
    });
  }
  return readdirSync(path, { withFileTypes: true });
}

/** A sweep writes files, so a folder or a link is somebody else's whatever its name is. */
function isOwn(entry: Dirent): boolean {
  return entry.isFile() && isSweepFile(entry.name);
}

function spoken(entry: Dirent): string {
  if (entry.isDirectory()) return `the folder ${entry.name}`;
  return entry.isSymbolicLink() ? `the link ${entry.name}` : entry.name;
}
