import type { Diagnostic } from './diagnostic';

/** Collects problems while something is read or checked, so that all of them are shown at once. */
export class Diagnostics {
  readonly #problems: Diagnostic[] = [];
  readonly #known = new Set<string>();

  /** In the order in which they were reported. */
  get all(): readonly Diagnostic[] {
    return this.#problems;
  }

  /** Reports a problem once at each location, or once in all where `about` names what it is about. */
  report(problem: Diagnostic, about = `${problem.location?.start} ${problem.message}`): void {
    if (this.#known.has(about)) return;
    this.#known.add(about);
    this.#problems.push(problem);
  }
}
