import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../diagnostics';
import { toPlain } from '../../yaml/value/plain';
import { json, jsonText } from '../../basics/json';
import { oncePer } from '../../basics/once-per';
import type { YamlValue } from '../../yaml/value/value';
import type { Setting } from '../plan/rows/grid';
import type { Silence } from '../experiment/experiment';
import type { Sweep } from '../plan/plan';
import type { Run } from '../plan/run';

function plain(value: YamlValue | undefined): unknown {
  return value && toPlain(value);
}

/** Makes `manifest.json` part by part: its head, its runs and its tail. */
export class ManifestWriter {
  readonly #plan: Sweep;
  readonly #tool: string;
  /** Rows share their settings. */
  readonly #settingJson = oncePer(settingJson);
  readonly #recipeJson: string;
  #separator = '\n    ';

  /** @param tool name and version of this program */
  constructor(plan: Sweep, tool: string) {
    this.#plan = plan;
    this.#tool = tool;
    const { recipe } = plan.base;
    this.#recipeJson = recipe === undefined ? '' : `,"recipe":${jsonText(recipe)}`;
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
    const settings = variables.map(this.#settingJson);
    if (repeat && repeats) settings.push(settingJson({ key: repeats.seedKey, value: repeat.seed }));
    let text = `${this.#separator}"${id}": {"file":"${file}","variables":{${settings.join()}}`;
    if (outside.length > 0) {
      text += `,"outside":{${outside.map(this.#settingJson).join()}}`;
    }
    if (repeat) text += `,"repeat":${repeat.number}`;
    if (label !== undefined) text += `,"label":${jsonText(label)}`;
    text += this.#recipeJson;
    if (command) text += `,"command":[${command.map(jsonText).join()}]`;
    if (outputDir !== undefined) text += `,"output_dir":${jsonText(outputDir)}`;
    if (name !== undefined) text += `,"name":${jsonText(name)}`;
    this.#separator = ',\n    ';
    return `${text},"fingerprint":"${fingerprint}"}`;
  }

  tail(warnings: readonly Diagnostic[]): string {
    const list = warnings.map(({ id, message }) => `\n    ${json({ id, message })}`).join();
    return `\n  },\n  "warnings": [${list}${list === '' ? '' : '\n  '}]\n}\n`;
  }
}

function silenceJson({ id, keys, reason }: Silence): object {
  return { id, keys: keys?.map(({ name }) => name), reason };
}

function settingJson({ key, value }: Setting): string {
  return `${jsonText(key.name)}:${json(toPlain(value))}`;
}
