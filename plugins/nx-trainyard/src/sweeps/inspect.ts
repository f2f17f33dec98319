import type { Diagnostic, Place } from '../diagnostics';
import { warning } from '../diagnostics';
import type { Finding } from '../torchtune';
import { valueAt } from '../yaml/value-path';
import type { SweepBase } from './base';
import type { Experiment } from './model';
import type { Run } from './run';
import type { Targets } from './targets';

/** Looks at every run of a sweep for what is probably not meant; says each thing once. */
export class SweepInspector {
  readonly #experiment: Experiment;
  readonly #base: SweepBase;
  readonly #varied: ReadonlySet<string>;
  /** Where the experiment writes the value at a path, by dotted path. */
  readonly #places = new Map<string, Place>();
  readonly #findings = new Map<string, { readonly finding: Finding; runs: number; first: string }>();
  readonly #fingerprints = new Map<string, string>();
  readonly #folders = new Map<string, string>();
  readonly #warnings: Diagnostic[] = [];
  #shared = false;
  #twins = 0;

  constructor(experiment: Experiment, base: SweepBase, targets: Targets) {
    this.#experiment = experiment;
    this.#base = base;
    const { variables, zip, extraRows, derived, when, controls, repeats } = experiment;
    const varying = [
      ...[...variables, ...zip.flat(), ...derived].map(({ key }) => key),
      ...extraRows.flatMap((row) => row.map(({ key }) => key)),
      ...when.flatMap(({ set }) => set.map(({ key }) => key)),
      ...(repeats ? [repeats.seedKey] : []),
    ];
    const paths = varying.flatMap(({ name }) => targets.of.get(name)?.path.join('.') ?? []);
    this.#varied = new Set(paths);
    for (const { name, place } of [...controls.map(({ key }) => key), ...varying]) {
      const path = targets.of.get(name)?.path.join('.');
      if (path !== undefined && !this.#places.has(path)) this.#places.set(path, place);
    }
  }

  see(run: Run): void {
    if (this.#experiment.validationMode !== 'off') {
      for (const finding of this.#base.lint(run.config, { varied: this.#varied })) {
        const key = `${finding.id} ${finding.path.join('.')}`;
        const known = this.#findings.get(key);
        if (known) known.runs += 1;
        else this.#findings.set(key, { finding, runs: 1, first: run.id });
      }
    }
    this.#seeTwins(run);
    this.#seeFolder(run);
  }

  #seeTwins({ id, fingerprint }: Run): void {
    const twin = this.#fingerprints.get(fingerprint);
    if (twin === undefined) this.#fingerprints.set(fingerprint, id);
    else if (this.#twins++ === 0) {
      const message = `${id} and ${twin} are the same run: nothing in their configs differs`;
      const hint = 'Remove one of the rows, or put what tells them apart under outside.';
      this.#warnings.push(warning('same-fingerprint', message, { hint }));
    }
  }

  #seeFolder({ id, outputDir }: Run): void {
    if (outputDir === undefined || this.#experiment.output.perRunOutputDir) return;
    const other = this.#folders.get(outputDir);
    if (other === undefined) this.#folders.set(outputDir, id);
    else if (!this.#shared) {
      this.#shared = true;
      const message = `${other} and ${id} write to the same folder, ${outputDir}`;
      const hint = "Write 'output: {per_run_output_dir: true}', or use {run_id} in the folder.";
      this.#warnings.push(warning('shared-output-dir', message, { hint }));
    }
  }

  /** What is to be warned of, after all runs have been seen. */
  warnings(): Diagnostic[] {
    const found = [...this.#findings.values()].map(({ finding, runs, first }) => {
      const { id, message, path, hint } = finding;
      const place = this.#placeOf(path);
      const where = runs > 1 ? `${message} (${runs} runs)` : `${message} (${first})`;
      return warning(id, where, { ...(place && { place }), ...(hint && { hint }) });
    });
    return [...found, ...this.#warnings];
  }

  /** Where the experiment sets a path, or what lies around it, else where the base says it. */
  #placeOf(path: readonly string[]): Place | undefined {
    for (let length = path.length; length > 0; length--) {
      const place = this.#places.get(path.slice(0, length).join('.'));
      if (place) return place;
    }
    return valueAt(this.#base.value, path)?.place;
  }
}
