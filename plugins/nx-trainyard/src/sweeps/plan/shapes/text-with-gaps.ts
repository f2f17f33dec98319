/** Stands in no text that JSON escapes. */
const MARK = '\0';

/** Marks where one of a run's values stands in a text. @param index which of its values */
export function gap(index: number): string {
  return `${MARK}${index}${MARK}`;
}

/** A text with gaps, each for the text of one of a run's values. */
export class TextWithGaps {
  readonly #kept: readonly string[];
  readonly #gaps: readonly number[];

  /** @param text with marks that `gap` gives */
  constructor(text: string) {
    const parts = text.split(MARK);
    this.#kept = parts.filter((_, index) => index % 2 === 0);
    this.#gaps = parts.filter((_, index) => index % 2 === 1).map(Number);
  }

  fill(values: readonly { readonly text: string }[]): string {
    let text = this.#kept[0] ?? '';
    for (let index = 0; index < this.#gaps.length; index++) {
      text += values[this.#gaps[index] ?? -1]?.text ?? '';
      text += this.#kept[index + 1] ?? '';
    }
    return text;
  }
}
