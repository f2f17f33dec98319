import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../diagnostics';
import { toPlain } from '../../yaml/value/plain';
import { json } from '../../basics/json';
import { oncePer } from '../../basics/once-per';
import type { YamlValue } from '../../yaml/value/value';
import type { Setting } from '../experiment/axes';
import type { Silence } from '../experiment/experiment';
import type { ResolvedSweep } from '../check/check-sweep';
import type { Run } from '../plan/shapes/run';

function plain(value: YamlValue | undefined): unknown {
  return value && toPlain(value);
}

/** Makes `manifest.json` part by part: its head, its runs and its tail. */
export class ManifestWriter {
  readonly #plan: ResolvedSweep;
  readonly #tool: string;
  /** Rows share their settings. */
  readonly #settingOf = oncePer(settingOf);
  #separator = '\n    ';

  /** @param tool name and version of this program */
  constructor(plan: ResolvedSweep, tool: string) {
    this.#plan = plan;
    this.#tool = tool;
  }

  /** What holds for the whole sweep. */
  head(): string {
    const { experiment, base, total, cluster, outputDir } = this.#plan;
    const { source, name, about, framework, output, resources, evaluation } = experiment;
    const { silenced } = experiment;
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
        output_dir_key: framework === 'torchtune' ? undefined : outputDir?.name,
        form: output.form,
        total,
        resources: plain(resources),
        cluster,
        evaluation: plain(evaluation),
        validate: silenced.length > 0 ? { silence: silenced.map(silenceJson) } : undefined,
      },
      2,
    );
    return `${head.slice(0, -2)},\n  "runs": {`;
  }

  /** How one run is recorded. */
  entry(run: Run, file: string, command: readonly string[] | undefined): string {
    const { id, row, label, fingerprint, outputDir, name } = run;
    const { variables, outside, repeat } = row;
    const { repeats } = this.#plan.experiment;
    const settings = variables.map(this.#settingOf);
    if (repeat && repeats) settings.push(settingOf({ key: repeats.seedKey, value: repeat.seed }));
    const recorded = JSON.stringify({
      file,
      variables: Object.fromEntries(settings),
      outside: outside.length > 0 ? Object.fromEntries(outside.map(this.#settingOf)) : undefined,
      repeat: repeat?.number,
      label,
      recipe: this.#plan.base.recipe,
      command,
      output_dir: outputDir,
      name,
      fingerprint,
    });
    const text = `${this.#separator}"${id}": ${recorded}`;
    this.#separator = ',\n    ';
    return text;
  }

  tail(warnings: readonly Diagnostic[]): string {
    const list = warnings.map(({ id, message }) => `\n    ${json({ id, message })}`).join();
    return `\n  },\n  "warnings": [${list}${list === '' ? '' : '\n  '}]\n}\n`;
  }
}

function silenceJson({ id, keys, reason }: Silence): object {
  return { id, keys: keys?.map(({ name }) => name), reason };
}

function settingOf({ key, value }: Setting): readonly [key: string, value: unknown] {
  return [key.name, JSON.parse(json(toPlain(value)))];
}
