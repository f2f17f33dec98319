import type { Diagnostic } from '../diagnostics';
import { DiagnosticError } from '../diagnostics';
import type { YamlMap } from '../yaml/value';
import { str } from '../yaml/value';
import { valueAt } from '../yaml/value-path';
import type { SweepBase } from './base';
import type { Computed } from './computed';
import { ComputedSettings } from './computed';
import { Fingerprinter } from './fingerprint';
import type { Experiment, Row } from './model';
import { runFolder, slugOf } from './output-dir';
import type { Assignment } from './overlay';
import { Draft, remove } from './overlay';
import { runId } from './rows';
import type { TemplatedControl } from './run-texts';
import { RunTexts, isTemplated, textNames } from './run-texts';
import { ScopeMaker } from './scope';
import type { Targets } from './targets';

/** One run of a sweep, ready to be written. */
export interface Run {
  readonly id: string;
  readonly row: Row;
  /** What `output.run_name` gives; undefined when none is written. */
  readonly label: string | undefined;
  /** The merged config, with the run's own output folder. */
  readonly config: YamlMap;
  readonly fingerprint: string;
  readonly outputDir: string | undefined;
}

/** What a row sets beyond its own settings, and what its placeholders give. */
interface RowWork {
  readonly computed: readonly Computed[];
  readonly label: string | undefined;
  readonly templated: readonly Assignment[];
}

const NO_WORK: RowWork = { computed: [], label: undefined, templated: [] };

/**
 * Makes runs from rows: base ← controls ← row ← when ← derived ← delete ← output folder. What no run
 * changes is merged once and shared by all.
 */
export class RunMaker {
  readonly problems: readonly Diagnostic[];
  /** The merged config as far as all runs share it, without what is deleted from all. */
  readonly shared: YamlMap;
  /** The same before anything is deleted: what rows set below a deleted key goes with it, once. */
  readonly #controlled: YamlMap;
  readonly #experiment: Experiment;
  readonly #base: SweepBase;
  readonly #targets: Targets;
  readonly #total: number;
  readonly #scopes: ScopeMaker;
  readonly #settings: ComputedSettings;
  readonly #texts: RunTexts;
  readonly #fingerprints: Fingerprinter;
  /** The assignment of each setting; rows share their settings. */
  readonly #assignments = new Map<object, Assignment | undefined>();

  constructor(experiment: Experiment, base: SweepBase, targets: Targets, total: number) {
    this.#experiment = experiment;
    this.#base = base;
    this.#targets = targets;
    this.#total = total;
    const names = textNames(experiment);
    const draft = new Draft(base.value);
    const templated: TemplatedControl[] = [];
    for (const { key, value } of experiment.controls) {
      const assignment = targets.assignment(key.name, value);
      if (!assignment) continue;
      if (isTemplated(assignment.value, names)) templated.push({ key, assignment });
      else draft.assign(assignment);
    }
    this.#controlled = draft.config;
    this.shared = targets.deleted.reduce(remove, draft.config);
    this.#scopes = new ScopeMaker(experiment, base, targets, draft.config);
    this.#settings = new ComputedSettings(experiment, this.#scopes.known);
    this.#texts = new RunTexts(experiment, templated, this.#scopes.known);
    const runner = base.recipe ?? base.command('')?.join(' ') ?? base.framework;
    this.#fingerprints = new Fingerprinter(runner, this.shared);
    this.problems = [
      ...this.#scopes.unknownConditions(experiment),
      ...this.#settings.problems,
      ...this.#texts.problems,
    ];
  }

  /** Whether rows can fail: where nothing is computed or filled in, none can. */
  get canFail(): boolean {
    return !this.#settings.isEmpty || !this.#texts.isEmpty;
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
    const { computed, label, templated } = this.#work(row);
    const draft = new Draft(this.#controlled);
    const add = (assignment: Assignment | undefined): void => {
      if (assignment) draft.assign(assignment);
    };
    for (const assignment of templated) add(assignment);
    for (const setting of row.variables) add(this.#assignmentOf(setting));
    const { repeats } = this.#experiment;
    if (row.repeat && repeats) {
      add(this.#targets.assignment(repeats.seedKey.name, row.repeat.seed));
    }
    for (const { name, value } of computed) add(this.#targets.assignment(name, value));
    draft.config = this.#targets.deleted.reduce(remove, draft.config);
    const fingerprint = this.#fingerprints.of({
      config: draft.config,
      outside: row.outside.map(({ key, value }) => ({ name: key.name, value })),
      repeat: row.repeat?.number,
    });
    const outputDir = this.#outputDir(draft, row, label, fingerprint);
    return { id: this.#idOf(row), row, label, config: draft.config, fingerprint, outputDir };
  }

  #idOf({ index }: Row): string {
    return runId(index, this.#total);
  }

  #work(row: Row): RowWork {
    if (!this.canFail) return NO_WORK;
    const scope = this.#scopes.of(row);
    const computed = this.#settings.of(scope);
    if (this.#texts.isEmpty) return { computed, label: undefined, templated: [] };
    const { label, assignments } = this.#texts.fill(scope, this.#idOf(row));
    return { computed, label, templated: assignments };
  }

  #assignmentOf(setting: Row['variables'][number]): Assignment | undefined {
    const known = this.#assignments.get(setting);
    if (known || this.#assignments.has(setting)) return known;
    const assignment = this.#targets.assignment(setting.key.name, setting.value);
    this.#assignments.set(setting, assignment);
    return assignment;
  }

  /** Where the run writes; its own folder is put into the config. */
  #outputDir(
    draft: Draft,
    row: Row,
    label: string | undefined,
    fingerprint: string,
  ): string | undefined {
    const path = this.#base.outputDir;
    const shared = path && valueAt(draft.config, path);
    if (!path || shared?.kind !== 'str') return undefined;
    if (!this.#experiment.output.perRunOutputDir) return shared.value;
    const outputDir = runFolder(shared.value, slugOf(row, label), fingerprint);
    draft.assign({ path, value: str(outputDir) });
    return outputDir;
  }
}
