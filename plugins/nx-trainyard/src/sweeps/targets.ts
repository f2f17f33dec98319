import type { Diagnostic, DiagnosticDetails } from '../diagnostics';
import { error, warning } from '../diagnostics';
import { deeperPathsTo, valueAt } from '../yaml/value-path';
import { identical } from '../yaml/identical';
import type { YamlValue } from '../yaml/value';
import type { SweepBase } from './base';
import { KindChecker } from './kinds';
import type { Experiment, WrittenKey } from './model';

/** What a written key means in the base config. */
export interface Target {
  readonly path: readonly string[];
  readonly how: 'exact' | 'top-level' | 'friendly' | 'added' | 'unknown';
}

/** The keys of an experiment, resolved against its base. */
export interface Targets {
  /** By the key as written. */
  readonly of: ReadonlyMap<string, Target>;
  /** Paths, joined by dots, whose values replace maps and lists of another kind. */
  readonly replaced: ReadonlySet<string>;
  readonly deleted: readonly (readonly string[])[];
  /** A written value as it is to be merged at its path. */
  value(name: string, value: YamlValue): YamlValue;
}

/** A key with a value that it can get, and who gives it. */
interface Use {
  readonly key: WrittenKey;
  readonly value: YamlValue | undefined;
  readonly by: 'variable' | 'control' | 'row' | 'when' | 'derived' | 'seed';
}

function* usesOf(experiment: Experiment): Generator<Use> {
  const outside = new Set(experiment.outside.map(({ key }) => key.name));
  const swept = [...experiment.variables, ...experiment.zip.flat()];
  for (const { key, values } of swept) {
    if (outside.has(key.name)) continue;
    for (const value of values) yield { key, value, by: 'variable' };
  }
  for (const { key, value } of experiment.controls) yield { key, value, by: 'control' };
  for (const row of experiment.extraRows) {
    for (const { key, value } of row) if (!outside.has(key.name)) yield { key, value, by: 'row' };
  }
  for (const { set } of experiment.when) for (const entry of set) yield { ...entry, by: 'when' };
  for (const { key } of experiment.derived) {
    // Which number it will be, the rows decide; that it is one can be checked at once.
    yield { key, value: { kind: 'int', value: 0n, place: key.place }, by: 'derived' };
  }
  if (experiment.repeats) {
    const { seedKey, seeds } = experiment.repeats;
    for (const value of seeds) yield { key: seedKey, value, by: 'seed' };
  }
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
  readonly problems: Diagnostic[] = [];
  readonly #base: SweepBase;
  readonly #components = new Map<string, string[]>();
  readonly #kinds: KindChecker;
  readonly #resolved = new Map<string, Target | undefined>();
  readonly #replaced = new Set<string>();
  readonly #values = new Map<YamlValue, YamlValue>();
  /** Who was first to set a path, to show both when a second comes. */
  readonly #setters = new Map<string, Use>();
  readonly #deleted: (readonly string[])[] = [];

  constructor(experiment: Experiment, base: SweepBase) {
    this.#base = base;
    this.#kinds = new KindChecker(base.value);
    for (const { key, value } of usesOf(experiment)) {
      if (!key.name.endsWith('._component_') || value?.kind !== 'str') continue;
      const block = key.name.slice(0, -'._component_'.length);
      this.#components.set(block, [...(this.#components.get(block) ?? []), value.value]);
    }
    for (const key of experiment.replace) this.#replaced.add(this.#existing(key, 'replace').join('.'));
    for (const key of experiment.delete) this.#deleted.push(this.#existing(key, 'delete'));
  }

  targets(): Targets {
    const of = new Map<string, Target>();
    for (const [name, target] of this.#resolved) if (target) of.set(name, target);
    const values = this.#values;
    return {
      of,
      replaced: this.#replaced,
      deleted: this.#deleted,
      value: (_name, value) => values.get(value) ?? value,
    };
  }

  /** A path of `delete` or `replace`, which has to be there. */
  #existing(key: WrittenKey, field: string): readonly string[] {
    const resolution = this.#base.resolveKey(key.name, this.#components);
    if (resolution.kind === 'path' && valueAt(this.#base.value, resolution.path)) return resolution.path;
    const message = `'${field}' names '${key.name}', which the base config does not have`;
    const hint = resolution.kind === 'refused' ? resolution.hint : undefined;
    this.#refuse('UnknownPath', message, key, hint);
    return key.name.split('.');
  }

  #refuse(
    id: string,
    message: string,
    { place }: WrittenKey,
    hint?: string,
    more: DiagnosticDetails = {},
  ): void {
    this.problems.push(error(id, message, { place, ...(hint && { hint }), ...more }));
  }

  use(use: Use): void {
    const target = this.#target(use);
    if (!target) return;
    this.#refuseConflict(use, target);
    if (use.value) this.#checkValue(use.key, use.value, target);
  }

  #target({ key, value }: Use): Target | undefined {
    const { name } = key;
    if (this.#resolved.has(name)) return this.#resolved.get(name);
    const resolution = this.#base.resolveKey(name, this.#components);
    let target: Target | undefined;
    if (resolution.kind === 'path') {
      target = resolution;
      if (resolution.how === 'unknown') {
        const details = { place: key.place, ...(resolution.hint && { hint: resolution.hint }) };
        this.problems.push(warning('unknown-key', resolution.message, details));
      }
    } else {
      target = this.#alreadySaid(name, value);
      if (!target) this.#refuse(resolution.id, resolution.message, key, resolution.hint);
    }
    this.#resolved.set(name, target);
    return target;
  }

  /**
   * A leaf's bare name is never guessed at, but where it lies at one path only and has that very
   * value there already, there is nothing to guess.
   */
  #alreadySaid(name: string, value: YamlValue | undefined): Target | undefined {
    const [path, ...others] = deeperPathsTo(name, this.#base.value).map((text) => text.split('.'));
    if (!path || others.length > 0 || !value) return undefined;
    const old = valueAt(this.#base.value, path);
    return old && identical(old, value) ? { path, how: 'exact' } : undefined;
  }

  #refuseConflict(use: Use, { path }: Target): void {
    // Explicit rows and conditions are there to set what others set.
    if (use.by === 'row') return;
    const id = path.join('.');
    const first = this.#setters.get(id);
    if (!first) this.#setters.set(id, use);
    else if (first.key.place !== use.key.place && !(first.by === 'when' && use.by === 'when')) {
      if (use.by === 'when' && first.by === 'control') return;
      this.#refuse(
        'Conflict',
        `'${use.key.name}' and '${first.key.name}' both set ${id}`,
        use.key,
        'Remove one of the two.',
        { related: [{ message: `'${first.key.name}' is set here`, place: first.key.place }] },
      );
    }
  }

  #checkValue(key: WrittenKey, value: YamlValue, { path }: Target): void {
    const place = value.place ?? key.place;
    const read = this.#base.readValue(path, value);
    if ('message' in read) {
      this.problems.push(error('TorchtuneValidation', read.message, { place, hint: read.hint }));
      return;
    }
    if (read.value !== value) this.#values.set(value, read.value);
    if (this.#replaced.has(path.join('.'))) return;
    for (const [at, leaf] of leaves(path, read.value, this.#base.value)) {
      const problem = this.#kinds.problem(at, leaf);
      if (!problem) continue;
      const where = leaf.place ?? place;
      this.problems.push(
        error('TypeMismatch', problem.message, { place: where, hint: problem.hint }),
      );
    }
  }
}

/** The parts of a value that meet something in the base: maps meet maps key by key. */
function* leaves(
  path: readonly string[],
  value: YamlValue,
  base: YamlValue,
): Generator<[readonly string[], YamlValue]> {
  if (value.kind !== 'map' || valueAt(base, path)?.kind !== 'map') {
    yield [path, value];
    return;
  }
  for (const [key, item] of value.entries) {
    if (key.kind === 'str') yield* leaves([...path, key.value], item, base);
  }
}
