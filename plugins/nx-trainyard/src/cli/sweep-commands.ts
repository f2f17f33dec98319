import { statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { diagnosticAsJson } from '../diagnostics/as-json';
import { describePlan, describeResult, planAsJson } from '../sweeps/describe';
import { describeReplaced } from '../files/git/keep';
import type { SweepRequest } from '../sweeps/sweep';
import { generateSweep, planSweep } from '../sweeps/sweep';
import type { Options } from './options';
import type { Terminal } from './terminal';
import { toJson, warn } from './terminal';
import { openWorkspace, searchPackagesFrom } from './workspace';

function sweepRequest(path: string, options: Options): SweepRequest {
  const file = experimentFile(resolve(path));
  const { root, plugin } = openWorkspace(dirname(file), options.root);
  return {
    file,
    root,
    strict: options.strict,
    torchtune: options.torchtune ?? plugin.torchtune,
    launcherConfig: options['launcher-config'] ?? plugin.launcherConfig,
    searchPackages: searchPackagesFrom(options['search-package'], plugin),
    defaultCluster: plugin.defaultCluster,
  };
}

/** A folder stands for the experiment in it. */
function experimentFile(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? join(path, 'experiment.yaml') : path;
}

/** Writes the configs of an experiment. @throws DiagnosticError */
export function generate(file: string, options: Options, terminal: Terminal): void {
  const result = generateSweep(sweepRequest(file, options));
  const folder = relative(process.cwd(), result.folder) || '.';
  if (!options.json) {
    warn(terminal, result.warnings);
    const replaced = describeReplaced(dirname(result.folder), result.kept);
    if (replaced !== undefined) terminal.err(`${replaced}\n`);
    terminal.out(`${describeResult(result, folder)}\n`);
    return;
  }
  const { total, changed, kept, warnings, plan: planned } = result;
  terminal.out(
    toJson({
      ok: true,
      folder,
      total,
      changed,
      kept,
      base: planned.base.origin,
      recipe: planned.base.recipe,
      warnings: warnings.map(diagnosticAsJson),
    }),
  );
}

/** Prints the plan of an experiment. @throws DiagnosticError */
export function plan(file: string, options: Options, terminal: Terminal): void {
  const planned = planSweep(sweepRequest(file, options));
  if (options.json) {
    terminal.out(toJson(planAsJson(planned)));
    return;
  }
  warn(terminal, planned.warnings);
  terminal.out(`${describePlan(planned)}\n`);
}
