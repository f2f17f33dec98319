import { toPlain } from '../../yaml/value/plain';
import { throwDiagnostic } from '../../diagnostics';
import { json } from '../../basics/json';
import { changeArguments } from './arguments';
import type { ScriptedBase } from '../bases/hyperpod-base';
import { isScripted } from '../bases/hyperpod-base';
import type { Sweep } from '../plan/plan';
import type { Run } from '../plan/shapes/run';
import { shellCommand } from '../../bash/words';
import { variablesOf } from '../plan/row-values';
import { ConfigEditor } from './config-editor';
import { runRenderer } from './render-run';

/** Where the files of a sweep go. */
export interface Sink {
  write(name: string, text: string, executable?: boolean): void;
  /** A file that is written in parts, so that a large sweep is never held in memory. */
  stream(name: string): { write(text: string): void };
}

/** Which file a run is in, from the experiment's folder, and how it is started. */
export interface WrittenRun {
  readonly file: string;
  readonly command: readonly string[] | undefined;
}

/** Writes one run in the form of the sweep. */
export interface RunWriter {
  /** @throws DiagnosticError for what the form of the sweep cannot say */
  write(run: Run): WrittenRun;
}

export function runWriter(plan: Sweep, sink: Sink): RunWriter {
  const isConfigs = plan.experiment.output.form === 'configs';
  return isConfigs ? fileWriter(plan, sink) : argumentWriter(plan, sink);
}

/** A file per run. */
function fileWriter({ base }: Sweep, sink: Sink): RunWriter {
  const renderer = runRenderer(base);
  return {
    write(run) {
      const { name, text, executable } = renderer.render(run);
      sink.write(name, text, executable);
      const file = `configs/${name}`;
      return { file, command: base.command(file, run.resources) };
    },
  };
}

/** One base file, and per run a line of arguments. */
function argumentWriter(plan: Sweep, sink: Sink): RunWriter {
  const { base, shared, experiment } = plan;
  const scripted = isScripted(base) ? scriptForAll(base) : undefined;
  const name = scripted ? 'base.sh' : 'base.yaml';
  const file = `configs/${name}`;
  const from = scripted ? base.value : shared;
  sink.write(name, scripted?.text ?? new ConfigEditor(base).config(shared), scripted !== undefined);
  const records = sink.stream('runs.jsonl');
  const lines = sink.stream('runs.args');
  return {
    write({ id, row, config, resources }) {
      scripted?.check(id, config);
      const args = changeArguments(from, config, base.framework);
      const variables = toPlain(variablesOf(row, experiment));
      records.write(`${json({ id, variables, args })}\n`);
      lines.write(`${shellCommand(args)}\n`);
      const command = base.command(file, resources);
      return { file, command: command && [...command, ...args] };
    },
  };
}

/** The script that all runs share, which hands its own arguments on. */
function scriptForAll(base: ScriptedBase) {
  const text = base.openScript(base.value);
  return {
    text,
    /** @throws DiagnosticError when the run needs another script */
    check(id: string, config: Run['config']): void {
      if (base.openScript(config) === text) return;
      const message = `${id} sets what the recipe's template has in its own text, so its script differs`;
      const hint = "Write 'output: {form: configs}' to give each run its own script.";
      throwDiagnostic('UnwritableOverride', message, { hint });
    },
  };
}
