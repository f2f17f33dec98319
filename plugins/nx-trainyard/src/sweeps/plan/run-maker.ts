import { pathOfKey } from '../../yaml/value/key-path';
import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import { meet, valueAt } from '../../yaml/value/value-path';
import { oncePer } from '../../basics/once-per';
import type { YamlMap, YamlValue } from '../../yaml/value/value';
import { identical } from '../../yaml/value/identical';
import { str } from '../../yaml/value/value';
import type { JobName, SweepBase } from '../bases/base';
import { isScripted } from '../bases/hyperpod-base';
import type { Computed, Holding } from './computed';
import { ComputedSettings } from './computed';
import { Fingerprinter } from './fingerprint';
import type { Setting } from '../experiment/axes';
import type { Experiment, Row, RunResources } from '../experiment/experiment';
import { ResourceMaker } from './resources/run-resources';
import type { OutputDir } from './output-dir';
import { jobName, outputDirOf, runFolder, slugOf } from './output-dir';
import type { Assignment } from './overlay';
import { Draft, removeAll } from './overlay';
import { runId } from './rows/rows';
import type { Prepared } from './shapes/merger';
import { RunMerger } from './shapes/merger';
import type { Run } from './shapes/run';
import type { TemplatedControl } from './texts/text-order';
import { PlaceholderWords, textsIn } from './texts/placeholder-words';
import { RunTexts, isTemplated } from './texts/run-texts';
import type { Scope } from './scope';
import { ScopeMaker } from './scope';
import type { Targets } from './keys/targets';

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
  readonly #merger: RunMerger;
  /** What each setting sets. Rows share their settings. */
  readonly #prepared = oncePer((setting: Setting) =>
    this.#prepare(setting.key.name, setting.value),
  );

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
    this.#merger = new RunMerger({
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
    const merged = this.#merger.merge(this.#valuesOf(row, work));
    const fingerprint = this.#fingerprints.of(merged.identity, row);
    const { perRunOutputDir } = this.#experiment.output;
    const shared = merged.outputDir;
    const outputDir =
      shared !== undefined && perRunOutputDir
        ? runFolder(shared, slugOf(row, work.label), fingerprint)
        : shared;
    const named = merged.isNamed ? this.#jobName : undefined;
    const name = named && jobName(named.stem, fingerprint);
    const { label, resources } = work;
    const facts = { id: this.#idOf(row), row, label, fingerprint, outputDir, name, resources };
    return merged.run(facts, [perRunOutputDir ? outputDir : undefined, name]);
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
      const merged = this.#merger.merge(this.#valuesOf(row, { computed, templated }));
      return (path) => merged.valueAt(path);
    });
    return { computed, label, templated: assignments, resources };
  }

  /** What a run sets, in the order in which it is merged. */
  #valuesOf(
    row: Row,
    { computed, templated }: Pick<RowWork, 'computed' | 'templated'>,
  ): Prepared[] {
    const values = templated.map((assignment) => this.#merger.prepare(assignment));
    const add = (value: Prepared | undefined): void => {
      if (value) values.push(value);
    };
    for (const setting of row.variables) add(this.#prepared(setting));
    const { repeats } = this.#experiment;
    if (row.repeat && repeats) add(this.#prepare(repeats.seedKey.name, row.repeat.seed));
    for (const { name, value } of computed) add(this.#prepare(name, value));
    return values;
  }

  #prepare(name: string, value: YamlValue): Prepared | undefined {
    const assignment = this.#targets.assignment(name, value);
    return assignment && this.#merger.prepare(assignment);
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
