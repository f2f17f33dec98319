import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import type { YamlValue } from '../../yaml/value';
import type { Expression } from '../expressions/arithmetic';
import { checkNames, evaluate, parseExpression } from '../expressions/arithmetic';
import { meet } from '../../yaml/value-path';
import type { Experiment } from '../model';
import { isAnyOf } from '../rows/same-value';
import type { Scope } from './scope';

/** A value that a row gets by what else it has. */
export interface Computed {
  readonly name: string;
  readonly value: YamlValue;
}

interface Derived {
  readonly name: string;
  readonly expression: Expression;
}

/** What `sweep.when` and `derived` set. */
export class ComputedSettings {
  readonly problems: readonly Diagnostic[];
  readonly #when: Experiment['when'];
  readonly #derived: readonly Derived[];
  readonly #pathOf: (name: string) => readonly string[];

  /**
   * @param known the names that some row has a value for
   * @param pathOf where the value of a key goes
   */
  constructor(
    { when, derived }: Experiment,
    known: ReadonlySet<string>,
    pathOf: (name: string) => readonly string[],
  ) {
    this.#when = when;
    this.#pathOf = pathOf;
    const problems: Diagnostic[] = [];
    // An expression sees what was computed before it, and nothing that comes later.
    const names = new Set(known);
    const later = new Set(derived.map(({ key }) => key.name));
    for (const name of later) names.delete(name);
    this.#derived = derived.flatMap(({ key, expression: text, place }) => {
      try {
        const expression = parseExpression(text, place);
        problems.push(...checkNames(expression, names, later));
        names.add(key.name);
        return [{ name: key.name, expression }];
      } catch (cause) {
        if (!(cause instanceof DiagnosticError)) throw cause;
        problems.push(...cause.diagnostics);
        return [];
      }
    });
    this.problems = problems;
  }

  get isEmpty(): boolean {
    return this.#when.length === 0 && this.#derived.length === 0;
  }

  /**
   * The values for a row, in the order in which they are merged; the scope gets them too.
   *
   * @throws DiagnosticError when expressions have no value for this row
   */
  of(scope: Scope): Computed[] {
    const computed: Computed[] = [];
    const problems: Diagnostic[] = [];
    const set = (name: string, value: YamlValue): void => {
      computed.push({ name, value });
      scope.set(name, value);
    };
    for (const [name, value] of this.#conditional(scope)) set(name, value);
    for (const { name, expression } of this.#derived) {
      try {
        set(name, evaluate(expression, scope.values));
      } catch (cause) {
        if (!(cause instanceof DiagnosticError)) throw cause;
        problems.push(...cause.diagnostics);
      }
    }
    if (problems.length > 0) throw new DiagnosticError(problems);
    return computed;
  }

  /** What the conditions set: for each key, and all that lies in it, the first one that holds. */
  #conditional({ values: scope }: Scope): (readonly [name: string, value: YamlValue])[] {
    const taken: (readonly string[])[] = [];
    return this.#when.flatMap((condition) => {
      const holds = condition.if.every(({ key, anyOf }) => {
        const value = scope.get(key.name);
        return value !== undefined && isAnyOf(value, anyOf);
      });
      if (!holds) return [];
      const free = condition.set
        .map(({ key, value }) => ({ name: key.name, value, path: this.#pathOf(key.name) }))
        .filter(({ path }) => !taken.some((other) => meet(other, path)));
      taken.push(...free.map(({ path }) => path));
      return free.map(({ name, value }) => [name, value] as const);
    });
  }
}
