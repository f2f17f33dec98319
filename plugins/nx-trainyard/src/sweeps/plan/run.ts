import { pathOfKey } from '../../yaml/value/key-path';
import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import { meet, valueAt } from '../../yaml/value/value-path';
import { oncePer } from '../../basics/once-per';
import type { YamlMap, YamlString, YamlValue } from '../../yaml/value/value';
import { identical } from '../../yaml/value/identical';
import { str } from '../../yaml/value/value';
import type { JobName, SweepBase } from '../bases/base';
import { isScripted } from '../bases/hyperpod-base';
import type { Computed, Holding } from './computed';
import { ComputedSettings } from './computed';
import { Fingerprinter } from './fingerprint';
import type { Setting } from './rows/grid';
import type { Experiment, Row, RunResources } from '../experiment/experiment';
import { ResourceMaker } from './resources/run-resources';
import type { OutputDir } from './output-dir';
import { jobName, outputDirOf, runFolder, slugOf } from './output-dir';
import type { Assignment } from './overlay';
import { Draft, removeAll } from './overlay';
import { runId } from './rows/rows';
import type { Placed, RunShape } from './shapes/run-shape';
import { RunShapes, filled } from './shapes/run-shape';
import type { TemplatedControl } from './texts/run-texts';
import { PlaceholderWords, textsIn } from './texts/placeholder-words';
import type { Read } from './texts/run-texts';
import { RunTexts, isTemplated } from './texts/run-texts';
import type { Scope } from './scope';
import { ScopeMaker } from './scope';
import type { Targets } from './keys/targets';

/** One run of a sweep, ready to be written. */
export class Run {
  readonly id: string;
  readonly row: Row;
  /** What `output.run_name` gives; undefined when none is written. */
  readonly label: string | undefined;
  readonly fingerprint: string;
  readonly outputDir: string | undefined;
  /** The name of its own that it gets; undefined where it gets none. */
  readonly name: string | undefined;
  /** They are no part of what the run is. */
  readonly resources: RunResources;
  readonly shape: RunShape;
  /** What stands in the slots of its shape. */
  readonly values: readonly YamlValue[];
  #config: YamlMap | undefined;

  constructor(run: Omit<Run, 'config'>) {
    this.id = run.id;
    this.row = run.row;
    this.label = run.label;
    this.fingerprint = run.fingerprint;
    this.outputDir = run.outputDir;
    this.name = run.name;
    this.resources = run.resources;
    this.shape = run.shape;
    this.values = run.values;
  }

  /** The merged config, with the run's own output folder. It is put together when asked for. */
  get config(): YamlMap {
    this.#config ??= filled(this.shape, this.shape.config, this.values) as YamlMap;
    return this.#config;
  }
}

/** What a row sets beyond its own settings, and what its placeholders give. */
interface RowWork {
  readonly computed: readonly Computed[];
  readonly label: string | undefined;
  readonly templated: readonly Assignment[];
  readonly resources: RunResources;
}

/**
 * Makes runs from rows: base ← controls ← row ← when ← derived ← delete ← output folder. What no run
 * changes is merged once and shared by all.
 */
export class RunMaker {
  readonly problems: readonly Diagnostic[];
  /** The merged config as far as all runs share it, without what is deleted from all. */
  readonly shared: YamlMap;
  /** Where runs write; undefined where nothing says it. */
  readonly outputDir: OutputDir | undefined;
  readonly #experiment: Experiment;
  readonly #jobName: JobName | undefined;
  readonly #targets: Targets;
  readonly #total: number;
  readonly #fingerprints: Fingerprinter;
  readonly #scopes: ScopeMaker;
  readonly #settings: ComputedSettings;
  readonly #texts: RunTexts;
  readonly #resources: ResourceMaker;
  readonly #shapes: RunShapes;
  /** What each setting sets. Rows share their settings. */
  readonly #placed = oncePer((setting: Setting) => this.#place(setting.key.name, setting.value));

  constructor(experiment: Experiment, base: SweepBase, targets: Targets, total: number) {
    this.#experiment = experiment;
    this.#targets = targets;
    this.#total = total;
    this.#fingerprints = new Fingerprinter(base.runner);
    const words = new PlaceholderWords(experiment, base);
    const draft = new Draft(base.value);
    const templated: TemplatedControl[] = [];
    for (const { key, value } of experiment.controls) {
      const assignment = targets.assignment(key.name, value);
      if (!assignment) continue;
      if (isTemplated(assignment.value, words)) templated.push({ key, assignment });
      else draft.assign(assignment);
    }
    const { deleted } = targets;
    this.shared = removeAll(draft.config, deleted);
    this.outputDir = outputDirOf(base.outputDirs, this.shared, templated);
    const { perRunOutputDir, perRunName } = experiment.output;
    this.#jobName = perRunName && canBeNamed(experiment, base) ? base.jobName : undefined;
    this.#shapes = new RunShapes({
      base: base.value,
      start: draft.config,
      deleted,
      outputDir: this.outputDir?.path,
      perRunOutputDir,
      jobName: this.#jobName?.path,
    });
    this.#scopes = new ScopeMaker(experiment, base, targets, draft.config);
    this.#settings = new ComputedSettings(experiment, this.#scopes.known, (name) => {
      return targets.of.get(name)?.path ?? pathOfKey(name);
    });
    this.#texts = new RunTexts(experiment, templated, this.#scopes.known, words);
    const named = this.#jobName?.path;
    const isSet = [...targets.of.values()].some(({ path }) => named && meet(path, named));
    const own = [perRunOutputDir && this.outputDir?.path, !isSet && named].flatMap((path) => {
      return path ? [path] : [];
    });
    this.#resources = new ResourceMaker(experiment, this.#scopes.known, (resources) =>
      base.command('', resources),
    );
    this.problems = [
      ...this.#scopes.unknownConditions(experiment),
      ...this.#settings.problems,
      ...this.#texts.problems,
      ...experiment.controls.flatMap(({ key, value }) => {
        const path = targets.of.get(key.name)?.path;
        // What needs itself is told as that.
        const others = own.filter((other) => !path || !meet(path, other));
        return textsIn(value).flatMap((text) => words.problems(text, others, deleted));
      }),
      ...this.#resources.problems,
    ];
  }

  /** Whether all runs have a value, whatever a row sets. */
  isUsual({ key, value }: Setting): boolean {
    const assignment = this.#targets.assignment(key.name, value);
    const usual = assignment && valueAt(this.shared, assignment.path);
    return usual !== undefined && identical(usual, assignment?.value ?? value);
  }

  /** Whether rows can fail: where nothing is computed or filled in, none can. */
  get canFail(): boolean {
    return !this.#settings.isEmpty || !this.#texts.isEmpty || !this.#resources.fixed;
  }

  /** What a row has under each name, and which conditions hold for it. */
  conditionsOf(row: Row): { readonly scope: Scope; readonly holding: readonly Holding[] } {
    const scope = this.#scopes.of(row);
    return { scope, holding: this.#settings.holding(scope) };
  }

  /** What makes a run of this row impossible. */
  check(row: Row): readonly Diagnostic[] {
    try {
      this.#work(row);
      return [];
    } catch (cause) {
      if (cause instanceof DiagnosticError) return cause.diagnostics;
      throw cause;
    }
  }

  /** @throws DiagnosticError when an expression or a placeholder has no value for this row */
  make(row: Row): Run {
    const work = this.#work(row);
    const placed = this.#placedOf(row, work);
    const shape = this.#shapes.of(placed);
    const fingerprint = this.#fingerprints.of(shape.identity.fill(placed), row);
    const values = placed.map(({ value }) => value);
    const outputDir = this.#outputDir(shape, values, slugOf(row, work.label), fingerprint);
    if (outputDir !== undefined && this.#experiment.output.perRunOutputDir) {
      values.push(str(outputDir));
    }
    const name =
      this.#jobName && shape.isNamed ? jobName(this.#jobName.stem, fingerprint) : undefined;
    if (name !== undefined) values.push(str(name));
    return new Run({
      id: this.#idOf(row),
      row,
      label: work.label,
      fingerprint,
      outputDir,
      name,
      resources: work.resources,
      shape,
      values,
    });
  }

  #idOf({ index }: Row): string {
    return runId(index, this.#total);
  }

  get #noWork(): RowWork {
    const resources = this.#resources.fixed ?? {};
    return { computed: [], label: undefined, templated: [], resources };
  }

  #work(row: Row): RowWork {
    if (!this.canFail) return this.#noWork;
    const id = this.#idOf(row);
    const scope = this.#scopes.of(row);
    const computed = this.#settings.of(scope);
    const resources = this.#resources.of(scope.values, id);
    if (this.#texts.isEmpty) return { computed, label: undefined, templated: [], resources };
    const { label, assignments } = this.#texts.fill(scope, id, (templated) => {
      return this.#reader(this.#placedOf(row, { computed, templated }));
    });
    return { computed, label, templated: assignments, resources };
  }

  /** Reads what values make together. */
  #reader(placed: readonly Placed[]): Read {
    const shape = this.#shapes.of(placed);
    const values = placed.map(({ value }) => value);
    return (path) => {
      const value = valueAt(shape.config, path);
      return value && filled(shape, value, values);
    };
  }

  /** What a run sets, in the order in which it is merged. */
  #placedOf(row: Row, { computed, templated }: Pick<RowWork, 'computed' | 'templated'>): Placed[] {
    const placed: Placed[] = templated.map((assignment) => this.#shapes.place(assignment));
    const add = (value: Placed | undefined): void => {
      if (value) placed.push(value);
    };
    for (const setting of row.variables) add(this.#placed(setting));
    const { repeats } = this.#experiment;
    if (row.repeat && repeats) add(this.#place(repeats.seedKey.name, row.repeat.seed));
    for (const { name, value } of computed) add(this.#place(name, value));
    return placed;
  }

  #place(name: string, value: YamlValue): Placed | undefined {
    const assignment = this.#targets.assignment(name, value);
    return assignment && this.#shapes.place(assignment);
  }

  /** Where the run writes. */
  #outputDir(
    { outputDir: folder }: RunShape,
    values: readonly YamlValue[],
    slug: string,
    fingerprint: string,
  ): string | undefined {
    if (folder === undefined) return undefined;
    const shared = typeof folder === 'string' ? folder : (values[folder.index] as YamlString).value;
    const { perRunOutputDir } = this.#experiment.output;
    return perRunOutputDir ? runFolder(shared, slug, fingerprint) : shared;
  }
}

/**
 * Whether runs may get names of their own. Where the launcher script has the name in its own text,
 * runs that share one script (`form: overrides`) share that name.
 */
function canBeNamed({ output }: Experiment, base: SweepBase): boolean {
  if (!base.jobName || output.form === 'configs' || !isScripted(base)) return true;
  const draft = new Draft(base.value);
  draft.assign({ path: base.jobName.path, value: str(`${base.jobName.stem}-`) });
  return base.openScript(draft.config) === base.openScript(base.value);
}
