import type { Draw } from './draw';
import type { Ground, Swept, Target } from './random-targets';
import { RandomTargets } from './random-targets';
import { block, entry, listOf, nested, section } from './write-experiment';

/** An experiment, and what its short names mean. */
export interface RandomExperiment {
  readonly text: string;
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

/** A seeded experiment over a base: valid, and with about every feature within a hundred seeds. */
export function randomExperiment(draw: Draw, ground: Ground): RandomExperiment {
  return new Maker(draw, ground).make();
}

const OUTSIDE: Swept = { name: 'zz_outside', values: ['a', '1', 'p=5'] };

class Maker {
  readonly #draw: Draw;
  readonly #ground: Ground;
  readonly #targets: RandomTargets;

  constructor(draw: Draw, ground: Ground) {
    this.#draw = draw;
    this.#ground = ground;
    this.#targets = new RandomTargets(draw, ground);
  }

  make(): RandomExperiment {
    const { framework, config, forms } = this.#ground;
    const draw = this.#draw;
    const targets = this.#targets;
    const variables = draw.times(draw.below(4), () => targets.variable());
    const numbers = draw.chance(40) ? [targets.numbers()] : [];
    const zip = draw.chance(20) ? [this.#zipGroup()] : [];
    const outside = draw.chance(20) ? [OUTSIDE] : [];
    const swept = [...variables, ...numbers, ...zip.flat(), ...outside];
    const replaced = targets.replaced();
    const controls = draw.times(draw.below(5), () => targets.next());
    const templated = draw.chance(35) ? [this.#templated(swept)] : [];
    const given = [...variables, ...zip.flat(), ...controls];
    const sweep = [
      ...block('zip', zip.map(settingsOf)),
      ...block(
        'exclude',
        draw.chance(25) ? this.#exclusions([...numbers, ...outside], variables) : [],
      ),
      ...block('runs', draw.chance(25) ? this.#rows(given, swept) : []),
      ...block('when', draw.chance(30) ? this.#conditions(swept, controls) : []),
      ...this.#repeats(),
    ];
    const text = [
      ...section('experiment', [`name: x-${draw.below(100)}`, `framework: ${framework}`]),
      ...section('framework_config', config),
      ...section('variables', [...variables, ...numbers].map(settingOf)),
      ...section('outside', outside.map(settingOf)),
      ...section('controls', [
        ...this.#controls(controls),
        ...templated,
        ...replaced.map(({ path, value }) => entry(path, value)),
      ]),
      ...section('sweep', sweep),
      ...section('derived', draw.chance(60) ? this.#derived(numbers) : []),
      ...section('delete', draw.chance(25) ? targets.deleted().map(item) : []),
      ...section(
        'replace',
        replaced.map(({ path }) => item(path)),
      ),
      ...section('output', this.#output(swept, forms)),
      ...section('validate', ['silence: [{id: unknown-key, reason: keys are drawn at random}]']),
    ];
    return { text: `${text.join('\n')}\n`, paths: targets.paths };
  }

  #zipGroup(): (Swept & Target)[] {
    const length = 1 + this.#draw.below(3);
    return this.#draw.times(2, () => this.#targets.variable(length));
  }

  #controls(targets: readonly Target[]): string[] {
    return nested(
      targets.map((target) => {
        const segments = target.name.split('.');
        const opens = this.#draw.chance(50) && !segments.some((segment) => /^\d+$/.test(segment));
        return [opens ? segments : [target.name], this.#targets.value(target)] as const;
      }),
    );
  }

  #templated(swept: readonly Swept[]): string {
    const draw = this.#draw;
    const target = this.#targets.next(({ kind }) => kind === 'str' || kind === 'text');
    const name = draw.pick([
      ...swept.map((variable) => variable.name),
      'run_id',
      'experiment.name',
    ]);
    const text = JSON.stringify(
      draw.pick([
        `/r/{${name}}`,
        `{${name}}`,
        `{{${name}}} {${name}} {other}`,
        `\${zz_none}/{run_id}-{${name}}`,
      ]),
    );
    const isList = target.kind === 'any' && draw.chance(40);
    return entry(target.name, isList ? `[${text}, 1]` : text);
  }

  /** Excludes one of different values, and so never all rows. */
  #exclusions(certain: readonly Swept[], swept: readonly Swept[]): string[] {
    const draw = this.#draw;
    const [first] = certain.filter(({ values }) => new Set(values.map(Number)).size > 1);
    if (!first) return [];
    const some = [first, ...draw.some(swept, 1)];
    return [settingsOf(some.map(({ name, values }) => ({ name, values: [draw.pick(values)] })))];
  }

  /** Explicit rows, in which all has a value that the base has none for. */
  #rows(targets: readonly Target[], swept: readonly Swept[]): string[] {
    const draw = this.#draw;
    return draw.times(1 + draw.below(2), () => {
      const values = new Map<string, string>();
      for (const { name, values: some } of swept) values.set(name, draw.pick(some));
      for (const name of [...values.keys()]) {
        if (!name.includes('zz_') && draw.chance(50)) values.delete(name);
      }
      for (const target of [...draw.some(targets, 2), this.#targets.addition()]) {
        values.set(target.name, this.#targets.value(target));
      }
      return `{${Array.from(values, ([name, value]) => entry(name, value)).join(', ')}}`;
    });
  }

  #conditions(swept: readonly Swept[], controls: readonly Target[]): string[] {
    const draw = this.#draw;
    const targets = [...draw.some(controls, 2), this.#targets.next()];
    return swept.slice(0, 1 + draw.below(2)).map(({ name, values }) => {
      const set = targets.map((target) => this.#set(target));
      return `{if: {${entry(name, `[${draw.pick(values)}, 77]`)}}, set: {${set.join(', ')}}}`;
    });
  }

  #set(target: Target): string {
    return entry(target.name, this.#targets.value(target));
  }

  #repeats(): string[] {
    if (!this.#draw.chance(20)) return [];
    const seeds = this.#draw.pick(['n: 2', 'seeds: [3, 12345678901234567890]']);
    return [`repeats: {${seeds}, seed_key: zz_seed}`];
  }

  #derived(numbers: readonly Swept[]): string[] {
    const named = numbers.filter(({ name }) => /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name));
    return named.map(({ name }) => {
      const expression = this.#draw.pick([
        ...[`2 * ${name}`, `${name} / 4`, `${name} // 3 + 1`, `max(${name}, 16)`],
        ...[`round(${name} * 10)`, `-${name} ** 2`, `(${name} + 1) % 5`, `min(1, ${name}) - 1e-3`],
        ...[name, `round(${name}, 3)`],
      ]);
      return entry(this.#targets.addition().name, JSON.stringify(expression));
    });
  }

  #output([first]: readonly Swept[], forms: Ground['forms']): string[] {
    const draw = this.#draw;
    const label = JSON.stringify(`{run_id} é/${first ? `{${first.name}}` : ''}`);
    return [
      ...(draw.chance(25) ? [entry('run_name', label)] : []),
      ...(draw.chance(20) ? ['per_run_output_dir: false'] : []),
      `form: ${draw.pick(forms)}`,
    ];
  }
}

function settingOf({ name, values }: Swept): string {
  return entry(name, listOf(values));
}

function settingsOf(swept: readonly Swept[]): string {
  return `{${swept.map(settingOf).join(', ')}}`;
}

function item(path: string): string {
  return `- ${JSON.stringify(path)}`;
}
