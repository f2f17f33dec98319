import type { YamlMap, YamlValue } from '../src/yaml/value/value';
import { walk } from '../src/yaml/value/value-path';
import type { Draw } from './draw';
import type { Kind } from './random-setting';
import { SMALL_NUMBERS, randomValueOf } from './random-setting';

/** What an experiment is made over. */
export interface Ground {
  readonly framework: 'torchtune' | 'hyperpod' | 'generic';
  /** The lines of `framework_config`. */
  readonly config: readonly string[];
  readonly base: YamlMap;
  /** Short names that have a meaning here, and their paths. */
  readonly shortNames: Readonly<Record<string, string>>;
  readonly forms: readonly ('configs' | 'overrides')[];
  /** Whether mappings may have keys that are no plain words. */
  readonly oddKeys: boolean;
}

/** A key that an experiment can set. */
export interface Target {
  readonly name: string;
  readonly path: string;
  readonly kind: Kind;
}

/** A variable: its values as they stand in brackets. */
export interface Swept {
  readonly name: string;
  readonly values: readonly string[];
}

/** Draws the keys of an experiment: what it sets twice, it sets in places that have an order. */
export class RandomTargets {
  readonly #draw: Draw;
  readonly #ground: Ground;
  readonly #all: readonly Target[];
  readonly #taken: string[] = [];
  /** The short names that were drawn, and their paths. */
  readonly paths: Record<string, readonly string[]> = {};
  #added = 0;

  constructor(draw: Draw, ground: Ground) {
    this.#draw = draw;
    this.#ground = ground;
    this.#all = targetsIn(ground.base);
  }

  /** A target that is neither taken nor lies above or below one that is. */
  next(fits: (target: Target) => boolean = () => true): Target {
    const draw = this.#draw;
    const free = this.#free().filter(fits);
    if (free.length === 0 || draw.chance(20)) return this.addition();
    const target = draw.pick(free);
    this.#taken.push(target.path);
    const names = Object.entries(this.#ground.shortNames).filter(
      ([, path]) => path === target.path,
    );
    if (names.length === 0 || draw.chance(40)) return target;
    const [name] = draw.pick(names);
    this.paths[name] = target.path.split('.');
    return { ...target, name };
  }

  #free(): Target[] {
    return this.#all.filter(({ path }) => !this.#taken.some((taken) => overlap(taken, path)));
  }

  /** A key that the base does not have. */
  addition(): Target {
    const draw = this.#draw;
    const maps = this.#free().filter(({ kind }) => kind === 'map');
    const above = maps.length > 0 && draw.chance(50) ? `${draw.pick(maps).path}.` : '';
    const path = `${above}zz_${this.#added++}${draw.chance(20) ? '.zz_deep.zz' : ''}`;
    this.#taken.push(path);
    return { name: path, path, kind: 'any' };
  }

  value({ kind }: { readonly kind: Kind }): string {
    return randomValueOf(this.#draw, kind, this.#ground.oddKeys);
  }

  variable(length = 1 + this.#draw.below(2)): Swept & Target {
    const target = this.next();
    return { ...target, values: this.#draw.times(length, () => this.value(target)) };
  }

  /** A variable that can be computed with. */
  numbers(): Swept {
    const { name } = this.next(({ kind }) => kind === 'number');
    const values = this.#draw.times(1 + this.#draw.below(3), () => this.#draw.pick(SMALL_NUMBERS));
    return { name, values };
  }

  /** A path whose value is replaced by one of any kind. */
  replaced(): { readonly path: string; readonly value: string }[] {
    // A text for a data set stands for its source, and not every text does.
    const free = this.#free().filter(({ kind, path }) => kind !== 'text' && path !== 'dataset');
    if (free.length === 0 || !this.#draw.chance(20)) return [];
    const { path } = this.#draw.pick(free);
    this.#taken.push(path);
    return [{ path, value: this.value({ kind: 'any' }) }];
  }

  /** Keys and items that nothing sets. */
  deleted(): string[] {
    const keys = this.#free().filter(({ kind }) => kind !== 'text');
    const [first, ...others] = this.#draw.some(keys, 2).map(({ path }) => path);
    return first === undefined ? [] : [first, ...others.filter((path) => !overlap(path, first))];
  }
}

function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** The paths of a base that can be written with dots, and what fits there. */
function targetsIn(base: YamlMap): Target[] {
  return [...walk(base)].flatMap(({ path, value }) => {
    if (path.some((segment) => !/^[\w -]+$/.test(segment))) return [];
    const dotted = path.join('.');
    const kind = dotted === 'output_dir' && value.kind === 'str' ? 'text' : kindOf(value);
    return [{ name: dotted, path: dotted, kind }];
  });
}

function kindOf(value: YamlValue): Kind {
  switch (value.kind) {
    case 'int':
    case 'float':
      return 'number';
    case 'null':
      return 'any';
    case 'bytes':
      return 'null';
    case 'str':
      if (value.value === '???') return 'any';
      // What an interpolation resolves to decides what fits; null fits everything.
      return value.value.includes('${') ? 'null' : 'str';
    default:
      return value.kind;
  }
}
