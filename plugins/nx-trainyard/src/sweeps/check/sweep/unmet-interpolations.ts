import type { Diagnostic } from '../../../diagnostics';
import { didYouMean, warning } from '../../../diagnostics';
import { interpolationsIn } from '../../../hydra/grammar/interpolations';
import { splitKey, writePath } from '../../../yaml/value/key-path';
import { meet, valueAt, walk } from '../../../yaml/value/value-path';
import type { YamlMap } from '../../../yaml/value/value';
import { isContainer } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { Targets } from '../../plan/keys/targets';
import { usesOf } from '../../plan/keys/uses';
import type { Experiment } from '../../experiment/experiment';
import { interpolatedPath } from '../resolved-text';
import type { TextSet } from './texts-set';
import { textsSet } from './texts-set';

type Path = readonly string[];

/** What is said of an interpolation. */
interface Told {
  readonly message: string;
  readonly hint: string;
  /** The key that it means. */
  readonly key?: string;
}

/**
 * Interpolations that the experiment writes, of keys that no run has; one that begins with dots is
 * followed from where it stands. torchtune has nothing but the config to look in. What runs a recipe or
 * a generic config may know other names: there only what is nearly a key of the config is told of.
 *
 * @param shared what all runs have
 */
export function unmetInterpolations(
  experiment: Experiment,
  base: SweepBase,
  targets: Targets,
  shared: YamlMap,
): Diagnostic[] {
  const texts = textsSet(experiment, targets);
  const references = new References(experiment, base, targets, shared, texts);
  return texts.flatMap((set) =>
    interpolationsIn(set.text).flatMap(({ name, isResolver, start, end }) => {
      const whole = set.text.slice(start, end);
      const reported = isResolver ? undefined : references.about(name, whole, set);
      if (!reported) return [];
      const { message, hint, key = name } = reported;
      const { location, names } = set;
      return warning('dangling-interpolation', message, {
        keys: [...names, name, key],
        hint,
        ...(location && { location }),
      });
    }),
  );
}

/** What interpolations lead to in the runs of a sweep. */
class References {
  readonly #framework: Experiment['framework'];
  readonly #base: SweepBase;
  readonly #targets: Targets;
  readonly #shared: YamlMap;
  readonly #texts: readonly TextSet[];
  readonly #set: readonly Path[];
  /** A recipe is mounted there when it runs. */
  readonly #packageItem: string;

  constructor(
    experiment: Experiment,
    base: SweepBase,
    targets: Targets,
    shared: YamlMap,
    texts: readonly TextSet[],
  ) {
    this.#framework = experiment.framework;
    this.#base = base;
    this.#targets = targets;
    this.#shared = shared;
    this.#texts = texts.filter(({ text }) => text.includes('${'));
    this.#set = this.#texts.length > 0 ? pathsSet(experiment, targets) : [];
    this.#packageItem = experiment.framework === 'hyperpod' ? 'recipes.' : '';
  }

  about(name: string, whole: string, { path: at, by }: TextSet): Told | undefined {
    const dots = dotsOf(name);
    if (dots > 0 && !at) return undefined;
    const path = interpolatedPath(name, at ?? [], this.#shared);
    const above = at ? dots - at.length : 0;
    if (above > 0) return this.#above(name, whole, above);
    if (at && writePath(path) === writePath(at)) {
      const hint = 'Write another key, or the value itself.';
      return { message: `'${whole}' refers to itself`, hint };
    }
    if (this.#isMet(path)) return dots > 0 ? undefined : this.#outside(name, whole, path);
    // What is deleted is told of there.
    if (by === 'control' && this.#targets.deleted.some((other) => meet(other, path))) {
      return undefined;
    }
    return this.#unmet(name, whole, path);
  }

  /** Whether runs have something at a path, or may have it. */
  #isMet(path: Path): boolean {
    // What is below a path, makes it one.
    if (this.#set.some((other) => isIn(other, path))) return true;
    if (
      this.#texts.some(
        (text) => text.path && path.length > text.path.length && isIn(path, text.path),
      )
    )
      return true;
    return leads(this.#shared, path);
  }

  /** What lies in a recipe, for one who looks for it outside. */
  #outside(name: string, whole: string, path: Path): Told | undefined {
    if (this.#framework !== 'hyperpod' || name.startsWith('recipes.')) return undefined;
    if (referredFromRoot(this.#base).has(path[0] ?? '')) return undefined;
    return {
      message: `'${whole}' refers to '${name}' of the launcher: a recipe's own keys lie below 'recipes' when it runs`,
      hint: `Write '\${recipes.${name}}'.`,
    };
  }

  #above(name: string, whole: string, above: number): Told | undefined {
    // A recipe lies one level below what runs it.
    if (this.#framework === 'hyperpod' && above === 1) return undefined;
    const hint = this.#fromRoot(name) ?? 'Use fewer dots.';
    return { message: `'${whole}' refers to a key above the config, which no run has`, hint };
  }

  #unmet(name: string, whole: string, path: Path): Told | undefined {
    const isRelative = dotsOf(name) > 0;
    const known = [...[...walk(this.#shared)].map((each) => each.path), ...this.#set];
    const packaged = (each: Path): string => this.#packageItem + writePath(each);
    const near =
      (isRelative ? this.#fromRoot(name) : undefined) ??
      didYouMean(packaged(path), known.map(packaged));
    const isSure = this.#framework === 'torchtune' || isRelative || name.startsWith('recipes.');
    if (!isSure && near === undefined) return undefined;
    const key = isRelative ? writePath(path) : name;
    return {
      key,
      message: `'${whole}' refers to '${key}', which no run has`,
      hint: near ?? `Write a key of the config. For the literal text, write '\\${whole}'.`,
    };
  }

  /** How to write what a relative interpolation would mean without its dots. */
  #fromRoot(name: string): string | undefined {
    const path = interpolatedPath(name.slice(dotsOf(name)), [], this.#shared);
    if (path.length === 0 || !valueAt(this.#shared, path)) return undefined;
    return `From the root of the config, write '\${${this.#packageItem}${writePath(path)}}'.`;
  }
}

const dotsOf = (name: string): number => /^\.*/.exec(name)?.[0].length ?? 0;

const isIn = (path: Path, outer: Path): boolean =>
  outer.every((segment, depth) => segment === path[depth]);

/** All paths that an experiment writes. */
function pathsSet(experiment: Experiment, targets: Targets): Path[] {
  const paths = new Map<string, Path>();
  const add = (path: Path): unknown => paths.set(writePath(path), path);
  for (const { key, value } of usesOf(experiment)) {
    const target = targets.of.get(key.name);
    if (!target) continue;
    add(target.path);
    const whole = isContainer(value) && targets.assignment(key.name, value);
    if (whole) for (const { path } of walk(whole.value)) add([...target.path, ...path]);
  }
  return [...paths.values()];
}

/** The top-level names that a base itself refers to from the root: what runs it has them there. */
function referredFromRoot({ value }: SweepBase): ReadonlySet<string> {
  const names = [...walk(value)].flatMap(({ value: text }) => {
    return text.kind === 'str' ? interpolationsIn(text.value) : [];
  });
  return new Set(
    names.flatMap(({ name, isResolver }) => (isResolver ? [] : splitKey(name).slice(0, 1))),
  );
}

/** Whether there is something at a path, or something before it that only a run's start tells. */
function leads(shared: YamlMap, path: Path): boolean {
  return path.some((_, depth) => {
    const at = valueAt(shared, path.slice(0, depth + 1));
    if (depth === path.length - 1) return at !== undefined;
    return at?.kind === 'str' && (at.value.includes('${') || at.value === '???');
  });
}
