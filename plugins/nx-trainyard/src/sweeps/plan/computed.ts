import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import type { YamlValue } from '../../yaml/value/value';
import type { Expression } from '../experiment/expressions/arithmetic';
import { checkNames, evaluate, parseExpression } from '../experiment/expressions/arithmetic';
import { meet } from '../../yaml/value/value-path';
import type { Condition, Experiment, PartialRow } from '../experiment/experiment';
import { isAnyOf } from './rows/any-of';
import type { Scope } from './scope';

/** A value that a row gets by what else it has. */
export interface Computed {
  readonly name: string;
  readonly value: YamlValue;
}

/** A condition that holds for a row, and what it sets there. */
export interface Holding {
  readonly condition: Condition;
  readonly set: PartialRow;
}

/** Whether a row has one of the values that a condition asks for. */
export function meets(
  { key, anyOf }: Condition['if'][number],
  values: ReadonlyMap<string, YamlValue>,
): boolean {
  const value = values.get(key.name);
  return value !== undefined && isAnyOf(value, anyOf);
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
    this.#derived = derived.flatMap(({ key, expression: text, location }) => {
      try {
        const expression = parseExpression(text, location);
        problems.push(...checkNames(expression, names, later, key.name));
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

  #conditional(scope: Scope): (readonly [name: string, value: YamlValue])[] {
    return this.holding(scope).flatMap(({ set }) =>
      set.map(({ key, value }) => [key.name, value] as const),
    );
  }

  /**
   * The conditions that hold, and which of their settings count: for each key, and all that lies in
   * it, those of the first one.
   */
  holding({ values: scope }: Scope): Holding[] {
    const taken: (readonly string[])[] = [];
    return this.#when.flatMap((condition) => {
      if (!condition.if.every((term) => meets(term, scope))) return [];
      const free = condition.set
        .map((setting) => ({ setting, path: this.#pathOf(setting.key.name) }))
        .filter(({ path }) => !taken.some((other) => meet(other, path)));
      taken.push(...free.map(({ path }) => path));
      return [{ condition, set: free.map(({ setting }) => setting) }];
    });
  }
}
