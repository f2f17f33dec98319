import type { ValueName } from '../../../launchers/template/format-string';
import { configKey } from '../../../launchers/template/format-string';
import { modelSaveName } from '../../../launchers/recipe-values';
import { recipeName } from '../../../launchers/recipe-status';
import type { WrittenName } from '../../../launchers/template/written-names';
import { pathOfKey } from '../../../yaml/value/key-path';
import { valueAt } from '../../../yaml/value/value-path';
import type { ScriptedBase } from '../../bases/hyperpod-base';
import type { AlikeRuns, Run } from '../../plan/shapes/run';
import { oncePerShape } from '../../plan/shapes/run';
import { resolvedText } from '../resolved-text';

type Path = readonly string[];

const MODEL: Path = ['training_config', 'model_config'];

/** Where a recipe says under which name its model is saved; the first that has a text counts. */
const SAVE_NAMES: readonly Path[] = [
  [...MODEL, 'model_save_name'],
  [...MODEL, 'model_name_or_path'],
];

/** A name or folder of the launcher script that all runs have so far. */
export interface SharedName {
  readonly written: WrittenName;
  readonly text: string;
  /** The first run that has it, and the second one. */
  readonly first: number | undefined;
  readonly second: number | undefined;
}

/** Finds what a launcher template writes down that no run changes: jobs, models and folders. */
export class ScriptNames {
  readonly #base: ScriptedBase;
  readonly #alike = oncePerShape((alike) => alike);
  #names: readonly SharedName[];

  constructor(base: ScriptedBase) {
    this.#base = base;
    this.#names = base.writtenNames.map((written) => {
      return { written, text: '', first: undefined, second: undefined };
    });
  }

  get shared(): readonly SharedName[] {
    return this.#names.filter(({ second }) => second !== undefined);
  }

  see(run: Run): void {
    const { index } = run.row;
    this.#names = this.#names.flatMap((name): SharedName[] => {
      const text = this.#textOf(name.written, run);
      if (name.first === undefined) {
        return text === undefined ? [] : [{ ...name, text, first: index }];
      }
      return text === name.text ? [{ ...name, second: name.second ?? index }] : [];
    });
  }

  /** The text in a run's script; undefined for one that is the run's own, or that nobody can tell. */
  #textOf({ key, parts }: WrittenName, run: Run): string | undefined {
    // What the experiment sets is an argument of the run, which comes after the template's own.
    const path = pathOfKey(key.replace(/^recipes\./, ''));
    if (valueAt(this.#alike(run).config, path) !== valueAt(this.#base.value, path))
      return undefined;
    let text = '';
    for (const part of parts) {
      const found = typeof part === 'string' ? part : this.#valueOf(part.placeholder, run);
      if (found === undefined) return undefined;
      text += found;
    }
    return text;
  }

  #valueOf(placeholder: ValueName, run: Run): string | undefined {
    const name = recipeName(this.#base.recipe ?? '');
    if (placeholder === 'recipe_path') return this.#base.recipe;
    if (placeholder === 'recipe_name') return name;
    const alike = this.#alike(run);
    const path = pathOf(placeholder, alike);
    if (!path || !valueAt(alike.config, path)) return name.replaceAll('_', '-');
    const { text, varying, isOpen } = resolvedText(alike, run, path);
    const isOwn = [...varying].some((value) => value.isOwn);
    if (isOwn || isOpen) return undefined;
    return placeholder === 'model_save_name' ? modelSaveName(text) : text;
  }
}

/** The path that a placeholder takes its value from. */
function pathOf(
  placeholder: Exclude<ValueName, 'recipe_path' | 'recipe_name'>,
  alike: AlikeRuns,
): Path | undefined {
  if (placeholder === 'run_name') return ['run', 'name'];
  if (placeholder !== 'model_save_name') return pathOfKey(configKey(placeholder));
  return SAVE_NAMES.find((path) => {
    const value = valueAt(alike.config, path);
    return value?.kind === 'str' && (value.value !== '' || alike.varyingAt(value) !== undefined);
  });
}

/** Whether it is made from the run's name, so that it follows that. */
export function hasRunName({ written }: SharedName): boolean {
  return written.parts.some((part) => typeof part !== 'string' && part.placeholder === 'run_name');
}

/** What to write so that each run has its own. */
export function hintFor({ written, text }: SharedName): {
  readonly control?: string;
  readonly hint?: string;
} {
  const saves = written.parts.some(
    (part) => typeof part !== 'string' && part.placeholder === 'model_save_name',
  );
  if (saves) {
    const [path = []] = SAVE_NAMES;
    const last = text.replace(/\/+$/, '');
    return { control: `${path.join('.')}: "${last.slice(last.lastIndexOf('/') + 1)}-{run_id}"` };
  }
  return { hint: `Write {run_name} into ${written.key} of the launcher template.` };
}
