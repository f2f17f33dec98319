import { writePath } from '../yaml/value/key-path';
import Table from 'cli-table3';
import type { Diagnostic } from '../diagnostics';
import { count } from '../basics/count';
import { diagnosticAsJson } from '../diagnostics/as-json';
import { toPlain } from '../yaml/value/plain';
import type { SweepBase } from './bases/base';
import { outsideOf, variablesOf } from './plan/row-values';
import type { SweepPlan } from './check/check-runs';
import { INSPECTED } from './check/check-sweep';
import { isScripted } from './bases/hyperpod-base';
import type { Run } from './plan/shapes/run';
import { formatValue } from '../yaml/writer/format-value';
import type { SweepResult } from './write/write-sweep';

/** How many runs a plan shows at its start; the last one is always shown. */
const SHOWN = 20;

/** Where runs write, where that was not said but found. */
function describeOutputDir({ outputDir }: SweepPlan): string[] {
  if (!outputDir?.isTaken) return [];
  return [
    `output folder: ${outputDir.name} (the base has this key; to use another, set output_dir_key)`,
  ];
}

export function describeBase({ origin, recipe }: SweepBase): string {
  const version = origin.version === undefined ? '' : ` ${origin.version}`;
  const from: Record<typeof origin.kind, string> = {
    embedded: `torchtune${version}, embedded`,
    installed: `torchtune${version}, installed`,
    path: `torchtune${version}, from a folder`,
    file: 'a file of this experiment',
    recipe: 'a recipe in this workspace',
  };
  const runs = recipe === undefined || origin.kind === 'recipe' ? '' : `, run by ${recipe}`;
  return `${origin.name} (${from[origin.kind]}${runs})`;
}

/** `2 warnings, 1 note`. */
function countWarnings(warnings: readonly Diagnostic[]): string {
  const notes = warnings.filter(({ severity }) => severity === 'note').length;
  const counted = count(warnings.length - notes, 'warning');
  return notes === 0 ? counted : `${counted}, ${count(notes, 'note')}`;
}

/** What a person reads after generating. @param folder as it is to be shown */
export function describeResult(
  result: SweepResult & { readonly plan: SweepPlan },
  folder: string,
): string {
  const { plan, total, changed, warnings } = result;
  const { form } = plan.experiment.output;
  const what = form === 'overrides' ? 'run' : isScripted(plan.base) ? 'script' : 'config';
  return [
    `base config: ${describeBase(plan.base)}`,
    ...describeOutputDir(plan),
    `${count(total, what)} in ${folder}, ${changed === 0 ? 'all up to date' : `${count(changed, 'file')} changed`}`,
    `mapping: ${folder}/run_mapping.yaml`,
    countWarnings(warnings),
  ].join('\n');
}

/** The plan of a sweep as people read it. Its warnings are counted only. */
export function describePlan(plan: SweepPlan): string {
  const { experiment, base, total, targets, warnings } = plan;
  return [
    `${experiment.name}: ${count(total, 'run')}`,
    `base config: ${describeBase(base)}`,
    ...describeOutputDir(plan),
    '',
    ...keyTable(targets.of),
    runTable(plan),
    '',
    countWarnings(warnings),
  ].join('\n');
}

const STYLE = { style: { head: [], border: [] } };

function keyTable(targets: SweepPlan['targets']['of']): string[] {
  if (targets.size === 0) return [];
  const table = new Table({ head: ['key', 'goes to', 'found as'], ...STYLE });
  for (const [name, { path, how }] of targets) table.push([name, writePath(path), how]);
  return [table.toString()];
}

/** The runs to show: the first ones and the last one; undefined stands for those between. */
function* shownRuns({ total, runs }: SweepPlan): Generator<Run | undefined> {
  for (const run of runs()) {
    const { index } = run.row;
    if (index < SHOWN || index === total - 1) yield run;
    else if (index === SHOWN) yield undefined;
    // Making a million runs only to show the last would take minutes.
    if (index === SHOWN && total > INSPECTED) return;
  }
}

function runTable(plan: SweepPlan): string {
  const { experiment } = plan;
  const names = new Set<string>();
  const rows: (readonly [string, ReadonlyMap<string, string>, string])[] = [];
  for (const run of shownRuns(plan)) {
    if (!run) {
      rows.push(['…', new Map(), '']);
      continue;
    }
    const cells = new Map<string, string>();
    for (const map of [variablesOf(run.row, experiment), outsideOf(run.row)]) {
      for (const [key, value] of map.entries) cells.set(formatValue(key), formatValue(value));
    }
    for (const name of cells.keys()) names.add(name);
    rows.push([run.id, cells, run.label ?? '']);
  }
  const hasLabels = experiment.output.runName !== undefined;
  const table = new Table({ head: ['run', ...names, ...(hasLabels ? ['label'] : [])], ...STYLE });
  for (const [id, cells, label] of rows) {
    table.push([
      id,
      ...Array.from(names, (name) => cells.get(name) ?? ''),
      ...(hasLabels ? [label] : []),
    ]);
  }
  return table.toString();
}

/** The plan for programs. Large sweeps show their first runs only; `total` counts all. */
export function planAsJson(plan: SweepPlan): unknown {
  const { experiment, base, total, targets, warnings, outputDir: folder } = plan;
  const runs = [...shownRuns(plan)].flatMap((run) => {
    if (!run) return [];
    const { id, row, label, fingerprint, outputDir, name } = run;
    const variables = toPlain(variablesOf(row, experiment));
    const outside = toPlain(outsideOf(row));
    return [{ id, variables, outside, label, outputDir, name, fingerprint }];
  });
  return {
    experiment: experiment.name,
    total,
    base: base.origin,
    recipe: base.recipe,
    outputDirKey: folder?.name,
    keys: Object.fromEntries(
      [...targets.of].map(([name, { path, how }]) => [name, { path: writePath(path), how }]),
    ),
    runs,
    warnings: warnings.map(diagnosticAsJson),
  };
}
