import type { Diagnostic } from '../../../diagnostics';
import { warning } from '../../../diagnostics';
import { writePath } from '../../../yaml/value/key-path';
import { valueAt, walk } from '../../../yaml/value/value-path';
import { isScripted } from '../../bases/hyperpod-base';
import type { AlikeRuns, Run } from '../../plan/shapes/run';
import { oncePerShape } from '../../plan/shapes/run';
import type { ResolvedSweep } from '../check-sweep';
import type { SharedName } from './script-names';
import { ScriptNames, hasRunName, hintFor } from './script-names';
import type { ResolvedText } from '../resolved-text';
import { resolvedText } from '../resolved-text';
import { firstSeen } from './first-seen';

type Path = readonly string[];

/** How keys are named under which programs say where they write. */
const FOLDERS: readonly string[] = [
  ...['output_dir', 'save_dir', 'save_path', 'ckpt_dir', 'log_dir', 'logging_dir'],
  'default_local_dir',
];

/** A name under which a program files what it writes. Some runs may share it on purpose, all do not. */
const NAME = 'run_name';

/** What is only read: data, and the checkpointers of models that are not trained. */
const READ = /^(?:cache|data|datasets?|(?:ref|teacher|reward)\w*_checkpointer)$/;

/** What runs share at one path. */
interface SharedOutput {
  readonly path: Path;
  readonly text: string;
  readonly runs: readonly [number, number];
}

/** One path at which runs write, and what has been seen there. */
class WatchedOutput {
  readonly path: Path;
  shared: SharedOutput | undefined;
  readonly #seen = new Map<string, number>();
  /** For a name: all runs so far have this one. */
  #name: { readonly text: string; readonly run: number } | undefined;
  #isDone = false;

  constructor(path: Path) {
    this.path = path;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** @param run the index of the run that writes there */
  add(text: string, run: number): void {
    if (this.path.at(-1) === NAME) {
      this.#name ??= { text, run };
      this.#isDone = this.#name.text !== text;
      if (this.#isDone) this.shared = undefined;
      else if (this.#name.run !== run) {
        this.shared ??= { path: this.path, text, runs: [this.#name.run, run] };
      }
      return;
    }
    const other = firstSeen(this.#seen, text, run);
    if (other === undefined) return;
    this.shared = { path: this.path, text, runs: [other, run] };
    this.#isDone = true;
    this.#seen.clear();
  }
}

/** Finds the places that several runs write to. What runs have in common is looked at once. */
export class SharedOutputs {
  readonly #sweep: ResolvedSweep;
  readonly #locations = new Map<string, WatchedOutput>();
  readonly #outputsOf = oncePerShape((alike, run) => ({
    alike,
    locations: this.#outputsIn(alike, run),
  }));
  readonly #script: ScriptNames | undefined;

  constructor(sweep: ResolvedSweep) {
    this.#sweep = sweep;
    this.#script = isScripted(sweep.base) ? new ScriptNames(sweep.base) : undefined;
  }

  see(run: Run): void {
    this.#script?.see(run);
    const { alike, locations } = this.#outputsOf(run);
    for (const { location, same } of locations) {
      if (location.isDone) continue;
      const text = same ?? resolvedText(alike, run, location.path);
      if (text.text !== '' && !text.isOpen) location.add(text.text, run.row.index);
    }
  }

  /** The places that may be shared: none that is each run's own, or follows another one. */
  #outputsIn(
    alike: AlikeRuns,
    run: Run,
  ): readonly { readonly location: WatchedOutput; readonly same?: ResolvedText }[] {
    const paths = [...this.#pathsIn(alike)];
    const leading = paths.filter((path) => path.at(-1) !== NAME).map((path) => writePath(path));
    return paths.flatMap((path) => {
      const text = resolvedText(alike, run, path);
      const isFixed = text.varying.size === 0;
      const isOwn = [...text.varying].every((value) => value.isOwn);
      if (isFixed ? text.isOpen : isOwn && !this.#isJobName(path)) return [];
      if (leading.some((name) => text.from.has(name))) return [];
      const name = writePath(path);
      const location = this.#locations.get(name) ?? new WatchedOutput(path);
      this.#locations.set(name, location);
      return [{ location, ...(isFixed && { same: text }) }];
    });
  }

  *#pathsIn({ config }: AlikeRuns): Generator<Path> {
    const { outputDir, base } = this.#sweep;
    const said = [outputDir?.path, base.jobName?.path].flatMap((path) => (path ? [path] : []));
    const names = new Set(said.map((path) => writePath(path)));
    for (const path of said) if (valueAt(config, path)?.kind === 'str') yield path;
    for (const { path, value } of walk(config)) {
      const leaf = path.at(-1) ?? '';
      if (value.kind !== 'str' || !(FOLDERS.includes(leaf) || leaf === NAME)) continue;
      const above = path.slice(0, -1);
      if (names.has(writePath(path)) || above.some((segment) => READ.test(segment))) continue;
      const isOn = valueAt(config, [...above, 'enabled']);
      if (isOn?.kind === 'bool' && !isOn.value) continue;
      yield path;
    }
  }

  #isJobName(path: Path): boolean {
    const { jobName } = this.#sweep.base;
    return jobName !== undefined && writePath(path) === writePath(jobName.path);
  }

  /**
   * One warning for all places that runs share.
   *
   * @param ids the id of the run with an index
   * @param about where the value at a path is written, and what the path is called
   * @param isVaried whether the experiment gives runs their values at a path
   */
  problems(
    ids: (index: number) => string,
    about: (path: Path) => Pick<Diagnostic, 'location' | 'keys'>,
    isVaried: (path: Path) => boolean,
  ): Diagnostic[] {
    const shared = [...this.#locations.values()].flatMap((each) => each.shared ?? []);
    const isNamed = shared.some(({ path }) => this.#isJobName(path));
    const inScript = this.#script?.shared.filter((name) => !(isNamed && hasRunName(name))) ?? [];
    const all = [
      ...shared.map(({ path, text, runs }) => {
        const isMain = path === this.#sweep.outputDir?.path;
        const name = writePath(path);
        return { runs, text, name, what: isMain ? 'folder' : name, ...about(path) };
      }),
      ...inScript.map(({ written, text, first = 0, second = 0 }) => {
        const name = `${written.key} of the launcher template`;
        const { key, location } = written;
        return { runs: [first, second], text, name, what: name, keys: [key], location };
      }),
    ];
    const [first, ...others] = all;
    if (!first) return [];
    const [one, other] = first.runs.map(ids);
    const where =
      others.length > 0
        ? `the same places: ${all.map(({ name, text }) => `${name} (${text})`).join(', ')}`
        : `the same ${first.what}, ${first.text}`;
    const { location } = first;
    return [
      warning('shared-output-dir', `${one} and ${other} write to ${where}`, {
        hint: this.#hint(shared, inScript, isVaried),
        keysOfEach: all.map(({ name, keys = [] }) => [name, ...keys]),
        ...(location && { location }),
      }),
    ];
  }

  /** The text at a path as the experiment or its base has it, with its placeholders and interpolations. */
  #written(path: Path): string | undefined {
    const { experiment, targets, base } = this.#sweep;
    const name = writePath(path);
    const control = experiment.controls.find(({ key }) => {
      const target = targets.of.get(key.name);
      return target !== undefined && writePath(target.path) === name;
    });
    const value = control?.value ?? valueAt(base.value, path);
    return value?.kind === 'str' ? value.value : undefined;
  }

  #hint(
    shared: readonly SharedOutput[],
    inScript: readonly SharedName[],
    isVaried: (path: Path) => boolean,
  ): string {
    const { outputDir, base, experiment } = this.#sweep;
    const { perRunOutputDir, perRunName, form } = experiment.output;
    const hints: string[] = [];
    const controls: string[] = [];
    for (const { path, text } of shared) {
      const name = writePath(path);
      if (path === outputDir?.path) {
        hints.push(
          "Write 'output: {per_run_output_dir: true}', or use {run_id} in the folder under controls.",
        );
      } else if (this.#isJobName(path) && !perRunName) {
        hints.push("Write 'output: {per_run_name: true}'.");
      } else if (isVaried(path)) hints.push(`Give each run its own ${name}.`);
      else if (this.#isJobName(path) && form === 'overrides') {
        hints.push("Write 'output: {form: configs}' to give each run its own script.");
      } else {
        const isFolder = FOLDERS.includes(path.at(-1) ?? '');
        const follows = base.framework === 'torchtune' && outputDir !== undefined && isFolder;
        const below = (this.#written(path) ?? text).replace(/\/+$/, '');
        const own = isFolder ? `${below}/{run_id}` : `${below}-{run_id}`;
        const tail = below.slice(below.lastIndexOf('/') + 1);
        const value = follows ? `\${${outputDir.name}}/${tail}` : own;
        if (follows && !perRunOutputDir) {
          hints.push("Write 'output: {per_run_output_dir: true}'.");
        }
        controls.push(`${name}: "${value}"`);
      }
    }
    for (const name of inScript) {
      const { control, hint } = hintFor(name);
      if (control !== undefined) {
        controls.push(control);
        if (form === 'overrides') hints.push("Write 'output: {form: configs}'.");
      }
      if (hint !== undefined) hints.push(hint);
    }
    if (controls.length > 0)
      hints.push(`Write under controls: ${[...new Set(controls)].join(', ')}.`);
    return [...new Set(hints)].join(' ');
  }
}
