import type { Diagnostic } from '../../diagnostics';
import { error, warning } from '../../diagnostics';
import { deeperPathsTo, valueAt } from '../../yaml/value-path';
import { identical } from '../../yaml/identical';
import type { YamlValue } from '../../yaml/value';
import type { SweepBase } from '../bases/base';
import type { Use } from './conflicts';
import { Conflicts } from './conflicts';
import { KindChecker } from './kinds';
import type { Experiment, WrittenKey } from '../model';
import type { Assignment } from '../overlay';
import { componentsOf, usesOf } from './uses';

/** What a written key means in the base config. */
export interface Target {
  readonly path: readonly string[];
  readonly how: 'exact' | 'top-level' | 'friendly' | 'added' | 'unknown';
}

/** The keys of an experiment, resolved against its base. */
export interface Targets {
  /** By the key as written. */
  readonly of: ReadonlyMap<string, Target>;
  readonly deleted: readonly (readonly string[])[];
  /** How a written value is merged; undefined for a key without a target. */
  assignment(name: string, value: YamlValue): Assignment | undefined;
}

/**
 * Resolves every key of an experiment, and checks every value that a key can get.
 *
 * @returns the targets, with everything that is wrong and everything to be warned of
 */
export function resolveTargets(
  experiment: Experiment,
  base: SweepBase,
): { readonly targets: Targets; readonly problems: readonly Diagnostic[] } {
  const resolver = new TargetResolver(experiment, base);
  for (const use of usesOf(experiment)) resolver.use(use);
  return { targets: resolver.targets(), problems: resolver.problems };
}

class TargetResolver {
  readonly #problems: Diagnostic[] = [];
  readonly #base: SweepBase;
  readonly #components: ReadonlyMap<string, readonly string[]>;
  readonly #kinds: KindChecker;
  readonly #resolved = new Map<string, Target | undefined>();
  readonly #replaced = new Set<string>();
  /** By target, what a written value stands for, where that is something else. */
  readonly #meanings = new Map<Target, Map<YamlValue, YamlValue>>();
  readonly #conflicts = new Conflicts();
  readonly #deleted: (readonly string[])[] = [];

  constructor(experiment: Experiment, base: SweepBase) {
    this.#base = base;
    this.#kinds = new KindChecker(base.value);
    this.#components = componentsOf(experiment);
    for (const key of experiment.replace) {
      this.#replaced.add(this.#existing(key, 'replace').join('.'));
    }
    for (const key of experiment.delete) {
      const path = this.#existing(key, 'delete');
      this.#deleted.push(path);
      this.#conflicts.delete(path, key);
    }
  }

  get problems(): readonly Diagnostic[] {
    return [...this.#problems, ...this.#conflicts.problems];
  }

  targets(): Targets {
    const of = new Map<string, Target>();
    for (const [name, target] of this.#resolved) if (target) of.set(name, target);
    const meanings = this.#meanings;
    const replaced = this.#replaced.size > 0 ? this.#replaced : undefined;
    return {
      of,
      deleted: this.#deleted,
      assignment(name, written) {
        const target = of.get(name);
        if (!target) return undefined;
        const value = meanings.get(target)?.get(written) ?? written;
        return { path: target.path, value, ...(replaced && { replaced }) };
      },
    };
  }

  /** A path of `delete` or `replace`, which has to be there. */
  #existing(key: WrittenKey, field: string): readonly string[] {
    const resolution = this.#base.resolveKey(key.name, this.#components);
    if (resolution.kind === 'path' && valueAt(this.#base.value, resolution.path)) {
      return resolution.path;
    }
    const message = `'${field}' names '${key.name}', which the base config does not have`;
    const hint = resolution.kind === 'refused' ? resolution.hint : undefined;
    this.#refuse('UnknownPath', message, key, hint);
    return key.name.split('.');
  }

  #refuse(id: string, message: string, { place }: WrittenKey, hint?: string): void {
    this.#problems.push(error(id, message, { place, ...(hint && { hint }) }));
  }

  use(use: Use): void {
    const target = this.#target(use);
    if (!target) return;
    const value = this.#meaning(use, target);
    if (!value) return;
    this.#conflicts.set(use, target.path, value);
    this.#checkKinds(use.key, target.path, value);
  }

  #target({ key, value, by }: Use): Target | undefined {
    const { name } = key;
    if (this.#resolved.has(name)) return this.#resolved.get(name);
    const resolution = this.#base.resolveKey(name, this.#components);
    let target: Target | undefined;
    if (resolution.kind === 'path') {
      target = resolution;
      if (resolution.how === 'unknown') {
        const details = { place: key.place, ...(resolution.hint && { hint: resolution.hint }) };
        this.#problems.push(warning('unknown-key', resolution.message, details));
      }
    } else {
      target = by === 'control' ? this.#alreadySaid(name, value) : undefined;
      if (!target) this.#refuse(resolution.id, resolution.message, key, resolution.hint);
    }
    this.#resolved.set(name, target);
    return target;
  }

  /**
   * A leaf's bare name is never guessed at, but where it lies at one path only and has that very
   * value there already, there is nothing to guess.
   */
  #alreadySaid(name: string, value: YamlValue): Target | undefined {
    const [path, ...others] = deeperPathsTo(name, this.#base.value).map((text) => text.split('.'));
    if (!path || others.length > 0) return undefined;
    const old = valueAt(this.#base.value, path);
    return old && identical(old, value) ? { path, how: 'exact' } : undefined;
  }

  /** What a value stands for at its target; undefined where it stands for nothing. */
  #meaning({ key, value }: Use, target: Target): YamlValue | undefined {
    const read = this.#base.readValue(target.path, value);
    if ('message' in read) {
      const place = value.place ?? key.place;
      this.#problems.push(error('TorchtuneValidation', read.message, { place, hint: read.hint }));
      return undefined;
    }
    if (read.value !== value) {
      const meanings = this.#meanings.get(target) ?? new Map<YamlValue, YamlValue>();
      this.#meanings.set(target, meanings.set(value, read.value));
    }
    return read.value;
  }

  #checkKinds(key: WrittenKey, path: readonly string[], value: YamlValue): void {
    for (const [at, leaf] of this.#leaves(path, value)) {
      const problem = this.#kinds.problem(at, leaf);
      if (!problem) continue;
      const place = leaf.place ?? value.place ?? key.place;
      this.#problems.push(error('TypeMismatch', problem.message, { place, hint: problem.hint }));
    }
  }

  /** The parts of a value that meet something in the base: maps meet maps key by key. */
  *#leaves(
    path: readonly string[],
    value: YamlValue,
  ): Generator<[path: readonly string[], value: YamlValue]> {
    if (path.some((_, depth) => this.#replaced.has(path.slice(0, depth + 1).join('.')))) return;
    if (value.kind !== 'map' || valueAt(this.#base.value, path)?.kind !== 'map') {
      yield [path, value];
      return;
    }
    for (const [key, item] of value.entries) {
      if (key.kind === 'str') yield* this.#leaves([...path, key.value], item);
    }
  }
}
