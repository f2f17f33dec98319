import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { refuse, workOn } from '../../diagnostics';

/** The files that a sweep owns in its folder. */
const OWN =
  /^(?:run_\d{3,}\.(?:yaml|sh)|run_mapping\.yaml|manifest\.json|base\.(?:yaml|sh)|runs\.(?:jsonl|args))$/;

/** A half-written file of an earlier run that was stopped. */
const HALF = /\.trainyard-\d+$/;

/** Flush streamed text when this many characters have come together. */
const CHUNK = 1 << 16;

/**
 * The folder that a sweep's files are written to. A file whose bytes are right is not touched, and
 * what is not written by the time it is closed is removed.
 */
export class SweepFolder {
  readonly path: string;
  /** What lay there before and has not been written since. */
  readonly #before: Set<string>;
  readonly #streams: StreamedFile[] = [];
  #changed = 0;

  /** @throws DiagnosticError `ForeignFile` when something lies there that no sweep wrote */
  constructor(path: string) {
    this.path = path;
    makeFolder(path);
    const entries = readdirSync(path, { withFileTypes: true });
    const foreign = entries.filter((entry) => !isOwn(entry)).map(spoken);
    if (foreign.length > 0) {
      const name = basename(path);
      refuse('ForeignFile', `${name}/ belongs to the generator, but holds ${foreign.join(', ')}`, {
        hint: `Move it out of ${name}/: Nx empties the folder when it restores it from its cache.`,
      });
    }
    this.#before = new Set(entries.map(({ name }) => name));
  }

  /** How many files were written or removed because they were not as they should be. */
  get changed(): number {
    return this.#changed;
  }

  write(name: string, text: string, executable = false): void {
    const file = this.path + sep + name;
    workOn(file, () => this.#write(file, name, text, executable));
  }

  #write(file: string, name: string, text: string, executable: boolean): void {
    const isThere = this.#before.delete(name);
    if (!isThere || readFileSync(file, 'utf8') !== text) {
      // With an encoding, Node makes one call of what are three without.
      writeFileSync(file, text, { encoding: 'utf8', mode: executable ? 0o755 : 0o644 });
      this.#changed += 1;
    }
    if (isThere && executable && (statSync(file).mode & 0o111) !== 0o111) {
      chmodSync(file, 0o755);
      this.#changed += 1;
    }
  }

  /** A file that is written in parts, so that a large sweep is never held in memory. */
  stream(name: string): StreamedFile {
    this.#before.delete(name);
    const stream = new StreamedFile(join(this.path, name));
    this.#streams.push(stream);
    return stream;
  }

  /** Puts streamed files in their places, and removes what an earlier, larger sweep left. */
  close(): void {
    for (const stream of this.#streams) if (stream.close()) this.#changed += 1;
    for (const name of this.#before) rmSync(join(this.path, name), { force: true });
    this.#changed += this.#before.size;
  }

  /** Leaves streamed files as they were before, and removes nothing. */
  abandon(): void {
    for (const stream of this.#streams) stream.abandon();
  }
}

/** @throws DiagnosticError `ForeignFile` when something else is in the folder's place */
function makeFolder(path: string): void {
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  if (isThere && !statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const name = basename(path);
    refuse('ForeignFile', `${name} belongs to the generator, but is no folder`, {
      hint: `Move ${name} elsewhere, or remove it.`,
    });
  }
  mkdirSync(path, { recursive: true });
}

/** A sweep writes files, so a folder or a link is somebody else's whatever its name is. */
function isOwn(entry: Dirent): boolean {
  return entry.isFile() && (OWN.test(entry.name) || HALF.test(entry.name));
}

function spoken(entry: Dirent): string {
  if (entry.isDirectory()) return `the folder ${entry.name}`;
  return entry.isSymbolicLink() ? `the link ${entry.name}` : entry.name;
}

/** A file that grows beside its place until it is closed. */
class StreamedFile {
  readonly #file: string;
  readonly #half: string;
  readonly #handle: number;
  #buffer = '';
  #isOpen = true;

  constructor(file: string) {
    this.#file = file;
    this.#half = `${file}.trainyard-${process.pid}`;
    this.#handle = workOn(file, () => openSync(this.#half, 'w'));
  }

  write(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length >= CHUNK) this.#flush();
  }

  #flush(): void {
    // Writes all of it, which one system call need not.
    workOn(this.#file, () => writeFileSync(this.#handle, this.#buffer));
    this.#buffer = '';
  }

  /** Puts the file in its place. @returns false when the same bytes are there already */
  close(): boolean {
    this.#flush();
    closeSync(this.#handle);
    this.#isOpen = false;
    if (existsSync(this.#file) && haveSameBytes(this.#file, this.#half)) {
      rmSync(this.#half);
      return false;
    }
    workOn(this.#file, () => renameSync(this.#half, this.#file));
    return true;
  }

  /** Leaves what was there before. */
  abandon(): void {
    if (this.#isOpen) closeSync(this.#handle);
    this.#isOpen = false;
    rmSync(this.#half, { force: true });
  }
}

/** Compares two files part by part: a manifest may be larger than the memory. */
function haveSameBytes(one: string, other: string): boolean {
  if (statSync(one).size !== statSync(other).size) return false;
  const handles = [openSync(one, 'r'), openSync(other, 'r')] as const;
  try {
    const [left, right] = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)];
    for (;;) {
      const length = readSync(handles[0], left);
      if (readSync(handles[1], right) !== length) return false;
      if (length === 0) return true;
      if (left.compare(right, 0, length, 0, length) !== 0) return false;
    }
  } finally {
    for (const handle of handles) closeSync(handle);
  }
}
