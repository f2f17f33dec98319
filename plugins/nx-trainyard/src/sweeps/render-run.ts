import { YamlEditor } from '../yaml/edit';
import { identical } from '../yaml/identical';
import { readYaml } from '../yaml/read';
import type { YamlMap } from '../yaml/value';
import { changeArguments } from './arguments';
import type { SweepBase } from './base';
import { isScripted } from './hyperpod-base';
import { editsBetween } from './overlay';
import type { Run } from './run';

/** What a run is written as. */
export interface RunFile {
  /** File name in `configs/`. */
  readonly name: string;
  readonly text: string;
  readonly executable: boolean;
}

/** Renders the runs of a sweep, each as a file of its own. */
export interface RunRenderer {
  render(run: Run): RunFile;
}

/** The renderer that fits a base: its text with edited lines, or its script with arguments. */
export function runRenderer(base: SweepBase): RunRenderer {
  if (isScripted(base)) {
    return {
      render: ({ id, config }) => ({
        name: `${id}.sh`,
        text: base.script(changeArguments(base.value, config, base.framework)),
        executable: true,
      }),
    };
  }
  const editor = new ConfigEditor(base);
  return {
    render: ({ id, config }) => ({ name: `${id}.yaml`, text: editor.text(config), executable: false }),
  };
}

/** Writes configs as the base's own text with only the lines edited that have to change. */
export class ConfigEditor {
  readonly #base: SweepBase;
  readonly #editor: YamlEditor;

  constructor(base: SweepBase) {
    this.#base = base;
    this.#editor = new YamlEditor(base.text);
  }

  /**
   * The text of a config. It is read back under OmegaConf's rules and compared, type by type.
   *
   * @throws Error when it reads differently, which is a bug and must never reach a queue
   */
  text(config: YamlMap): string {
    const text = this.#editor.edit(editsBetween(this.#base.value, config));
    const read = readYaml({ path: this.#base.text.path, text });
    const isEmpty = read.kind === 'null' && config.entries.size === 0;
    if (isEmpty || identical(read, config)) return text;
    throw new Error(`an edited config does not read as it was planned:\n${text}`);
  }
}
