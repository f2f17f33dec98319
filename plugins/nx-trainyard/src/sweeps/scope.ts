import type { Diagnostic } from '../diagnostics';
import { didYouMean, error } from '../diagnostics';
import { valueAt } from '../yaml/value-path';
import type { YamlMap, YamlValue } from '../yaml/value';
import type { SweepBase } from './base';
import type { Experiment, Row, WrittenKey } from './model';

/** What the keys of a row stand for where an experiment computes with them or asks about them. */
export type Scope = ReadonlyMap<string, YamlValue>;

/**
 * Gives names their values: those of the row first, then what is set for all runs. A name that the
 * experiment does not set stands for what the base config has at its path.
 */
export class ScopeMaker {
  readonly #fixed = new Map<string, YamlValue>();
  readonly #known: ReadonlySet<string>;

  constructor(experiment: Experiment, base: SweepBase, config: YamlMap) {
    for (const { key, value } of experiment.controls) this.#fixed.set(key.name, value);
    const swept = [...experiment.variables, ...experiment.zip.flat(), ...experiment.outside];
    const names = [...swept.map(({ key }) => key.name), ...namesAsked(experiment)];
    if (experiment.repeats) names.push(experiment.repeats.seedKey.name);
    for (const name of names) {
      if (this.#fixed.has(name)) continue;
      const resolution = base.resolveKey(name, new Map());
      const value = resolution.kind === 'path' ? valueAt(config, resolution.path) : undefined;
      if (value) this.#fixed.set(name, value);
    }
    this.#known = new Set([
      ...this.#fixed.keys(),
      ...swept.map(({ key }) => key.name),
      ...experiment.extraRows.flatMap((row) => row.map(({ key }) => key.name)),
      ...(experiment.repeats ? [experiment.repeats.seedKey.name] : []),
    ]);
  }

  /** Every name that some row has a value for. */
  get known(): ReadonlySet<string> {
    return this.#known;
  }

  of(row: Row, seedKey: WrittenKey | undefined): Map<string, YamlValue> {
    const scope = new Map(this.#fixed);
    for (const { key, value } of row.variables) scope.set(key.name, value);
    for (const { key, value } of row.outside) scope.set(key.name, value);
    if (row.repeat && seedKey) scope.set(seedKey.name, row.repeat.seed);
    return scope;
  }

  /** Conditions that ask about what nothing sets can never hold. */
  unknownConditions(experiment: Experiment): Diagnostic[] {
    return experiment.when.flatMap((condition) =>
      condition.if.flatMap(({ key }) => {
        if (this.#known.has(key.name)) return [];
        const message = `'${key.name}' is no variable, control, outside key or key of the base config`;
        const hint = didYouMean(key.name, this.#known);
        return [error('UnknownPath', message, { place: key.place, ...(hint && { hint }) })];
      }),
    );
  }
}

/** Names that conditions and expressions may use though the experiment does not set them. */
function namesAsked(experiment: Experiment): string[] {
  const asked = experiment.when.flatMap((condition) => condition.if.map(({ key }) => key.name));
  const inExpressions = experiment.derived.flatMap(
    ({ expression }) => expression.match(/[A-Za-z_]\w*(?:\.\w+)*/g) ?? [],
  );
  return [...asked, ...inExpressions];
}
