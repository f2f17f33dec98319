import { distance } from 'fastest-levenshtein';
import type { Diagnostic, DiagnosticDetails, Location } from '../../../diagnostics';
import { error, nearest, warning } from '../../../diagnostics';
import { splitKey, writePath } from '../../../yaml/value/key-path';
import { deeperPathsTo, keysOf, meet, valueAt, walk } from '../../../yaml/value/value-path';
import type { YamlValue } from '../../../yaml/value/value';
import { isContainer } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import { referenceTo } from '../../bases/base';
import { howToAllow } from '../keys/unknown-keys';
import type { Experiment } from '../../experiment/experiment';
import { placeholdersIn } from './placeholders';

type Path = readonly string[];

/** The names that stand for a text in controls: what varies, and the names of the run. */
export function textNames({ variables, zip, outside, repeats }: Experiment): ReadonlySet<string> {
  const swept = [...variables, ...zip.flat(), ...outside].map(({ key }) => key.name);
  const seed = repeats ? [repeats.seedKey.name] : [];
  return new Set(['run_id', 'label', 'experiment.name', ...swept, ...seed]);
}

/** A text in a control. */
export interface WrittenText {
  readonly text: string;
  readonly location: Location | undefined;
}

/** The strings in a value, however deep. */
export function textsIn(value: YamlValue): WrittenText[] {
  if (value.kind === 'str') return [{ text: value.value, location: value.location }];
  if (value.kind === 'list') return value.items.flatMap(textsIn);
  return value.kind === 'map' ? [...value.entries.values()].flatMap(textsIn) : [];
}

/** What is a word, and no piece of a template or of JSON. */
const WORD = /^[A-Za-z_][\w-]*(?:\.[\w-]+)*$/;

/**
 * What `{word}` in a control means: a name of the sweep or of the run, else a key of the base that has
 * a single value. Everything else is a text, but what is nearly such a name is probably misspelt.
 */
export class PlaceholderWords {
  readonly #experiment: Experiment;
  readonly #base: SweepBase;
  readonly #names: ReadonlySet<string>;
  readonly #paths = new Map<string, Path | undefined>();
  #dotted: readonly string[] | undefined;

  constructor(experiment: Experiment, base: SweepBase) {
    this.#experiment = experiment;
    this.#base = base;
    this.#names = textNames(experiment);
  }

  isKnown(word: string): boolean {
    return this.#names.has(word) || this.scalarOf(word) !== undefined;
  }

  /**
   * What a label's unknown word may be: what it can stand for, of all that has a single value.
   *
   * @param known the names of the rows
   */
  nearLabel(word: string, known: ReadonlySet<string>): string | undefined {
    const base = [...keysOf(this.#base.value), ...(this.#base.shortNames ?? [])];
    const dotted = this.#dottedNames();
    const deeper = dotted.filter((name) => splitKey(name).at(-1) === word);
    const names = [...base, ...(word.includes('.') ? dotted : [])];
    const single = names.filter((name) => this.scalarOf(name) !== undefined);
    const near = deeper.length > 0 ? deeper.slice(0, 3) : nearest(word, [...known, ...single]);
    if (near.length === 0) return undefined;
    return `Did you mean ${near.map((name) => `'{${name}}'`).join(' or ')}?`;
  }

  /** Where the base has the single value that a word stands for. Names of the sweep come first. */
  scalarOf(word: string): Path | undefined {
    const path = this.#pathOf(word);
    const value = path && valueAt(this.#base.value, path);
    return value && !isContainer(value) ? path : undefined;
  }

  /** What refers to a path from the config of a run. */
  referenceTo(path: Path): string {
    return referenceTo(path, this.#base.framework);
  }

  /** The paths of the base whose values a value needs. */
  pathsIn(value: YamlValue): Path[] {
    return textsIn(value).flatMap(({ text }) => {
      return placeholdersIn(text).flatMap(({ name }) => {
        const path = this.scalarOf(name);
        return path ? [path] : [];
      });
    });
  }

  #pathOf(word: string): Path | undefined {
    if (this.#names.has(word) || !WORD.test(word)) return undefined;
    if (!this.#paths.has(word)) {
      const resolution = this.#base.resolveKey(word, new Map());
      this.#paths.set(word, resolution.kind === 'path' ? resolution.path : undefined);
    }
    return this.#paths.get(word);
  }

  /**
   * What is wrong with the placeholders of a text.
   *
   * @param own the paths at which each run gets a value of its own, after all texts are filled
   * @param deleted the paths that no run has
   */
  problems(
    { text, location: whole }: WrittenText,
    own: readonly Path[],
    deleted: readonly Path[],
  ): Diagnostic[] {
    return placeholdersIn(text).flatMap(({ name }): Diagnostic[] => {
      const at = whole && locationIn(whole, `{${name}}`);
      const location = at && { location: at };
      const path = this.scalarOf(name);
      if (path && own.some((other) => meet(other, path))) {
        const message = `'{${name}}' is not known yet: each run gets its own ${writePath(path)} later`;
        const hint = `Write '${this.referenceTo(path)}', which the program resolves in the run's config.`;
        return [error('UnknownPath', message, { ...location, hint })];
      }
      if (path && deleted.some((other) => meet(other, path))) {
        const message = `'{${name}}' stands for ${writePath(path)}, which is deleted`;
        return [error('UnknownPath', message, { ...location, hint: 'Write the value itself.' })];
      }
      return path || this.#names.has(name) ? [] : this.#unclear(name, text, at);
    });
  }

  #unclear(word: string, text: string, at: Location | undefined): Diagnostic[] {
    if (!WORD.test(word)) return [];
    const details = { keys: [word], ...(at && { location: at }) };
    const allow = howToAllow(word, this.#experiment, 'unclear-placeholder');
    const path = this.#pathOf(word);
    const value = path && valueAt(this.#base.value, path);
    if (path && value) {
      const is = value.kind === 'list' ? 'a list' : 'a mapping';
      const message = `'{${word}}' stays as it is written: ${writePath(path)} is ${is} in the base config`;
      const hint = `Name a key with a single value. To keep the text as it is, ${allow}.`;
      return [warning('unclear-placeholder', message, { ...details, hint })];
    }
    const [near, ...others] = this.#near(word);
    if (near === undefined) return this.#deeper(word, text, details, allow);
    const names = [near, ...others].map((name) => `'{${name}}'`).join(' or ');
    const message = `'{${word}}' is not a variable, outside key, or key of the base config`;
    const hint = `Did you mean ${names}? To keep the text as it is, ${allow}.`;
    return [error('unclear-placeholder', message, { ...details, hint })];
  }

  /** A leaf's bare name is never guessed at. In prose it is most probably a text. */
  #deeper(word: string, text: string, details: DiagnosticDetails, allow: string): Diagnostic[] {
    if (/\s/.test(text)) return [];
    const paths = deeperPathsTo(word, this.#base.value).filter((path) => this.scalarOf(path));
    if (paths.length === 0) return [];
    const names = paths.map((path) => `'{${path}}'`).join(' or ');
    const message = `'{${word}}' stays as it is written: it is no top-level key of the base config`;
    const hint = `Did you mean ${names}? To keep the text as it is, ${allow}.`;
    return [warning('unclear-placeholder', message, { ...details, hint })];
  }

  /** The known names that a word is nearly: one letter differs, or two of at least five. */
  #near(word: string): string[] {
    const written = word.toLowerCase();
    const most = Math.min(written.length - 1, written.length < 5 ? 1 : 2);
    const names = new Set([...this.#names, ...keysOf(this.#base.value)]);
    if (word.includes('.')) for (const name of this.#dottedNames()) names.add(name);
    return [...names]
      .map((name) => ({ name, letters: distance(written, name.toLowerCase()) }))
      .filter(({ name, letters }) => letters <= Math.min(most, name.length - 1))
      .sort((a, b) => a.letters - b.letters)
      .slice(0, 3)
      .map(({ name }) => name);
  }

  #dottedNames(): readonly string[] {
    this.#dotted ??= [...walk(this.#base.value)].flatMap(({ path, value }) => {
      return path.length > 1 && !isContainer(value) ? [writePath(path)] : [];
    });
    return this.#dotted;
  }
}

/** Where a piece of a text stands; the whole text where it is written otherwise. */
function locationIn(whole: Location, piece: string): Location {
  const start = whole.source.text.indexOf(piece, whole.start);
  const isInside = start >= 0 && start + piece.length <= whole.end;
  return isInside ? { ...whole, start, end: start + piece.length } : whole;
}
