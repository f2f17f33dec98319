import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics';
import { changeArguments } from './arguments';
import { isScripted } from './hyperpod-base';
import { variablesOf, mappingEntry } from './mapping';
import { manifestEntry, manifestHead, manifestTail } from './manifest';
import type { PlanOptions, SweepPlan } from './plan';
import { isSilenced, refuseIfStrict, refuseTooMany } from './plan';
import { ConfigEditor, runRenderer } from './render-run';
import type { Run } from './run';
import { shellCommand } from './shell-words';
import { SweepFolder } from './sweep-files';
import { toPlain } from '../hydra/plain';

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
  close(): void;
  abandon(): void;
}

/**
 * Writes a planned sweep to `configs/` beside its experiment. Files that are right already are not
 * touched, and runs of an earlier, larger sweep are removed.
 *
 * @param experimentFolder absolute
 * @param tool name and version of this program, for the manifest
 * @throws DiagnosticError for too many runs, a foreign file, a row without a value, or, with
 *   `strict`, for the warnings; nothing is removed then
 */
export function writeSweep(
  plan: SweepPlan,
  experimentFolder: string,
  tool: string,
  options: PlanOptions = {},
): SweepResult {
  refuseTooMany(plan);
  if (options.strict) refuseIfStrict(inspectRuns(plan), options);
  const folder = new SweepFolder(join(experimentFolder, 'configs'));
  const mapping = folder.stream('run_mapping.yaml');
  const manifest = folder.stream('manifest.json');
  const writer = plan.experiment.output.form === 'configs' ? fileWriter(plan, folder) : argumentWriter(plan, folder);
  const inspector = plan.inspector();
  try {
    manifest.write(manifestHead(plan, tool));
    let separator = '\n    ';
    for (const run of plan.runs()) {
      inspector.see(run);
      const { file, command } = writer.write(run);
      mapping.write(mappingEntry(run, plan.experiment));
      manifest.write(separator + manifestEntry(run, plan, file, command));
      separator = ',\n    ';
    }
    const seen = inspector.warnings().filter((warning) => !isSilenced(plan.experiment, warning));
    const warnings = [...plan.warnings, ...seen];
    manifest.write(manifestTail(warnings));
    for (const open of [mapping, manifest, writer]) open.close();
    folder.close();
    return { folder: folder.path, total: plan.total, changed: folder.changed, warnings };
  } catch (cause) {
    for (const open of [mapping, manifest, writer]) open.abandon();
    throw cause;
  }
}

/** Everything to be warned of that only the runs show. */
export function inspectRuns(plan: SweepPlan, limit = Infinity): Diagnostic[] {
  const inspector = plan.inspector();
  let left = limit;
  for (const run of plan.runs()) {
    if (left-- <= 0) break;
    inspector.see(run);
  }
  return inspector.warnings().filter((warning) => !isSilenced(plan.experiment, warning));
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
    close: () => undefined,
    abandon: () => undefined,
  };
}

/** One base file, and per run a line of arguments. */
function argumentWriter({ base, shared, experiment }: SweepPlan, folder: SweepFolder): RunWriter {
  const scripted = isScripted(base);
  const name = scripted ? 'base.sh' : 'base.yaml';
  const file = `configs/${name}`;
  const from = scripted ? base.value : shared;
  folder.write(name, scripted ? base.script([]) : new ConfigEditor(base).text(shared), scripted);
  const records = folder.stream('runs.jsonl');
  const lines = folder.stream('runs.args');
  return {
    write({ id, row, config }) {
      const args = changeArguments(from, config, base.framework);
      const variables = toPlain(variablesOf(row, experiment));
      records.write(`${JSON.stringify({ id, variables, args })}\n`);
      lines.write(`${shellCommand(args)}\n`);
      const command = base.command(file);
      return { file, command: command && [...command, ...args] };
    },
    close() {
      records.close();
      lines.close();
    },
    abandon() {
      records.abandon();
      lines.abandon();
    },
  };
}
