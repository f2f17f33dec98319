import type { Edit } from '../yaml/edit';
import { YamlEditor } from '../yaml/edit';
import { identical } from '../yaml/identical';
import { readYaml } from '../yaml/read';
import { scalarToYaml } from '../yaml/to-yaml';
import type { YamlMap, YamlScalar, YamlValue } from '../yaml/value';
import { isContainer } from '../yaml/value';
import { changeArguments } from './arguments';
import type { SweepBase } from './base';
import { isScripted } from './hyperpod-base';
import { editsBetween } from './edits-between';
import type { Run } from './run';
import { shellCommand } from './shell-words';

/** What a run is written as. */
export interface RunFile {
  /** File name in `configs/`. */
  readonly name: string;
  readonly text: string;
  readonly executable: boolean;
}

/** Renders the runs of a sweep, each as a file of its own. */
export interface RunRenderer {
  /** @throws DiagnosticError when a script's arguments or template cannot say what the run sets */
  render(run: Run): RunFile;
}

/** The renderer that fits a base: its text with edited lines, or its script with arguments. */
export function runRenderer(base: SweepBase): RunRenderer {
  if (isScripted(base)) {
    return {
      render: ({ id, config }) => ({
        name: `${id}.sh`,
        text: base.script(shellCommand(changeArguments(base.value, config, 'hyperpod')), config),
        executable: true,
      }),
    };
  }
  const editor = new ConfigEditor(base);
  return {
    render: ({ id, config }) => ({
      name: `${id}.yaml`,
      text: editor.text(config),
      executable: false,
    }),
  };
}

/** Writes configs as the base's own text with only the lines edited that have to change. */
export class ConfigEditor {
  readonly #base: SweepBase;
  readonly #editor: YamlEditor;
  /** Which paths were read back together, with the kinds of their values. */
  readonly #shapes = new Set<string>();
  /** Which maps and lists were read back, and at which path. */
  readonly #containers = new Map<YamlValue, string>();
  readonly #scalars = new Set<YamlValue>();

  constructor(base: SweepBase) {
    this.#base = base;
    this.#editor = new YamlEditor(base.text);
  }

  /**
   * The text of a config. It is read back under OmegaConf's rules and compared, type by type. What
   * differs between runs are single values, each in a place of its own: a text whose places were
   * all read back before, with values of the same kinds, is not read again as a whole.
   *
   * @throws Error when it reads differently, which is a bug and must never reach a queue
   */
  text(config: YamlMap): string {
    const edits = editsBetween(this.#base.value, config);
    const text = this.#editor.edit(edits);
    if (!this.#isKnown(edits)) this.#readBack(text, config, edits);
    return text;
  }

  #isKnown(edits: readonly Edit[]): boolean {
    if (!this.#shapes.has(shapeOf(edits))) return false;
    return edits.every((edit) => {
      if ('delete' in edit) return true;
      const { value } = edit;
      if (isContainer(value)) return this.#containers.get(value) === nameOf(edit);
      if (this.#scalars.has(value)) return true;
      if (!readsAlone(value)) return false;
      // What a program made belongs to one run; what has a place is set again and again.
      if (value.place) this.#scalars.add(value);
      return true;
    });
  }

  #readBack(text: string, config: YamlMap, edits: readonly Edit[]): void {
    const read = readYaml({ path: this.#base.text.path, text });
    const isEmpty = read.kind === 'null' && config.entries.size === 0;
    if (!isEmpty && !identical(read, config)) {
      throw new Error(`an edited config does not read as it was planned:\n${text}`);
    }
    this.#shapes.add(shapeOf(edits));
    for (const edit of edits) {
      if ('value' in edit && isContainer(edit.value)) {
        this.#containers.set(edit.value, nameOf(edit));
      }
    }
  }
}

function nameOf({ path }: Edit): string {
  return path.join('\0');
}

function shapeOf(edits: readonly Edit[]): string {
  let shape = '';
  for (const edit of edits) {
    shape += `${nameOf(edit)}\0${'delete' in edit ? 'delete' : edit.value.kind}\n`;
  }
  return shape;
}

/** Whether a value is read back from its own text. One of several lines depends on where it stands. */
function readsAlone(value: YamlScalar): boolean {
  const text = scalarToYaml(value, { column: 0, indent: 0, width: Infinity });
  return !text.includes('\n') && identical(readYaml({ path: '', text }), value);
}
