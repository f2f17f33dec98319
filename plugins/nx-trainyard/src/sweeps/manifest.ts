import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diagnostics';
import { toPlain } from '../hydra/plain';
import { json } from '../json';
import type { YamlValue } from '../yaml/value';
import { outsideOf, variablesOf } from './mapping';
import type { SweepPlan } from './plan';
import type { Run } from './run';

function plain(value: YamlValue | undefined): unknown {
  return value && toPlain(value);
}

/** Makes `manifest.json` part by part: its head, its runs and its tail. */
export class ManifestWriter {
  readonly #plan: SweepPlan;
  readonly #tool: string;
  #separator = '\n    ';

  /** @param tool name and version of this program */
  constructor(plan: SweepPlan, tool: string) {
    this.#plan = plan;
    this.#tool = tool;
  }

  /** What holds for the whole sweep. */
  head(): string {
    const { experiment, base, total } = this.#plan;
    const { source, name, about, framework, output, resources, cluster, evaluation } = experiment;
    const head = json(
      {
        tool: this.#tool,
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

  /** How one run is recorded. */
  entry(run: Run, file: string, command: readonly string[] | undefined): string {
    const { row, label, fingerprint, outputDir } = run;
    const { experiment, base } = this.#plan;
    const record = json({
      file,
      variables: plain(variablesOf(row, experiment)),
      ...(row.outside.length > 0 && { outside: plain(outsideOf(row)) }),
      ...(row.repeat && { repeat: row.repeat.number }),
      label,
      recipe: base.recipe,
      command,
      output_dir: outputDir,
      fingerprint,
    });
    const entry = `${this.#separator}"${run.id}": ${record}`;
    this.#separator = ',\n    ';
    return entry;
  }

  tail(warnings: readonly Diagnostic[]): string {
    const list = warnings.map(({ id, message }) => `\n    ${json({ id, message })}`).join();
    return `\n  },\n  "warnings": [${list}${list === '' ? '' : '\n  '}]\n}\n`;
  }
}
