import {
  closeSync,
  existsSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { workOn } from '../system-error';

/** Flush streamed text when this many characters have come together. */
const CHUNK = 1 << 16;

/** A file that grows where it waits until it is closed. */
export class StreamedFile {
  readonly name: string;
  readonly #file: string;
  readonly #waiting: string;
  readonly #handle: number;
  #buffer = '';
  #isOpen = true;

  constructor(name: string, folder: string, waiting: string) {
    this.name = name;
    this.#file = join(folder, name);
    this.#waiting = join(waiting, name);
    this.#handle = workOn(this.#file, () => openSync(this.#waiting, 'w'));
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

  /** @returns false when the same bytes are in its place already */
  close(): boolean {
    this.#flush();
    this.abandon();
    if (!existsSync(this.#file) || !haveSameBytes(this.#file, this.#waiting)) return true;
    rmSync(this.#waiting);
    return false;
  }

  /** Writes no more. */
  abandon(): void {
    if (this.#isOpen) closeSync(this.#handle);
    this.#isOpen = false;
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
