import type { Diagnostic, Place } from '../../diagnostics';
import { DiagnosticError, didYouMean, error } from '../../diagnostics';
import type { YamlValue } from '../../yaml/value';
import type { Experiment, WrittenKey } from '../model';
import type { Assignment } from '../overlay';
import type { Template } from './placeholders';
import { compileTemplate, fillTemplate, placeholdersIn } from './placeholders';
import type { Scope } from './scope';
import { spell } from '../spell';

/** A control whose text has placeholders, and so differs from run to run. */
export interface TemplatedControl {
  readonly key: WrittenKey;
  readonly assignment: Assignment;
}

/** What the placeholders of one run give. */
interface FilledTexts {
  readonly label: string | undefined;
  readonly assignments: readonly Assignment[];
}

/** The names that stand for a text in controls: what varies, and the names of the run. */
export function textNames({ variables, zip, outside, repeats }: Experiment): ReadonlySet<string> {
  const swept = [...variables, ...zip.flat(), ...outside].map(({ key }) => key.name);
  const seed = repeats ? [repeats.seedKey.name] : [];
  return new Set(['run_id', 'label', 'experiment.name', ...swept, ...seed]);
}

/** Whether a text has a placeholder, or braces that are doubled so as not to be one. */
export function isTemplated(value: YamlValue, names: ReadonlySet<string>): boolean {
  return strings(value).some(({ text }) => {
    const { parts } = compileTemplate(text, (name) => names.has(name));
    return parts.length > 1 || parts.some((part) => part !== text);
  });
}

/** The strings in a value, however deep. */
function strings(value: YamlValue): { readonly text: string; readonly place: Place | undefined }[] {
  if (value.kind === 'str') return [{ text: value.value, place: value.place }];
  if (value.kind === 'list') return value.items.flatMap(strings);
  return value.kind === 'map' ? [...value.entries.values()].flatMap(strings) : [];
}

/** The texts of runs: their labels, and the controls with placeholders. */
export class RunTexts {
  readonly problems: readonly Diagnostic[];
  readonly #experiment: Experiment;
  readonly #names: ReadonlySet<string>;
  readonly #label: Template | undefined;
  readonly #controls: readonly TemplatedControl[];

  /** @param known the names that some row has a value for, which the label may use */
  constructor(
    experiment: Experiment,
    controls: readonly TemplatedControl[],
    known: ReadonlySet<string>,
  ) {
    this.#experiment = experiment;
    this.#names = textNames(experiment);
    this.#controls = controls;
    const names = new Set([...known, 'run_id', 'experiment.name']);
    const { runName } = experiment.output;
    // In a label every `{name}` has to be known, so every `{{name}}` is the text `{name}`.
    this.#label =
      runName &&
      compileTemplate(
        runName.name,
        (name) => names.has(name),
        () => true,
      );
    this.problems = runName
      ? unknownInLabel(runName, names)
      : controls.flatMap(({ assignment }) => strings(assignment.value).flatMap(missingLabel));
  }

  get isEmpty(): boolean {
    return !this.#label && this.#controls.length === 0;
  }

  /** @throws DiagnosticError for a placeholder that has no value in this row */
  fill(scope: Scope, id: string): FilledTexts {
    const texts = new Map<string, string>();
    for (const [name, value] of scope.values) texts.set(name, spell(value));
    texts.set('run_id', id).set('experiment.name', this.#experiment.name);
    const { runName } = this.#experiment.output;
    const label = this.#label && runName && fill(this.#label, texts, id, runName.place);
    if (label !== undefined) texts.set('label', label);
    const lasting = this.#lasting(texts, id);
    const assignments = this.#controls.map(({ assignment, key }) => {
      const { value: written } = assignment;
      const value = this.#fillValue(written, texts, id, key.place);
      const identity = lasting && this.#fillValue(written, lasting, id, key.place);
      return { ...assignment, value, ...(identity && { identity }) };
    });
    return { label, assignments };
  }

  /** The same without the run's number, which is its place among others and not what it is. */
  #lasting(texts: ReadonlyMap<string, string>, id: string): Map<string, string> | undefined {
    const { runName } = this.#experiment.output;
    const isAsked = (text: string): boolean =>
      text.includes('{run_id}') || text.includes('{label}');
    if (
      !this.#controls.some(({ assignment }) =>
        strings(assignment.value).some((each) => isAsked(each.text)),
      )
    ) {
      return undefined;
    }
    const lasting = new Map(texts).set('run_id', '{run_id}');
    if (this.#label && runName) {
      lasting.set('label', fill(this.#label, lasting, id, runName.place));
    }
    return lasting;
  }

  #fillValue(
    value: YamlValue,
    texts: ReadonlyMap<string, string>,
    id: string,
    place: Place,
  ): YamlValue {
    const inside = (item: YamlValue): YamlValue => this.#fillValue(item, texts, id, place);
    if (value.kind === 'str') {
      const template = compileTemplate(value.value, (name) => this.#names.has(name));
      return { ...value, value: fill(template, texts, id, value.place ?? place) };
    }
    if (value.kind === 'list') return { ...value, items: value.items.map(inside) };
    if (value.kind !== 'map') return value;
    const entries = value.entries.copy();
    for (const [key, item] of value.entries) entries.set(key, inside(item));
    return { ...value, entries };
  }
}

function fill(template: Template, texts: ReadonlyMap<string, string>, id: string, place: Place) {
  for (const part of template.parts) {
    if (typeof part === 'string' || texts.has(part.name)) continue;
    const message = `${id} has no value for '{${part.name}}'`;
    const hint = `Give '${part.name}' a value in every row of sweep.runs.`;
    throw new DiagnosticError(error('UnknownPath', message, { place, hint }));
  }
  return fillTemplate(template, texts);
}

function unknownInLabel(
  { name: text, place }: WrittenKey,
  known: ReadonlySet<string>,
): Diagnostic[] {
  return placeholdersIn(text).flatMap(({ name }) => {
    if (known.has(name)) return [];
    const message = `'{${name}}' is no variable, control or outside key`;
    const hint = didYouMean(name, known) ?? `For the text '{${name}}' write '{{${name}}}'.`;
    return error('UnknownPath', message, { place, hint });
  });
}

/** `{label}` in a control of an experiment that gives its runs no label. */
function missingLabel({ text, place }: { text: string; place: Place | undefined }): Diagnostic[] {
  if (placeholdersIn(text).every(({ name }) => name !== 'label')) return [];
  return [
    error('UnknownPath', "the runs have no label to put in the place of '{label}'", {
      ...(place && { place }),
      hint: "Write 'output: {run_name: …}'; for the text '{label}' write '{{label}}'.",
    }),
  ];
}
