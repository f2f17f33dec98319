import type { Edit, EditedText } from '../../yaml/editor/edit';
import { YamlEditor } from '../../yaml/editor/edit';
import { readYaml } from '../../yaml/reader/read';
import { identical } from '../../yaml/value/identical';
import { omegaConfTag } from '../../yaml/value/implied-type';
import { oncePerWritten } from '../../yaml/value/once-per-written';
import type { YamlMap, YamlScalar, YamlValue } from '../../yaml/value/value';
import { isContainer } from '../../yaml/value/value';
import { scalarToYaml } from '../../yaml/writer/to-yaml';
import type { SweepBase } from '../bases/base';
import type { AlikeRuns, Run } from '../plan/shapes/run';
import { oncePerShape } from '../plan/shapes/run';
import { editsBetween } from './edits-between';

/** The edits that make runs which are alike, located once. */
interface LocatedEdits {
  readonly alike: AlikeRuns;
  readonly edits: readonly Edit[];
  readonly text: EditedText;
  /** Whether the text of one of the runs has been read back. */
  isRead: boolean;
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
  readonly #located = oncePerShape((alike) => this.#locate(alike));
  /** Which paths were read back together, with the kinds of their values. */
  readonly #locations = new Set<string>();
  /** Which maps and lists were read back, and at which path. */
  readonly #containers = new Map<YamlValue, string>();
  readonly #readsAlone = oncePerWritten(readsAlone);

  constructor(base: SweepBase) {
    this.#base = base;
    this.#editor = new YamlEditor(base.text);
  }

  /** @throws Error when the text reads differently: a bug, which must never reach a queue */
  run(run: Run): string {
    const located = this.#located(run);
    const { alike, edits } = located;
    const values = edits.map((edit) =>
      'delete' in edit ? undefined : alike.partOf(run, edit.value),
    );
    const text = located.text.fill(values);
    const filled = (): readonly Edit[] =>
      edits.map((edit, index) =>
        'delete' in edit ? edit : { ...edit, value: values[index] as YamlValue },
      );
    const isKnown = located.isRead
      ? alike.varying.every((varying) => this.#readsAlone(alike.valueOf(run, varying)))
      : this.#isKnown(filled());
    if (!isKnown) this.#readBack(text, run.config, filled());
    located.isRead = true;
    return text;
  }

  /** The text of a config that is no run's. @throws Error as `run` does */
  config(config: YamlMap): string {
    const edits = editsBetween(this.#base.value, config);
    const text = this.#editor.edit(edits);
    this.#readBack(text, config, edits);
    return text;
  }

  #locate(alike: AlikeRuns): LocatedEdits {
    const edits = editsBetween(this.#base.value, alike.config, (value) => {
      return alike.varyingAt(value) !== undefined;
    });
    return { alike, edits, text: this.#editor.locate(edits), isRead: false };
  }

  #isKnown(edits: readonly Edit[]): boolean {
    if (!this.#locations.has(locationsOf(edits))) return false;
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
    this.#locations.add(locationsOf(edits));
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

function locationsOf(edits: readonly Edit[]): string {
  let locations = '';
  for (const edit of edits) {
    const what = 'delete' in edit ? 'delete' : edit.value.kind;
    locations += `${nameOf(edit)}\0${'insert' in edit ? 'insert ' : ''}${what}\n`;
  }
  return locations;
}

/** Texts that every reader of YAML takes as they stand, unless the resolver gives them a type. */
const PLAIN = /^[A-Za-z/][\w./-]*$/;

/** Whether a value is read back from its own text. One of several lines depends on where it stands. */
function readsAlone(value: YamlScalar): boolean {
  if (value.kind === 'str' && PLAIN.test(value.value)) return omegaConfTag(value.value) === 'str';
  const text = scalarToYaml(value, { column: 0, indent: 0, width: Infinity });
  return !text.includes('\n') && identical(readYaml({ path: '', text }), value);
}
