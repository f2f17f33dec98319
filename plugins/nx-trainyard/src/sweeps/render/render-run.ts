import type { Edit } from '../../yaml/editor/edit';
import type { EditedText } from '../../yaml/editor/edit';
import { YamlEditor } from '../../yaml/editor/edit';
import { identical } from '../../yaml/value/identical';
import { omegaConfTag } from '../../yaml/value/implied-type';
import { readYaml } from '../../yaml/reader/read';
import { scalarToYaml } from '../../yaml/writer/to-yaml';
import { oncePerWritten } from '../../yaml/value/once-per-written';
import type { YamlMap, YamlScalar, YamlValue } from '../../yaml/value/value';
import { isContainer } from '../../yaml/value/value';
import { changeArguments } from './arguments';
import type { SweepBase } from '../bases/base';
import { isScripted } from '../bases/hyperpod-base';
import { editsBetween } from './edits-between';
import type { Run } from '../plan/run';
import type { RunShape, Slot } from '../plan/shapes/run-shape';
import { filled } from '../plan/shapes/run-shape';
import { shellCommand } from '../../bash/words';

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
    render: (run) => ({ name: `${run.id}.yaml`, text: editor.run(run), executable: false }),
  };
}

/**
 * Writes configs as the base's own text with only the lines edited that have to change. A text is
 * read back under OmegaConf's rules and compared, type by type. What differs between runs are single
 * values, each in a place of its own: where all places were read back before, with values of the
 * same kinds, only the new values are.
 */
export class ConfigEditor {
  readonly #base: SweepBase;
  readonly #editor: YamlEditor;
  readonly #shapes = new WeakMap<RunShape, ShapeEditor>();
  /** Which paths were read back together, with the kinds of their values. */
  readonly #places = new Set<string>();
  /** Which maps and lists were read back, and at which path. */
  readonly #containers = new Map<YamlValue, string>();
  readonly #readsAlone = oncePerWritten(readsAlone);

  constructor(base: SweepBase) {
    this.#base = base;
    this.#editor = new YamlEditor(base.text);
  }

  /** @throws Error when the text reads differently: a bug, which must never reach a queue */
  run(run: Run): string {
    const { shape, values } = run;
    const known = this.#shapes.get(shape);
    const editor = known ?? new ShapeEditor(shape, this.#base.value, this.#editor);
    if (!known) this.#shapes.set(shape, editor);
    const text = editor.text(values);
    const isRead = known
      ? editor.slots.every(({ index }) => this.#readsAlone(values[index] as YamlScalar))
      : this.#isKnown(editor.edits(values));
    if (!isRead) this.#readBack(text, run.config, editor.edits(values));
    return text;
  }

  /** The text of a config that is no run's. @throws Error as `run` does */
  config(config: YamlMap): string {
    const edits = editsBetween(this.#base.value, config);
    const text = this.#editor.edit(edits);
    this.#readBack(text, config, edits);
    return text;
  }

  #isKnown(edits: readonly Edit[]): boolean {
    if (!this.#places.has(placesOf(edits))) return false;
    return edits.every((edit) => {
      if ('delete' in edit) return true;
      if (isContainer(edit.value)) return this.#containers.get(edit.value) === nameOf(edit);
      return this.#readsAlone(edit.value);
    });
  }

  #readBack(text: string, config: YamlMap, edits: readonly Edit[]): void {
    const read = readYaml({ path: this.#base.text.path, text });
    const isEmpty = read.kind === 'null' && config.entries.size === 0;
    if (!isEmpty && !identical(read, config)) {
      throw new Error(`an edited config does not read as it was planned:\n${text}`);
    }
    this.#places.add(placesOf(edits));
    for (const edit of edits) {
      if ('value' in edit && isContainer(edit.value)) {
        this.#containers.set(edit.value, nameOf(edit));
      }
    }
  }
}

/** The edits that make the runs of one shape, located once. */
class ShapeEditor {
  readonly slots: readonly Slot[];
  readonly #shape: RunShape;
  readonly #edits: readonly Edit[];
  readonly #text: EditedText;

  constructor(shape: RunShape, base: YamlMap, editor: YamlEditor) {
    this.slots = [...shape.slots.values()];
    this.#shape = shape;
    this.#edits = editsBetween(base, shape.config, (value) => shape.slots.has(value));
    this.#text = editor.locate(this.#edits);
  }

  text(values: readonly YamlValue[]): string {
    return this.#text.fill(
      this.#edits.map((edit) =>
        'delete' in edit ? undefined : filled(this.#shape, edit.value, values),
      ),
    );
  }

  edits(values: readonly YamlValue[]): readonly Edit[] {
    return this.#edits.map((edit) =>
      'delete' in edit ? edit : { ...edit, value: filled(this.#shape, edit.value, values) },
    );
  }
}

function nameOf({ path }: Edit): string {
  return path.join('\0');
}

function placesOf(edits: readonly Edit[]): string {
  let places = '';
  for (const edit of edits) {
    const what = 'delete' in edit ? 'delete' : edit.value.kind;
    places += `${nameOf(edit)}\0${'insert' in edit ? 'insert ' : ''}${what}\n`;
  }
  return places;
}

/** Texts that every reader of YAML takes as they stand, unless the resolver gives them a type. */
const PLAIN = /^[A-Za-z/][\w./-]*$/;

/** Whether a value is read back from its own text. One of several lines depends on where it stands. */
function readsAlone(value: YamlScalar): boolean {
  if (value.kind === 'str' && PLAIN.test(value.value)) return omegaConfTag(value.value) === 'str';
  const text = scalarToYaml(value, { column: 0, indent: 0, width: Infinity });
  return !text.includes('\n') && identical(readYaml({ path: '', text }), value);
}
