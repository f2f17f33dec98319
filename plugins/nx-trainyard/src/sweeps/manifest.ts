import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diagnostics';
import { toPlain } from '../hydra/plain';
import type { YamlValue } from '../yaml/value';
import { outsideOf, variablesOf } from './mapping';
import type { SweepPlan } from './plan';
import type { Run } from './run';

/** JSON of a value; integers that JavaScript cannot hold are written as text. */
function json(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item), indent);
}

function plain(value: YamlValue | undefined): unknown {
  return value && toPlain(value);
}

/** How one run is recorded. */
export function manifestEntry(run: Run, plan: SweepPlan, file: string, command: readonly string[] | undefined): string {
  const { row, label, fingerprint, outputDir } = run;
  return `${json(run.id)}: ${json({
    file,
    variables: plain(variablesOf(row, plan.experiment)),
    ...(row.outside.length > 0 && { outside: plain(outsideOf(row)) }),
    ...(row.repeat && { repeat: row.repeat.number }),
    label,
    recipe: plan.base.recipe,
    command,
    output_dir: outputDir,
    fingerprint,
  })}`;
}

/** The manifest before its runs: what holds for the whole sweep. */
export function manifestHead({ experiment, base, total }: SweepPlan, tool: string): string {
  const { source, name, about, framework, output, resources, cluster, evaluation } = experiment;
  const head = json(
    {
      tool,
      experiment: {
        name,
        ...(plain(about) as object),
        sha256: createHash('sha256').update(source.text).digest('hex'),
      },
      framework,
      base: base.origin,
      form: output.form,
      total,
      resources: plain(resources),
      cluster,
      evaluation: plain(evaluation),
      validate: experiment.silenced.length > 0 ? { silence: experiment.silenced } : undefined,
    },
    2,
  );
  return `${head.slice(0, -2)},\n  "runs": {`;
}

/** The manifest after its runs. */
export function manifestTail(warnings: readonly Diagnostic[]): string {
  const list = warnings.map(({ id, message }) => `\n    ${json({ id, message })}`).join();
  return `\n  },\n  "warnings": [${list}${list === '' ? '' : '\n  '}]\n}\n`;
}
