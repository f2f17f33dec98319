import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import type { YamlValue } from '../../yaml/value';
import type { Expression } from '../expressions/arithmetic';
import { checkNames, evaluate, parseExpression } from '../expressions/arithmetic';
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

  /** @param known the names that some row has a value for */
  constructor({ when, derived }: Experiment, known: ReadonlySet<string>) {
    this.#when = when;
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

  /**
   * What the conditions set: for each key, the first that holds. It comes last, so that it also wins
   * over a later one that sets what lies above or below.
   */
  #conditional({ values: scope }: Scope): Map<string, YamlValue> {
    const values = new Map<string, YamlValue>();
    for (let index = this.#when.length - 1; index >= 0; index--) {
      const condition = this.#when[index];
      const holds = condition?.if.every(({ key, anyOf }) => {
        const value = scope.get(key.name);
        return value !== undefined && isAnyOf(value, anyOf);
      });
      if (!condition || !holds) continue;
      for (const { key, value } of condition.set) {
        values.delete(key.name);
        values.set(key.name, value);
      }
    }
    return values;
  }
}
