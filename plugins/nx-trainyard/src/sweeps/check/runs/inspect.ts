import { writePath } from '../../../yaml/value/key-path';
import type { Diagnostic, Location } from '../../../diagnostics';
import { warning } from '../../../diagnostics';
import { count } from '../../../basics/count';
import { oncePer } from '../../../basics/once-per';
import type { Finding } from '../../../trainers/torchtune';
import { valueAt } from '../../../yaml/value/value-path';
import type { SweepBase } from '../../bases/base';
import { runLinter } from './lint-runs';
import { usesOf } from '../../plan/keys/uses';
import type { Experiment, WrittenKey } from '../../experiment/experiment';
import { pythonEqualsExceptBools } from '../../../yaml/value/python-equality';
import { runId } from '../../plan/rows/rows';
import type { Run } from '../../plan/shapes/run';
import { firstSeen } from './first-seen';
import { SharedOutputs } from './shared-outputs';
import type { ResolvedSweep } from '../check-sweep';

/** Something found in runs: how many have it, and which is the first. */
interface FoundInRuns {
  readonly finding: Finding;
  first?: string;
  runs: number;
}

/** Looks at every run of a sweep for what is probably not meant; says each thing once. */
export class SweepInspector {
  readonly #experiment: Experiment;
  readonly #base: SweepBase;
  readonly #linter: ReturnType<typeof runLinter>;
  /** Where the experiment writes the value at a path, by dotted path. */
  readonly #locations = new Map<string, Location>();
  /** How the experiment calls a path, by dotted path. */
  readonly #names = new Map<string, Set<string>>();
  readonly #findings = new Map<string, FoundInRuns>();
  /** Runs share most of their findings. */
  readonly #known = oncePer((finding: Finding): FoundInRuns => {
    const key = `${finding.id} ${writePath(finding.path)}`;
    const known = this.#findings.get(key) ?? { finding, runs: 0 };
    this.#findings.set(key, known);
    return known;
  });
  readonly #fingerprints = new Map<string, number>();
  readonly #labels = new Map<string, number>();
  readonly #shared: SharedOutputs;
  readonly #outputDir: readonly string[] | undefined;
  readonly #varied: ReadonlySet<string>;
  readonly #idOf: (index: number) => string;
  readonly #lints: boolean;
  readonly #looked: number;
  /** Whether it sees the first runs only. */
  readonly #isPart: boolean;
  #sameRun: Pick<Diagnostic, 'message' | 'location' | 'keys'> | undefined;
  #twins = 0;
  #sameLabel: string | undefined;
  #labelTwins = 0;
  #withoutFolder: { readonly first: string; runs: number } | undefined;

  constructor(sweep: ResolvedSweep) {
    const { experiment, base, targets, looked, total, verdict } = sweep;
    this.#experiment = experiment;
    this.#base = base;
    this.#lints = !verdict.hidesWarnings;
    this.#idOf = (index) => runId(index, total);
    this.#looked = looked;
    this.#isPart = looked < total;
    this.#shared = new SharedOutputs(sweep);
    this.#outputDir = sweep.outputDir?.path;
    const pathOf = ({ name }: WrittenKey): string | undefined => {
      const target = targets.of.get(name);
      return target && writePath(target.path);
    };
    this.#varied = new Set(variedKeys(experiment).flatMap((key) => pathOf(key) ?? []));
    this.#linter = runLinter(base.rules, { varied: this.#varied });
    for (const { key } of usesOf(experiment)) {
      const path = pathOf(key);
      if (path === undefined) continue;
      if (!this.#locations.has(path)) this.#locations.set(path, key.location);
      this.#names.set(path, (this.#names.get(path) ?? new Set()).add(key.name));
    }
  }

  see(run: Run): void {
    if (this.#lints) this.#lint(run);
    if (this.#seeTwin(run)) return;
    this.#seeFolder(run);
    this.#seeLabel(run);
    this.#shared.see(run);
  }

  #lint(run: Run): void {
    for (const finding of this.#linter(run)) {
      const known = this.#known(finding);
      known.first ??= run.id;
      known.runs += 1;
    }
  }

  /** @returns whether it is the same as a run before it: there is nothing else to say of it */
  #seeTwin({ id, fingerprint, row }: Run): boolean {
    const counterpart = firstSeen(this.#fingerprints, fingerprint, row.index);
    if (counterpart === undefined) return false;
    this.#twins += 1;
    const message = `${id} and ${this.#idOf(counterpart)} are the same run: nothing in their configs differs`;
    const settings = [...row.variables, ...row.outside];
    const setting = row.variables.at(-1) ?? row.outside.at(-1);
    const location = setting && (setting.value.location ?? setting.key.location);
    const keys = settings.map(({ key }) => key.name);
    this.#sameRun ??= { message, keys, ...(location && { location }) };
    return true;
  }

  #seeFolder({ id, outputDir }: Run): void {
    const { perRunOutputDir } = this.#experiment.output;
    if (outputDir !== undefined || !perRunOutputDir || !this.#outputDir) return;
    this.#withoutFolder ??= { first: id, runs: 0 };
    this.#withoutFolder.runs += 1;
  }

  #seeLabel({ id, label, row }: Run): void {
    if (label === undefined) return;
    const other = firstSeen(this.#labels, label, row.index);
    if (other === undefined) return;
    this.#sameLabel ??= `${this.#idOf(other)} and ${id} are both labelled '${label}'`;
    this.#labelTwins += 1;
  }

  /** What is to be said, after all runs have been seen. */
  problems(): Diagnostic[] {
    const found = [...this.#findings.values()].map(({ finding, runs, first }) => {
      const { id, message, path, hint } = finding;
      const details = { ...this.#about(path), ...(hint && { hint }) };
      return warning(id, `${message} (${this.#where(runs, first)})`, details);
    });
    return [...found, ...this.#betweenRuns()];
  }

  /** What concerns several runs. */
  #betweenRuns(): Diagnostic[] {
    const problems: Diagnostic[] = [];
    if (this.#sameRun !== undefined) {
      const hint = "Remove one of the rows, or put what distinguishes them under 'outside'.";
      const { message, ...details } = this.#sameRun;
      const whole = message + this.#more(this.#twins);
      problems.push(warning('same-fingerprint', whole, { ...details, hint }));
    }
    if (this.#sameLabel !== undefined) {
      const location = this.#experiment.output.runName?.location;
      const hint = 'Add {run_id}, or a variable that distinguishes them, to output.run_name.';
      const details = {
        hint,
        keys: ['run_name', 'output.run_name'],
        ...(location && { location }),
      };
      problems.push(
        warning('duplicate-label', this.#sameLabel + this.#more(this.#labelTwins), details),
      );
    }
    problems.push(
      ...this.#shared.problems(
        this.#idOf,
        (path) => this.#about(path),
        (path) => this.#varied.has(path.join('.')),
      ),
    );
    if (this.#withoutFolder) {
      const { first, runs } = this.#withoutFolder;
      const path = this.#outputDir ?? [];
      const name = writePath(path);
      const message = `${name} is no folder: runs get none of their own (${this.#where(runs, first)})`;
      const details = { hint: `Set ${name} to a folder.`, ...this.#about(path) };
      problems.push(warning('no-output-dir', message, details));
    }
    return problems;
  }

  /** How many more pairs of runs are as the one that is named. */
  #more(pairs: number): string {
    if (pairs < 2) return '';
    const among = this.#isPart ? ` among the first ${this.#looked} runs` : '';
    return ` (and ${count(pairs - 1, 'more such pair')}${among})`;
  }

  /** Which runs have something: their number, or the only one of all. */
  #where(runs: number, first: string | undefined): string {
    if (this.#isPart) return `${runs} of the first ${this.#looked} runs`;
    return runs > 1 || first === undefined ? `${runs} runs` : first;
  }

  /** Where a path is to be mended, and what it is called. */
  #about(path: readonly string[]): Pick<Diagnostic, 'location' | 'keys'> {
    const location = this.#locationOf(path);
    const name = writePath(path);
    return { keys: [name, ...(this.#names.get(name) ?? [])], ...(location && { location }) };
  }

  /** Where the experiment sets a path, or what lies around it, else where the base says it. */
  #locationOf(path: readonly string[]): Location | undefined {
    for (let length = path.length; length > 0; length--) {
      const location = this.#locations.get(writePath(path.slice(0, length)));
      if (location) return location;
    }
    return valueAt(this.#base.value, path)?.location;
  }
}

/** The keys whose values differ between runs. */
function variedKeys({
  variables,
  zip,
  extraRows,
  derived,
  when,
  repeats,
}: Experiment): readonly WrittenKey[] {
  const several = [...variables, ...zip.flat()].filter(({ values: [first, ...others] }) =>
    others.some((value) => first && !pythonEqualsExceptBools(first, value)),
  );
  const set = [...several, ...derived, ...extraRows.flat(), ...when.flatMap((each) => each.set)];
  return [...set.map(({ key }) => key), ...(repeats ? [repeats.seedKey] : [])];
}
