import type { Diagnostic } from '../../../diagnostics';
import { DiagnosticError, error } from '../../../diagnostics';
import type { YamlValue } from '../../../yaml/value/value';
import { isSize } from '../../experiment/expression-rules';
import { field } from '../../../yaml/schema/fields';
import type { Experiment, RunResources } from '../../experiment/experiment';
import { formatValue } from '../../../yaml/writer/format-value';
import type { Amount } from './amount';
import { amountFor, countOf, isFixed, readAmount } from './amount';

/** In this order they are computed, so that `cpus: 8 * gpus` has a meaning. */
const RESOURCES = ['nodes', 'gpus', 'cpus', 'mem', 'time'] as const;
type Resource = (typeof RESOURCES)[number];

const COUNTS: ReadonlySet<Resource> = new Set<Resource>(['nodes', 'gpus', 'cpus']);

/** What runs need from the cluster, computed run by run. */
export class ResourceMaker {
  readonly problems: readonly Diagnostic[];
  readonly #amounts = new Map<Resource, Amount>();
  /** What all runs get, where it is the same for all. */
  readonly fixed: RunResources | undefined;
  readonly #known: ReadonlySet<string>;
  readonly #check: (resources: RunResources) => void;

  /**
   * @param known the names that some row has a value for
   * @param check throws DiagnosticError, without a place, for resources that runs cannot use
   */
  constructor(
    experiment: Experiment,
    known: ReadonlySet<string>,
    check: (resources: RunResources) => void,
  ) {
    this.#known = known;
    this.#check = check;
    const problems: Diagnostic[] = [];
    const names = new Set(known);
    for (const resource of RESOURCES) {
      const value = field(experiment.resources, resource);
      const isPlain = resource === 'time' ? () => true : isSize;
      const context = { resource, experiment, known: names, isPlain };
      const amount = value && readAmount(value, context, (problem) => problems.push(problem));
      if (amount) this.#amounts.set(resource, amount);
      if (value) names.add(resource);
    }
    if ([...this.#amounts.values()].every(isFixed)) {
      this.fixed = {};
      try {
        this.fixed = this.#compute(new Map(), () => undefined, 'a run');
      } catch (cause) {
        if (!(cause instanceof DiagnosticError)) throw cause;
        problems.push(...cause.diagnostics);
      }
    }
    this.problems = problems;
  }

  /**
   * What a run gets.
   *
   * @param values what names stand for in the run
   * @throws DiagnosticError with the place of each amount that the run cannot have
   */
  of(values: ReadonlyMap<string, YamlValue>, run: string): RunResources {
    if (this.fixed) return this.fixed;
    const names = new Map(values);
    return this.#compute(
      names,
      (name, value) => {
        // A variable of the same name is what the researcher means.
        if (!this.#known.has(name)) names.set(name, value);
      },
      run,
    );
  }

  #compute(
    values: ReadonlyMap<string, YamlValue>,
    set: (name: string, value: YamlValue) => void,
    run: string,
  ): RunResources {
    const problems: Diagnostic[] = [];
    const counts: Partial<Record<Resource, number>> = {};
    for (const [resource, amount] of this.#amounts) {
      try {
        const gotten = amountFor(amount, resource, values, run);
        const isCount = COUNTS.has(resource);
        const value = isCount ? countOf(gotten, resource, run) : gotten.value;
        if (value.kind === 'int' && isCount) counts[resource] = Number(value.value);
        if ((value.kind === 'int' || value.kind === 'float') && !(value.value > 0) && !isCount) {
          problems.push(tooLittle(resource, run, value, gotten.location));
        }
        set(resource, value);
      } catch (cause) {
        if (!(cause instanceof DiagnosticError)) throw cause;
        problems.push(...cause.diagnostics);
      }
    }
    if (problems.length > 0) throw new DiagnosticError(problems);
    const { gpus, nodes } = counts;
    const resources = {
      ...(gpus !== undefined && { gpus }),
      ...(nodes !== undefined && { nodes }),
    };
    this.#report(resources);
    return resources;
  }

  /** Where the framework cannot use what a run gets, the amount that asks for too much is the place. */
  #report(resources: RunResources): void {
    try {
      this.#check(resources);
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      const asks = (resources.nodes ?? 1) > 1 ? 'nodes' : 'gpus';
      const { location } = this.#amounts.get(asks) ?? {};
      throw new DiagnosticError(
        cause.diagnostics.map((problem) => ({ ...(location && { location }), ...problem })),
      );
    }
  }
}

function tooLittle(
  resource: Resource,
  run: string,
  value: YamlValue,
  location: Amount['location'],
) {
  const message = `'resources.${resource}' of ${run} is ${formatValue(value)}, which is not above 0`;
  return error('ExperimentSchema', message, {
    location,
    hint: 'Write a size such as 32G, or an expression that gives a number above 0.',
  });
}
