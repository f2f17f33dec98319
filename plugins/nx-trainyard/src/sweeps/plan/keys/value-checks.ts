import type { Diagnostic, Diagnostics } from '../../../diagnostics';
import { error } from '../../../diagnostics';
import { malformed } from '../../../hydra/config/config';
import { grammarProblem } from '../../../hydra/grammar/parse';
import type { KeyResolution } from '../../../trainers/torchtune';
import { writePath } from '../../../yaml/value/key-path';
import type { YamlValue } from '../../../yaml/value/value';
import { valueAt } from '../../../yaml/value/value-path';
import type { SweepBase } from '../../bases/base';
import { isFolder } from '../../bases/base';
import type { Experiment, WrittenKey } from '../../experiment/experiment';
import type { Use } from './conflicts';
import type { KindChecker } from './kinds';
import { literalTexts } from './literal-texts';
import { emptyMapping, wrongParameterKind } from './parameter-kinds';
import { removedComponents } from './removed-component';
import { newKeysIn, unknownKey } from './unknown-keys';

/** What values are checked with. */
interface Checked {
  readonly experiment: Experiment;
  readonly base: SweepBase;
  readonly kinds: KindChecker;
  readonly components: ReadonlyMap<string, readonly string[]>;
  /** The dotted paths that are replaced and not merged. */
  readonly replaced: ReadonlySet<string>;
  /** Where problems go. */
  readonly problems: Diagnostics;
}

/** Checks the values that keys get against what lies at their paths. */
export class ValueChecks {
  readonly #with: Checked;
  /** What keys in varied mappings mean. */
  readonly #inside = new Map<string, KeyResolution>();

  constructor(checked: Checked) {
    this.#with = checked;
  }

  check(use: Use, path: readonly string[], value: YamlValue): void {
    for (const problem of malformedTexts(value)) this.#with.problems.report(problem);
    this.#checkFolder(use.key, path, value);
    this.#checkKinds(use, path, value);
    this.#checkInside(use, path, value);
    if (use.by !== 'derived' && use.by !== 'seed') this.#checkParameters(use.key, path, value);
    removedComponents(use, path, value, this.#with).forEach((each) => {
      this.#with.problems.report(each);
    });
  }

  #checkFolder({ name, location }: WrittenKey, path: readonly string[], value: YamlValue): void {
    if (value.kind !== 'str' || isFolder(value) || !this.#isOutputDir(path)) return;
    const what = value.value === '' ? 'empty, so runs would write to the root folder' : 'missing';
    const details = { location: value.location ?? location, hint: 'Write the path of a folder.' };
    this.#with.problems.report(error('TypeMismatch', `'${name}' is ${what}`, details));
  }

  #isOutputDir(path: readonly string[]): boolean {
    const name = writePath(path);
    return this.#with.base.outputDirs.paths.some((each) => writePath(each) === name);
  }

  #checkKinds({ key, value: written, by }: Use, path: readonly string[], value: YamlValue): void {
    for (const [at, leaf] of this.#leaves(path, value)) {
      const problem = this.#with.kinds.problem(at, leaf, by);
      if (!problem) continue;
      const { message, obstacle } = problem;
      const location = obstacle
        ? key.location
        : (leaf.location ?? written.location ?? key.location);
      const hint = by === 'seed' ? 'Name a key that holds an integer.' : problem.hint;
      const mismatch = error('TypeMismatch', message, { location, hint });
      // Several keys of one mapping may meet the same obstacle.
      if (obstacle) this.#with.problems.report(mismatch, `${message} ${hint}`);
      else this.#with.problems.report(mismatch);
    }
  }

  /** The parts of a value that meet something in the base: maps meet maps key by key. */
  *#leaves(
    path: readonly string[],
    value: YamlValue,
  ): Generator<[path: readonly string[], value: YamlValue]> {
    if (this.#isReplaced(path)) return;
    if (value.kind !== 'map' || valueAt(this.#with.base.value, path)?.kind !== 'map') {
      yield [path, value];
      return;
    }
    for (const [key, item] of value.entries) {
      if (key.kind === 'str') yield* this.#leaves([...path, key.value], item);
    }
  }

  /** Keys of a varied mapping are varied too. Those of controls are controls of their own. */
  #checkInside({ key, by }: Use, path: readonly string[], value: YamlValue): void {
    if (by === 'control' || this.#isReplaced(path)) return;
    for (const { key: inner, path: below } of newKeysIn(value, path, this.#with.base.value)) {
      const name = writePath(below);
      const written = { name, location: inner.location ?? value.location ?? key.location };
      const resolution =
        this.#inside.get(name) ?? this.#with.base.resolveKey(name, this.#with.components);
      this.#inside.set(name, resolution);
      if (resolution.kind === 'rejected') {
        const { id, message, hint } = resolution;
        this.#with.problems.report(error(id, message, { location: written.location, hint }));
      } else if (resolution.how === 'unknown') {
        this.#with.problems.report(
          unknownKey({ key: written, by }, resolution, this.#with.experiment),
          name,
        );
      }
    }
  }

  /** What the base leaves open, and the framework does not. */
  #checkParameters(key: WrittenKey, path: readonly string[], value: YamlValue): void {
    if (this.#isReplaced(path)) return;
    for (const [at, leaf] of this.#leaves(path, value)) {
      const wrong = wrongParameterKind(key, at, leaf, this.#with.base, this.#with.components);
      if (wrong) this.#with.problems.report(wrong);
      else this.#checkLiterals(key, at, leaf);
    }
    const empty = emptyMapping(key, path, value, this.#with.base);
    if (empty) this.#with.problems.report(empty);
  }

  #checkLiterals(key: WrittenKey, path: readonly string[], value: YamlValue): void {
    const isOutputDir = (at: readonly string[]): boolean => this.#isOutputDir(at);
    for (const found of literalTexts(path, value, { ...this.#with, key, isOutputDir })) {
      this.#with.problems.report(found);
    }
  }

  #isReplaced(path: readonly string[]): boolean {
    return path.some((_, depth) => this.#with.replaced.has(writePath(path.slice(0, depth + 1))));
  }
}

/** Texts that OmegaConf refuses to have in a config, because an interpolation in them is broken. */
function* malformedTexts(value: YamlValue): Generator<Diagnostic> {
  if (value.kind === 'list') for (const item of value.items) yield* malformedTexts(item);
  if (value.kind === 'map') for (const item of value.entries.values()) yield* malformedTexts(item);
  if (value.kind !== 'str' || !value.value.includes('${')) return;
  const problem = grammarProblem(value.value);
  if (problem) yield malformed(value, problem);
}
