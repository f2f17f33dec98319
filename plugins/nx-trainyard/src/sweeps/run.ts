import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, didYouMean, error } from '../diagnostics';
import type { YamlMap, YamlValue } from '../yaml/value';
import { str } from '../yaml/value';
import { valueAt } from '../yaml/value-path';
import type { Expression } from './arithmetic';
import { checkNames, evaluate, parseExpression } from './arithmetic';
import type { SweepBase } from './base';
import { fingerprint } from './fingerprint';
import type { Experiment, Row } from './model';
import { runFolder, slugOf } from './output-dir';
import type { Assignment } from './overlay';
import { assign, remove } from './overlay';
import type { Template } from './placeholders';
import { compileTemplate, fillTemplate, placeholdersIn } from './placeholders';
import { runId } from './rows';
import { isAnyOf } from './same-value';
import type { Scope } from './scope';
import { ScopeMaker } from './scope';
import { spell } from './spell';
import type { Targets } from './targets';

/** One run of a sweep, ready to be written. */
export interface Run {
  readonly id: string;
  readonly row: Row;
  /** What `output.run_name` gives; undefined when none is written. */
  readonly label: string | undefined;
  /** The merged config, with the run's own output folder. */
  readonly config: YamlMap;
  readonly fingerprint: string;
  readonly outputDir: string | undefined;
}

/** A control whose text has placeholders, and so differs from run to run. */
interface TemplatedControl {
  readonly path: readonly string[];
  readonly value: YamlValue;
}

/**
 * Makes runs from rows: base ← controls ← row ← when ← derived ← delete ← output folder. What no run
 * changes is merged once and shared by all.
 */
export class RunMaker {
  readonly problems: readonly Diagnostic[];
  readonly #experiment: Experiment;
  readonly #base: SweepBase;
  readonly #targets: Targets;
  readonly #total: number;
  readonly #shared: YamlMap;
  readonly #templated: readonly TemplatedControl[];
  readonly #scopes: ScopeMaker;
  readonly #derived: readonly { readonly name: string; readonly expression: Expression }[];
  readonly #label: Template | undefined;
  readonly #runner: string;

  constructor(experiment: Experiment, base: SweepBase, targets: Targets, total: number) {
    this.#experiment = experiment;
    this.#base = base;
    this.#targets = targets;
    this.#total = total;
    const isTextName = textNames(experiment);
    const problems: Diagnostic[] = [];
    const templated: TemplatedControl[] = [];
    let shared = base.value;
    for (const { key, value } of experiment.controls) {
      const assignment = this.#assignment(key.name, value);
      if (!assignment) continue;
      if (hasPlaceholder(assignment.value, isTextName)) templated.push(assignment);
      else shared = assign(shared, assignment);
    }
    this.#shared = shared;
    this.#templated = templated;
    this.#scopes = new ScopeMaker(experiment, base, shared);
    problems.push(...this.#scopes.unknownConditions(experiment));
    this.#derived = experiment.derived.flatMap(({ key, expression: text, place }) => {
      try {
        const expression = parseExpression(text, place);
        problems.push(...checkNames(expression, this.#scopes.known));
        return [{ name: key.name, expression }];
      } catch (cause) {
        if (!(cause instanceof DiagnosticError)) throw cause;
        problems.push(...cause.diagnostics);
        return [];
      }
    });
    this.#label = this.#compileLabel(problems);
    this.#runner = base.recipe ?? base.command('')?.join(' ') ?? base.framework;
    this.problems = problems;
  }

  /** The merged config as far as all runs share it, without what is deleted from all. */
  get shared(): YamlMap {
    return this.#targets.deleted.reduce(remove, this.#shared);
  }

  /** @throws DiagnosticError when an expression has no value for this row */
  make(row: Row): Run {
    const { repeats } = this.#experiment;
    const id = runId(row.index, this.#total);
    const scope = this.#scopes.of(row, repeats?.seedKey);
    let config = this.#shared;
    const set = (name: string, value: YamlValue): void => {
      const assignment = this.#assignment(name, value);
      if (assignment) config = assign(config, assignment);
    };
    for (const { key, value } of row.variables) set(key.name, value);
    if (row.repeat && repeats) set(repeats.seedKey.name, row.repeat.seed);
    for (const [name, value] of this.#conditional(scope)) {
      set(name, value);
      scope.set(name, value);
    }
    for (const { name, expression } of this.#derived) {
      const value = evaluate(expression, scope);
      set(name, value);
      scope.set(name, value);
    }
    const needsTexts = this.#label !== undefined || this.#templated.length > 0;
    const texts = needsTexts ? this.#texts(scope, id) : new Map<string, string>();
    const label = this.#label && fillTemplate(this.#label, texts);
    if (label !== undefined) texts.set('label', label);
    for (const { path, value } of this.#templated) {
      config = assign(config, { path, value: substituted(value, texts) });
    }
    for (const path of this.#targets.deleted) config = remove(config, path);
    const identity = fingerprint({
      config,
      runner: this.#runner,
      outside: row.outside.map(({ key, value }) => ({ name: key.name, value })),
      repeat: row.repeat?.number,
    });
    const folder = this.#outputDir(config, row, label, identity);
    if (folder?.own) config = assign(config, { path: folder.path, value: str(folder.text) });
    return { id, row, label, config, fingerprint: identity, outputDir: folder?.text };
  }

  #assignment(name: string, written: YamlValue): Assignment | undefined {
    const target = this.#targets.of.get(name);
    if (!target) return undefined;
    const { path } = target;
    const value = this.#targets.value(name, written);
    return { path, value, replace: this.#targets.replaced.has(path.join('.')) };
  }

  /** What the conditions set: for each key, the first that holds. */
  #conditional(scope: Scope): Map<string, YamlValue> {
    const values = new Map<string, YamlValue>();
    for (const condition of this.#experiment.when) {
      const holds = condition.if.every(({ key, anyOf }) => {
        const value = scope.get(key.name);
        return value !== undefined && isAnyOf(value, anyOf);
      });
      if (!holds) continue;
      for (const { key, value } of condition.set) {
        if (!values.has(key.name)) values.set(key.name, value);
      }
    }
    return values;
  }

  #texts(scope: Scope, id: string): Map<string, string> {
    const texts = new Map<string, string>();
    for (const [name, value] of scope) texts.set(name, spell(value));
    return texts.set('run_id', id).set('experiment.name', this.#experiment.name);
  }

  #compileLabel(problems: Diagnostic[]): Template | undefined {
    const runName = this.#experiment.output.runName;
    if (!runName) return undefined;
    const known = new Set([...this.#scopes.known, 'run_id', 'experiment.name']);
    for (const { name } of placeholdersIn(runName.name)) {
      if (known.has(name)) continue;
      const message = `'{${name}}' is no variable, control or outside key`;
      const hint = didYouMean(name, known) ?? `For the text '{${name}}' write '{{${name}}}'.`;
      problems.push(error('UnknownPath', message, { place: runName.place, hint }));
    }
    return compileTemplate(runName.name, (name) => known.has(name));
  }

  #outputDir(config: YamlMap, row: Row, label: string | undefined, identity: string) {
    const path = this.#base.outputDir;
    const shared = path && valueAt(config, path);
    if (!path || shared?.kind !== 'str') return undefined;
    if (!this.#experiment.output.perRunOutputDir) return { path, text: shared.value, own: false };
    const text = runFolder(shared, slugOf(row, label), identity);
    return text === undefined ? undefined : { path, text, own: true };
  }
}

/** The names that stand for a text in controls: what varies, and the names of the run. */
function textNames({ variables, zip, outside }: Experiment): (name: string) => boolean {
  const names = new Set(['run_id', 'label', 'experiment.name']);
  for (const { key } of [...variables, ...zip.flat(), ...outside]) names.add(key.name);
  return (name) => names.has(name);
}

function hasPlaceholder(value: YamlValue, isName: (name: string) => boolean): boolean {
  if (value.kind === 'str') {
    const { parts } = compileTemplate(value.value, isName);
    return parts.length > 1 || parts.some((part) => part !== value.value);
  }
  if (value.kind === 'list') return value.items.some((item) => hasPlaceholder(item, isName));
  if (value.kind !== 'map') return false;
  return [...value.entries.values()].some((item) => hasPlaceholder(item, isName));
}

function substituted(value: YamlValue, texts: ReadonlyMap<string, string>): YamlValue {
  if (value.kind === 'str') {
    const template = compileTemplate(value.value, (name) => texts.has(name));
    return { ...value, value: fillTemplate(template, texts) };
  }
  if (value.kind === 'list') {
    return { ...value, items: value.items.map((item) => substituted(item, texts)) };
  }
  if (value.kind !== 'map') return value;
  const entries = value.entries.copy();
  for (const [key, item] of value.entries) entries.set(key, substituted(item, texts));
  return { ...value, entries };
}
