import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { refuse } from '../../diagnostics';
import { toPlain } from '../../hydra/plain';
import { json } from '../../json';
import { changeArguments } from './arguments';
import type { ScriptedBase } from '../bases/hyperpod-base';
import { isScripted } from '../bases/hyperpod-base';
import { MappingWriter, variablesOf } from './mapping';
import { ManifestWriter } from './manifest';
import type { PlanOptions, SweepPlan } from '../plan';
import { inspectSweep, inspection, refuseTooMany } from '../plan';
import { ConfigEditor, runRenderer } from './render-run';
import type { Run } from '../runs/run';
import { shellCommand } from '../shell-words';
import { SweepFolder } from './sweep-files';

/** What generating a sweep did. */
export interface SweepResult {
  /** `configs/`, absolute. */
  readonly folder: string;
  readonly total: number;
  /** Files written or removed; 0 when everything was right already. */
  readonly changed: number;
  readonly warnings: readonly Diagnostic[];
}

/** Writes one run in the form of the sweep; says which file it is in and how it is started. */
interface RunWriter {
  write(run: Run): { readonly file: string; readonly command: readonly string[] | undefined };
}

/**
 * Writes a planned sweep to `configs/` beside its experiment. Files that are right already are not
 * touched, and runs of an earlier, larger sweep are removed.
 *
 * @param experimentFolder absolute
 * @param tool name and version of this program, for the manifest
 * @throws DiagnosticError for too many runs, a foreign file, what a run's form cannot say, or for
 *   warnings that are errors; nothing is removed then
 */
export function writeSweep(
  plan: SweepPlan,
  experimentFolder: string,
  tool: string,
  options: PlanOptions = {},
): SweepResult {
  refuseTooMany(plan);
  const warningsAreErrors = options.strict || plan.experiment.validationMode === 'error';
  if (warningsAreErrors) inspectSweep(plan, options, plan.total);
  const folder = new SweepFolder(join(experimentFolder, 'configs'));
  try {
    const isConfigs = plan.experiment.output.form === 'configs';
    const writer = isConfigs ? fileWriter(plan, folder) : argumentWriter(plan, folder);
    const mapping = folder.stream('run_mapping.yaml');
    const mappings = new MappingWriter(plan.experiment);
    const manifest = folder.stream('manifest.json');
    const manifests = new ManifestWriter(plan, tool);
    const { see, warnings } = inspection(plan, options, plan.total);
    manifest.write(manifests.head());
    for (const run of plan.runs()) {
      see(run);
      const { file, command } = writer.write(run);
      mapping.write(mappings.entry(run));
      manifest.write(manifests.entry(run, file, command));
    }
    const told = [...plan.warnings, ...warnings()];
    manifest.write(manifests.tail(told));
    folder.close();
    const { path, changed } = folder;
    return { folder: path, total: plan.total, changed, warnings: told };
  } catch (cause) {
    folder.abandon();
    throw cause;
  }
}

/** A file per run. */
function fileWriter({ base }: SweepPlan, folder: SweepFolder): RunWriter {
  const renderer = runRenderer(base);
  return {
    write(run) {
      const { name, text, executable } = renderer.render(run);
      folder.write(name, text, executable);
      const file = `configs/${name}`;
      return { file, command: base.command(file) };
    },
  };
}

/** One base file, and per run a line of arguments. */
function argumentWriter(plan: SweepPlan, folder: SweepFolder): RunWriter {
  const { base, shared, experiment } = plan;
  const scripted = isScripted(base) ? scriptForAll(base) : undefined;
  const name = scripted ? 'base.sh' : 'base.yaml';
  const file = `configs/${name}`;
  const command = base.command(file);
  const from = scripted ? base.value : shared;
  folder.write(
    name,
    scripted?.text ?? new ConfigEditor(base).config(shared),
    scripted !== undefined,
  );
  const records = folder.stream('runs.jsonl');
  const lines = folder.stream('runs.args');
  return {
    write({ id, row, config }) {
      scripted?.check(id, config);
      const args = changeArguments(from, config, base.framework);
      const variables = toPlain(variablesOf(row, experiment));
      records.write(`${json({ id, variables, args })}\n`);
      lines.write(`${shellCommand(args)}\n`);
      return { file, command: command && [...command, ...args] };
    },
  };
}

/** The script that all runs share, which hands its own arguments on. */
function scriptForAll(base: ScriptedBase) {
  const script = (config: Run['config']): string => {
    const text = base.script('', config);
    return text.includes('"$@"') ? text : base.script('"$@"', config);
  };
  const text = script(base.value);
  return {
    text,
    /** @throws DiagnosticError when the run needs another script */
    check(id: string, config: Run['config']): void {
      if (script(config) === text) return;
      const message = `${id} sets what the recipe's template has in its own text, so its script differs`;
      const hint = "Write 'output: {form: configs}', which gives every run its own script.";
      refuse('UnwritableOverride', message, { hint });
    },
  };
}
