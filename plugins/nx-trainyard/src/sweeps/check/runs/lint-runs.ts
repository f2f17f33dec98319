import type { ConfigRule, Finding, Rules, RunFacts } from '../../../trainers/torchtune';
import { lintConfig, lintValue } from '../../../trainers/torchtune';
import { oncePerWritten } from '../../../yaml/value/once-per-written';
import { meet } from '../../../yaml/value/value-path';
import type { YamlValue } from '../../../yaml/value/value';
import type { Run } from '../../plan/run';
import type { RunShape } from '../../plan/shapes/run-shape';

/** What is to be looked at in each run of a shape, and what was found in all of them. */
interface ShapeFindings {
  readonly shared: readonly Finding[];
  readonly slots: readonly {
    readonly index: number;
    readonly lint: (value: YamlValue) => readonly Finding[];
  }[];
  /** The rules that look at a slot. */
  readonly rules: readonly ConfigRule[];
}

/** Finds what is probably not meant in runs. What runs of one shape share is looked at once. */
export class RunLinter {
  readonly #rules: Rules;
  readonly #facts: RunFacts;
  readonly #shapes = new WeakMap<RunShape, ShapeFindings>();

  constructor(rules: Rules, facts: RunFacts) {
    this.#rules = rules;
    this.#facts = facts;
  }

  lint(run: Run): readonly Finding[] {
    const { shared, slots, rules } = this.#of(run.shape);
    const found = [...shared];
    for (const { index, lint } of slots) found.push(...lint(run.values[index] as YamlValue));
    for (const { find } of rules) found.push(...find(run.config, this.#facts));
    return found;
  }

  #of(shape: RunShape): ShapeFindings {
    let findings = this.#shapes.get(shape);
    if (!findings) this.#shapes.set(shape, (findings = this.#look(shape)));
    return findings;
  }

  #look({ config, slots }: RunShape): ShapeFindings {
    const places = [...slots.values()];
    const { ofValues, ofConfigs } = this.#rules;
    const looksAtSlot = ({ reads }: ConfigRule): boolean =>
      reads.some((path) => places.some((slot) => meet(path, slot.path)));
    const still = { ofValues, ofConfigs: ofConfigs.filter((rule) => !looksAtSlot(rule)) };
    return {
      shared: lintConfig(still, config, this.#facts, (value) => !slots.has(value)),
      slots: places.map(({ index, path }) => ({
        index,
        lint: oncePerWritten((value) => lintValue(this.#rules, path, value)),
      })),
      rules: ofConfigs.filter(looksAtSlot),
    };
  }
}
