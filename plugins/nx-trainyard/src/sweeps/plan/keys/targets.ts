import { pathOfKey, writePath } from '../../../yaml/value/key-path';
import type { Diagnostic, DiagnosticId } from '../../../diagnostics';
import { Diagnostics, error, warning } from '../../../diagnostics';
import type { KeyResolution } from '../../../trainers/torchtune';
import { nearPaths } from '../../../trainers/torchtune';
import { deeperPathsTo, meet, valueAt } from '../../../yaml/value/value-path';
import { identical } from '../../../yaml/value/identical';
import type { YamlValue } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { Use } from './conflicts';
import { Conflicts } from './conflicts';
import { KindChecker } from './kinds';
import type { Experiment, WrittenKey } from '../../experiment/experiment';
import type { Assignment } from '../overlay';
import { foreignMappings, foreignValue } from './foreign-uses';
import { foreignKey, resolveWritten } from './foreign-keys';
import { unknownKey } from './unknown-keys';
import { ValueChecks } from './value-checks';
import { askedBy, componentsOf, usesOf } from './uses';

/** What a written key means in the base config. */
export interface Target {
  readonly path: readonly string[];
  readonly how: 'exact' | 'top-level' | 'friendly' | 'added' | 'unknown';
}

/** The keys of an experiment, resolved against its base. */
export interface Targets {
  /** By the key as written. */
  readonly of: ReadonlyMap<string, Target>;
  /** What each key under `delete` means, in their order. */
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
  for (const key of askedBy(experiment)) resolver.ask(key);
  return { targets: resolver.targets(), problems: resolver.problems };
}

class TargetResolver {
  readonly #problems = new Diagnostics();
  readonly #experiment: Experiment;
  readonly #base: SweepBase;
  readonly #components: ReadonlyMap<string, readonly string[]>;
  readonly #kinds: KindChecker;
  readonly #values: ValueChecks;
  readonly #resolved = new Map<string, KeyResolution>();
  readonly #replaced = new Set<string>();
  /** What is listed under `replace`, and nothing has set so far. */
  readonly #unused = new Map<WrittenKey, readonly string[]>();
  /** By target, what a written value stands for, where that is something else. */
  readonly #meanings = new Map<Target, Map<YamlValue, YamlValue>>();
  readonly #conflicts = new Conflicts();
  readonly #deleted: (readonly string[])[] = [];
  readonly #foreign: ReadonlyMap<WrittenKey, Diagnostic>;

  constructor(experiment: Experiment, base: SweepBase) {
    this.#experiment = experiment;
    this.#base = base;
    this.#kinds = new KindChecker(base);
    this.#components = componentsOf(experiment);
    this.#foreign = foreignMappings(experiment, base);
    this.#values = new ValueChecks({
      experiment,
      base,
      kinds: this.#kinds,
      components: this.#components,
      replaced: this.#replaced,
      problems: this.#problems,
    });
    for (const key of experiment.replace) {
      const path = this.#existing(key, 'replace');
      this.#replaced.add(writePath(path));
      this.#unused.set(key, path);
    }
    for (const key of experiment.delete) {
      const path = this.#existing(key, 'delete');
      this.#deleted.push(path);
      this.#conflicts.delete(path, key);
    }
  }

  get problems(): readonly Diagnostic[] {
    const unused = [...this.#unused.keys()].map(unusedReplacement);
    return [...this.#problems.all, ...this.#conflicts.problems, ...unused];
  }

  targets(): Targets {
    const of = new Map<string, Target>();
    for (const [name, target] of this.#resolved) if (target.kind === 'path') of.set(name, target);
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
    const resolution = resolveWritten(key.name, this.#base, this.#components);
    if (resolution.kind === 'path' && valueAt(this.#base.value, resolution.path)) {
      return resolution.path;
    }
    const message = `'${field}' names '${key.name}', which is not in the base config`;
    const { value } = this.#base;
    const near = nearPaths(pathOfKey(key.name), value).map((name) => `'${name}'`);
    const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Remove it.';
    const hint = resolution.kind === 'rejected' ? resolution.hint : meant;
    this.#report('UnknownPath', message, key, hint);
    return pathOfKey(key.name);
  }

  #report(id: DiagnosticId, message: string, { location }: WrittenKey, hint?: string): void {
    this.#problems.report(error(id, message, { location, ...(hint && { hint }) }));
  }

  use(use: Use): void {
    const mapping = this.#foreign.get(use.key);
    if (mapping) return this.#problems.report(mapping);
    const target = this.#target(use);
    if (!target) return;
    const foreign = foreignValue(use, target.path, this.#base);
    if (foreign) return this.#problems.report(foreign);
    const value = this.#meaning(use, target);
    if (!value) return;
    this.#conflicts.set(use, target.path, value, this.#replaced);
    for (const [key, path] of this.#unused) {
      if (sets(target.path, value, path)) this.#unused.delete(key);
    }
    this.#values.check(use, target.path, value);
  }

  /** A key that is only asked about, and that nothing could ever meet. */
  ask(key: WrittenKey): void {
    const { value } = this.#base;
    const foreign = foreignKey(key.name, value, (name) => {
      return this.#base.resolveKey(name, this.#components);
    });
    if (foreign) this.#report(foreign.id, foreign.message, key, foreign.hint);
  }

  #target({ key, value, by }: Use): Target | undefined {
    const { name } = key;
    let target = this.#resolved.get(name);
    if (!target) {
      target = resolveWritten(name, this.#base, this.#components);
      if (target.kind === 'rejected' && by === 'control') {
        target = this.#alreadySaid(name, value) ?? target;
      }
      this.#resolved.set(name, target);
    }
    if (target.kind === 'rejected') {
      const { id, message, hint, once } = target;
      const problem = error(id, message, { location: key.location, hint });
      this.#problems.report(problem, once && message);
      return undefined;
    }
    if (target.how === 'unknown') {
      const isPossible = !this.#kinds.problem(target.path, value, by)?.obstacle;
      this.#problems.report(unknownKey({ key, by }, target, this.#experiment, isPossible));
    }
    return target;
  }

  /**
   * A leaf's bare name is never guessed at, but where it lies at one path only and has that very
   * value there already, there is nothing to guess.
   */
  #alreadySaid(name: string, value: YamlValue): KeyResolution | undefined {
    const [path, ...others] = deeperPathsTo(name, this.#base.value).map(pathOfKey);
    if (!path || others.length > 0) return undefined;
    const old = valueAt(this.#base.value, path);
    return old && identical(old, value) ? { kind: 'path', path, how: 'exact' } : undefined;
  }

  /** What a value stands for at its target; undefined where it stands for nothing. */
  #meaning({ key, value }: Use, target: Target): YamlValue | undefined {
    const read = this.#base.readValue(target.path, value);
    if (read.kind === 'rejected') {
      const location = value.location ?? key.location;
      this.#problems.report(
        error('TorchtuneValidation', read.message, { location, hint: read.hint }),
      );
      return undefined;
    }
    if (read.value !== value) {
      const meanings = this.#meanings.get(target) ?? new Map<YamlValue, YamlValue>();
      this.#meanings.set(target, meanings.set(value, read.value));
    }
    return read.value;
  }
}

/** Whether a value at a path sets something at or below another path. */
function sets(path: readonly string[], value: YamlValue, other: readonly string[]): boolean {
  if (!meet(path, other)) return false;
  return valueAt(value, other.slice(path.length)) !== undefined;
}

function unusedReplacement({ name, location }: WrittenKey): Diagnostic {
  return warning('unused-replace', `'${name}' under replace has no effect: nothing sets it`, {
    location,
    keys: [name],
    hint: "Set it under controls, or remove it here. To remove it from the config, list it under 'delete'.",
  });
}
