import type { Diagnostic, Location } from '../../../diagnostics';
import { DiagnosticError, error, throwDiagnostic } from '../../../diagnostics';
import { pathOfKey, writePath } from '../../../yaml/value/key-path';
import { meet } from '../../../yaml/value/value-path';
import { locationIn } from '../../../yaml/value/scalar-location';
import type { YamlValue } from '../../../yaml/value/value';
import { isContainer } from '../../../yaml/value/value';
import type { Experiment, WrittenKey } from '../../experiment/experiment';
import type { Assignment } from '../overlay';
import type { PlaceholderWords } from './placeholder-words';
import { textsIn } from './placeholder-words';
import type { TextTemplate } from './placeholders';
import { compileTemplate, fillTemplate, placeholdersIn } from './placeholders';
import type { Scope } from '../scope';
import { formatValue } from '../../../yaml/writer/format-value';
import type { FillStep, TemplatedControl } from './text-order';
import { fillSteps } from './text-order';

/** What the placeholders of one run give. */
interface FilledTexts {
  readonly label: string | undefined;
  readonly assignments: readonly Assignment[];
}

/** Whether a text has a placeholder, or braces that are doubled so as not to be one. */
export function isTemplated(value: YamlValue, words: PlaceholderWords): boolean {
  return textsIn(value).some(({ text }) => {
    const { parts } = compileTemplate(text, (name) => words.isKnown(name));
    return parts.length > 1 || parts.some((part) => part !== text);
  });
}

/** The value of a run at a path, as far as it has been merged. */
export type Read = (path: readonly string[]) => YamlValue | undefined;

/** The texts of runs: their labels, and the controls with placeholders. */
export class RunTexts {
  readonly problems: readonly Diagnostic[];
  readonly #experiment: Experiment;
  readonly #words: PlaceholderWords;
  readonly #label: TextTemplate | undefined;
  readonly #steps: readonly FillStep[];

  /** @param known the names that some row has a value for, which the label may use */
  constructor(
    experiment: Experiment,
    controls: readonly TemplatedControl[],
    known: ReadonlySet<string>,
    words: PlaceholderWords,
  ) {
    this.#experiment = experiment;
    this.#words = words;
    const { steps, problems } = fillSteps(controls, words);
    this.#steps = steps;
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
    const inLabel = runName
      ? unknownInLabel(runName, names, words)
      : controls.flatMap(({ assignment }) => textsIn(assignment.value).flatMap(missingLabel));
    this.problems = [...problems, ...inLabel];
  }

  get isEmpty(): boolean {
    return !this.#label && this.#steps.length === 0;
  }

  /**
   * @param merged what is merged with the texts that are filled already; asked only where a text needs it
   * @throws DiagnosticError for a placeholder that has no value in this row
   */
  fill(scope: Scope, id: string, merged: (filled: readonly Assignment[]) => Read): FilledTexts {
    const texts = new Map<string, string>();
    for (const [name, value] of scope.values) texts.set(name, formatValue(value));
    texts.set('run_id', id).set('experiment.name', this.#experiment.name);
    const { runName } = this.#experiment.output;
    const label = this.#label && runName && fill(this.#label, texts, id, runName.location);
    if (label !== undefined) texts.set('label', label);
    const lasting = this.#lasting(texts, id);
    const assignments: Assignment[] = [];
    for (const { controls, reads } of this.#steps) {
      const readFrom = (filled: readonly Assignment[]): Read => {
        return reads ? merged(filled) : () => undefined;
      };
      const filler = { texts, read: readFrom(assignments), id };
      const lastingly = lasting && { texts: lasting, read: readFrom(asIdentity(assignments)), id };
      const filled = controls.map(({ assignment, key }) => {
        const { value: written, path } = assignment;
        const value = this.#fillValue(written, { ...filler, path }, key.location);
        const identity =
          lastingly && this.#fillValue(written, { ...lastingly, path }, key.location);
        return { ...assignment, value, ...(identity && { identity }) };
      });
      assignments.push(...filled);
    }
    return { label, assignments };
  }

  /** The same without the run's number, which is its place among others and not what it is. */
  #lasting(texts: ReadonlyMap<string, string>, id: string): Map<string, string> | undefined {
    const { runName } = this.#experiment.output;
    const isAsked = ({ text }: { readonly text: string }): boolean =>
      text.includes('{run_id}') || text.includes('{label}');
    const controls = this.#steps.flatMap((step) => step.controls);
    if (!controls.some(({ assignment }) => textsIn(assignment.value).some(isAsked))) {
      return undefined;
    }
    const lasting = new Map(texts).set('run_id', '{run_id}');
    if (this.#label && runName) {
      lasting.set('label', fill(this.#label, lasting, id, runName.location));
    }
    return lasting;
  }

  #fillValue(value: YamlValue, filler: Filler, location: Location): YamlValue {
    const inside = (item: YamlValue): YamlValue => this.#fillValue(item, filler, location);
    if (value.kind === 'str') {
      const template = compileTemplate(value.value, (name) => this.#words.isKnown(name));
      const texts = this.#withBase(template, filler, value.location ?? location);
      return { ...value, value: fill(template, texts, filler.id, value.location ?? location) };
    }
    if (value.kind === 'list') return { ...value, items: value.items.map(inside) };
    if (value.kind !== 'map') return value;
    const entries = value.entries.copy();
    for (const [key, item] of value.entries) entries.set(key, inside(item));
    return { ...value, entries };
  }

  /** The texts that a template needs, those of keys of the base too. */
  #withBase({ parts }: TextTemplate, filler: Filler, location: Location) {
    const all = new Map(filler.texts);
    for (const part of parts) {
      const path = typeof part === 'string' ? undefined : this.#words.scalarOf(part.name);
      if (typeof part === 'string' || !path) continue;
      all.set(
        part.name,
        baseText(part.name, path, filler, location, this.#words.referenceTo(path)),
      );
    }
    return all;
  }
}

/** What tells a run from others, as values. */
function asIdentity(assignments: readonly Assignment[]): Assignment[] {
  return assignments.map(({ identity, ...rest }) => {
    return { ...rest, value: identity ?? rest.value };
  });
}

/** What the texts of one run are filled with. */
interface Filler {
  readonly texts: ReadonlyMap<string, string>;
  readonly read: Read;
  readonly id: string;
  /** Where the text goes. */
  readonly path: readonly string[];
}

/**
 * A run's value of a key of the base as a text. An interpolation means the same wherever it stands,
 * unless it counts levels from its own place.
 */
function baseText(
  name: string,
  path: readonly string[],
  { read, id, path: own }: Filler,
  location: Location,
  reference: string,
): string {
  const value = read(path);
  const key = writePath(path);
  if (!value || isContainer(value)) {
    const is = value ? 'is not a single value' : 'has no value';
    const message = `'{${name}}' stands for ${key}, which ${is} in ${id}`;
    return throwDiagnostic('UnknownPath', message, { location, hint: 'Write the value itself.' });
  }
  const text = formatValue(value);
  if (text === '???' || /\$\{\s*\./.test(text)) {
    const why = text === '???' ? 'is missing' : 'is relative to its own location';
    const message = `'{${name}}' stands for ${key}, whose value ${text} ${why}`;
    return throwDiagnostic('UnknownPath', message, {
      location,
      hint: `Write '${reference}', or the value itself.`,
    });
  }
  if (leadsTo(text, own, read)) {
    const message = `'{${name}}' stands for ${key}, whose value ${text} needs ${writePath(own)} in turn`;
    return throwDiagnostic('UnknownPath', message, { location, hint: 'Write the value itself.' });
  }
  return text;
}

/** Whether the interpolations of a text, or those of what they name, lead to a path. */
function leadsTo(
  text: string,
  own: readonly string[],
  read: Read,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  return Array.from(text.matchAll(/\$\{([^{}:]+)\}/g)).some(([, name = '']) => {
    if (seen.has(name)) return false;
    const path = pathOfKey(name.trim());
    if (meet(path, own)) return true;
    const value = read(path);
    return value?.kind === 'str' && leadsTo(value.value, own, read, new Set([...seen, name]));
  });
}

function fill(
  template: TextTemplate,
  texts: ReadonlyMap<string, string>,
  id: string,
  location: Location,
) {
  for (const part of template.parts) {
    if (typeof part === 'string' || texts.has(part.name)) continue;
    const message = `${id} has no value for '{${part.name}}'`;
    const hint = `Give '${part.name}' a value in every row of sweep.runs.`;
    throw new DiagnosticError(error('UnknownPath', message, { location, hint }));
  }
  return fillTemplate(template, texts);
}

function unknownInLabel(
  { name: text, location }: WrittenKey,
  known: ReadonlySet<string>,
  words: PlaceholderWords,
): Diagnostic[] {
  return placeholdersIn(text).flatMap(({ name, ...span }) => {
    if (known.has(name)) return [];
    const message = `'{${name}}' is not a variable, control, outside key, or key of the base config`;
    const near = words.nearLabel(name, known);
    const hint = near ?? `For the literal text '{${name}}', write '{{${name}}}'.`;
    return error('UnknownPath', message, { location: locationIn(text, location, span), hint });
  });
}

/** `{label}` in a control of an experiment that gives its runs no label. */
function missingLabel({
  text,
  location,
}: {
  text: string;
  location: Location | undefined;
}): Diagnostic[] {
  if (placeholdersIn(text).every(({ name }) => name !== 'label')) return [];
  return [
    error('UnknownPath', "'{label}' cannot be filled in, because the runs have no label", {
      ...(location && { location }),
      hint: "Write 'output: {run_name: …}'. For the literal text '{label}', write '{{label}}'.",
    }),
  ];
}
