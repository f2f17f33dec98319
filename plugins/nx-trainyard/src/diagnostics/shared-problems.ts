import { someOf } from '../basics/some-of';
import type { Diagnostic } from './diagnostic';
import { formatLocation, renderDiagnostics } from './render';

/** How problems are drawn. */
type Draw = (problems: readonly Diagnostic[]) => string;

/**
 * Problems by who has them: what many recipes share, such as a fragment that cannot be read, is one
 * problem and is told once.
 */
export class SharedProblems {
  readonly #noun: string;
  readonly #draw: Draw;
  /** Who has a problem, in the order in which they came, by what is told of it. */
  readonly #owners = new Map<string, string[]>();

  /**
   * @param noun what has problems, in the plural
   * @param draw how one is told in full
   */
  constructor(noun: string, draw: Draw = renderDiagnostics) {
    this.#noun = noun;
    this.#draw = draw;
  }

  add(owner: string, problems: readonly Diagnostic[]): void {
    for (const problem of problems) {
      const text = this.#draw([problem]);
      const owners = this.#owners.get(text) ?? [];
      if (owners.at(-1) !== owner) owners.push(owner);
      this.#owners.set(text, owners);
    }
  }

  /** One text for each problem, with who has it where that is more than one. */
  texts(): string[] {
    return [...this.#owners].map(([text, owners]) => this.#withOwners(text, owners));
  }

  /** What one of them is told: in full what it is the first to have, and the rest in one line. */
  textsOf(owner: string, problems: readonly Diagnostic[]): string[] {
    const texts = problems.map((problem) => {
      const text = this.#draw([problem]);
      const owners = this.#owners.get(text) ?? [];
      const [first = owner] = owners;
      return first === owner ? this.#withOwners(text, owners) : `${headOf(problem)} (see ${first})`;
    });
    return [...new Set(texts)];
  }

  #withOwners(text: string, owners: readonly string[]): string {
    if (owners.length < 2) return text;
    return `${text}\n${owners.length} ${this.#noun} have this problem: ${someOf(owners)}`;
  }
}

function headOf({ id, severity, message, location }: Diagnostic): string {
  return `${location ? `${formatLocation(location)}: ` : ''}${severity} [${id}] ${message}`;
}
