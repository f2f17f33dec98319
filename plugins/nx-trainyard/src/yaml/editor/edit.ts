import type { SourceText } from '../../diagnostics';
import type { TextWithEdits } from './text-edits';
import { locate } from './locate';
import type { Edit, EditValues } from './edit-tree';
import { editTree } from './edit-tree';

export type { Edit, EditPath } from './edit-tree';

/** A text in which the places of some edits are located. */
export interface EditedText {
  /** The text with these values, in the order of the edits. */
  fill(values: EditValues): string;
}

/**
 * Edits one text many times over. The places that edits change are located once for each set of
 * paths; after that, an edited text is a join of what stays and of the new values.
 */
export class YamlEditor {
  readonly #source: SourceText;
  readonly #located = new Map<string, TextWithEdits>();

  constructor(source: SourceText) {
    this.#source = source;
  }

  /**
   * The text with the edits carried out and all else as it was: comments, order, quotes, spelling of
   * numbers, line ends. New values are spelled as `OmegaConf.to_yaml` spells them, except that no
   * line is folded. Missing maps are created, new keys stand last in their map. A value that other
   * places share by an alias or `<<` keeps its meaning there.
   *
   * @throws DiagnosticError when the text is no YAML
   * @throws Error (a mistake of the caller) for a path that leads through a scalar or past the end of
   *   a list, for the removal of what is not there, and for two edits at or inside one another
   */
  edit(edits: readonly Edit[]): string {
    return this.locate(edits).fill(edits.map((edit) => ('value' in edit ? edit.value : undefined)));
  }

  /** Locates edits whose values will be others. Only kinds of keys and paths count here. @throws as `edit` */
  locate(edits: readonly Edit[]): EditedText {
    const paths = edits.map((edit) => {
      if ('delete' in edit) return ['delete', ...edit.path];
      if ('insert' in edit) return ['insert', ...edit.path];
      return [edit.key?.kind, ...edit.path];
    });
    const id = JSON.stringify(paths);
    let located = this.#located.get(id);
    if (!located) {
      located = locate(this.#source, editTree(edits));
      this.#located.set(id, located);
    }
    return located;
  }
}

/** {@link YamlEditor.edit} for a text that is edited once. */
export function editYaml(source: SourceText, edits: readonly Edit[]): string {
  return new YamlEditor(source).edit(edits);
}
