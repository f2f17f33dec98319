import { writePath } from '../../yaml/value/key-path';
import type { Diagnostic } from '../../diagnostics';
import { didYouMean, error } from '../../diagnostics';
import { keysOf, valueAt } from '../../yaml/value/value-path';
import type { YamlMap, YamlValue } from '../../yaml/value/value';
import type { SweepBase } from '../bases/base';
import type { Experiment, Row, WrittenKey } from '../experiment/experiment';
import { placeholdersIn } from './texts/placeholders';
import type { Targets } from './keys/targets';

/** What names stand for in one row, where an experiment computes with them or asks about them. */
export class Scope {
  readonly #values: Map<string, YamlValue>;
  readonly #sameAs: ReadonlyMap<string, readonly string[]>;

  constructor(
    values: ReadonlyMap<string, YamlValue>,
    sameAs: ReadonlyMap<string, readonly string[]>,
  ) {
    this.#values = new Map(values);
    this.#sameAs = sameAs;
  }

  get values(): ReadonlyMap<string, YamlValue> {
    return this.#values;
  }

  /** Gives a name its value, and every other name of the same path. */
  set(name: string, value: YamlValue): void {
    this.#values.set(name, value);
    for (const other of this.#sameAs.get(name) ?? []) this.#values.set(other, value);
  }
}

/**
 * Gives names their values: those of the row first, then what is set for all runs. A name that the
 * experiment does not set stands for what the base config has at its path.
 */
export class ScopeMaker {
  /** Every name that some row has a value for. */
  readonly known: ReadonlySet<string>;
  readonly #fixed: ReadonlyMap<string, YamlValue>;
  readonly #sameAs: ReadonlyMap<string, readonly string[]>;
  readonly #seedKey: WrittenKey | undefined;
  readonly #base: SweepBase;

  /** @param config what the base and the controls make */
  constructor(experiment: Experiment, base: SweepBase, targets: Targets, config: YamlMap) {
    this.#seedKey = experiment.repeats?.seedKey;
    this.#base = base;
    const outside = new Set(experiment.outside.map(({ key }) => key.name));
    const paths = new Map<string, string>();
    const fixed = new Map<string, YamlValue>();
    for (const { key, value } of experiment.controls) fixed.set(key.name, value);
    for (const name of [...targets.of.keys(), ...namesAsked(experiment)]) {
      if (outside.has(name) || paths.has(name)) continue;
      const path = targets.of.get(name)?.path ?? pathOf(base, name);
      if (!path) continue;
      paths.set(name, writePath(path));
      const value = valueAt(config, path);
      if (value && !fixed.has(name)) fixed.set(name, value);
    }
    this.#fixed = fixed;
    this.#sameAs = namesOfOnePath(paths);
    const swept = [...experiment.variables, ...experiment.zip.flat()].map(({ key }) => key.name);
    this.known = new Set([...fixed.keys(), ...paths.keys(), ...swept, ...outside]);
  }

  of({ variables, outside, repeat }: Row): Scope {
    const scope = new Scope(this.#fixed, this.#sameAs);
    for (const { key, value } of variables) scope.set(key.name, value);
    for (const { key, value } of outside) scope.set(key.name, value);
    if (repeat && this.#seedKey) scope.set(this.#seedKey.name, repeat.seed);
    return scope;
  }

  /** Conditions that ask about what nothing sets can never hold. */
  unknownConditions(experiment: Experiment): Diagnostic[] {
    return experiment.when.flatMap((condition) =>
      condition.if.flatMap(({ key }) => {
        if (this.known.has(key.name)) return [];
        const message = `'${key.name}' is not a variable, control, outside key, or key of the base config`;
        const hint = didYouMean(key.name, [...this.known, ...keysOf(this.#base.value)]);
        return [error('UnknownPath', message, { location: key.location, ...(hint && { hint }) })];
      }),
    );
  }
}

function pathOf(base: SweepBase, name: string): readonly string[] | undefined {
  const resolution = base.resolveKey(name, new Map());
  return resolution.kind === 'path' && valueAt(base.value, resolution.path)
    ? resolution.path
    : undefined;
}

/** For each name the others that mean the same path, such as `lr` and `optimizer.lr`. */
function namesOfOnePath(paths: ReadonlyMap<string, string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, path] of paths) groups.set(path, [...(groups.get(path) ?? []), name]);
  const others = new Map<string, string[]>();
  for (const names of groups.values()) {
    if (names.length < 2) continue;
    for (const name of names)
      others.set(
        name,
        names.filter((other) => other !== name),
      );
  }
  return others;
}

/** Names that conditions, expressions and the label use, though the experiment may not set them. */
function namesAsked({ when, derived, output, resources }: Experiment): string[] {
  const asked = when.flatMap((condition) => condition.if.map(({ key }) => key.name));
  const expressions = [...derived.map(({ expression }) => expression), ...textsIn(resources)];
  const inExpressions = expressions.flatMap((text) => text.match(/[A-Za-z_]\w*(?:\.\w+)*/g) ?? []);
  const inLabel = placeholdersIn(output.runName?.name ?? '').map(({ name }) => name);
  return [...asked, ...inExpressions, ...inLabel];
}

/** The texts in a value, however deep. */
function textsIn(value: YamlValue | undefined): string[] {
  if (value?.kind === 'str') return [value.value];
  return value?.kind === 'map' ? [...value.entries.values()].flatMap(textsIn) : [];
}
