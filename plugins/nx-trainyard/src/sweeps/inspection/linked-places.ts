import type { Diagnostic, Place } from '../../diagnostics';
import { warning } from '../../diagnostics';
import { flowText } from '../../yaml/edit-spell';
import { identical } from '../../yaml/identical';
import { writePath } from '../../yaml/key-path';
import { Links } from '../../yaml/links';
import { valueAt } from '../../yaml/value-path';
import type { YamlMap, YamlValue } from '../../yaml/value';
import { str } from '../../yaml/value';
import type { SweepBase } from '../bases/base';
import type { Use } from '../keys/conflicts';
import type { Targets } from '../keys/targets';
import { usesOf } from '../keys/uses';
import type { Experiment, WrittenKey } from '../model';
import type { Assignment } from '../overlay';
import { segmentOf } from '../overlay';
import { spell } from '../spell';

type Path = readonly string[];

/** What an experiment sets under one key. */
interface Setter {
  readonly key: WrittenKey;
  readonly by: Use['by'] | 'delete' | 'folder';
  readonly values: YamlValue[];
  /** Where its values go. */
  readonly root: Path;
  /** What it sets, and what of this it changes. */
  readonly set: Path[];
  readonly paths: Path[];
}

/** More places than these are counted, not named. */
const NAMED = 20;

/**
 * What the base says in one place for several (anchors, aliases, `<<`), and the experiment sets at
 * some of them only: the others keep what the base says.
 *
 * @param folder where runs write
 */
export function linkedPlaces(
  experiment: Experiment,
  base: SweepBase,
  targets: Targets,
  folder: Path | undefined,
): Diagnostic[] {
  const links = new Links(base.text);
  const setters = [...settersOf(experiment, base, targets, folder).values()];
  const set = setters.flatMap((setter) => setter.set);
  return setters.flatMap((setter) => {
    const [first] = setter.paths;
    const left = setter.paths
      .flatMap((path) =>
        setter.by === 'delete' ? linkedToDeleted(path, links) : linkedTo(path, links),
      )
      .filter((path) => !set.some((other) => isIn(path, other)));
    const others = [...new Map(left.map((path) => [writePath(path), path])).values()];
    if (!first || others.length === 0) return [];
    return [told(setter, others, base, links.placeOf(first) ?? links.placeOf(first.slice(0, -1)))];
  });
}

/** Where else what changes with a path stands: the value itself, or a part of one that is replaced. */
function linkedTo(path: Path, links: Links): readonly Path[] {
  const own = links.othersOf(path);
  if (own.length > 0) return own;
  return links
    .below(path)
    .flatMap((below) => linkedTo(below, links))
    .filter((other) => !isIn(other, path));
}

/** Who deletes a link itself means it alone; a key of what is linked is deleted at one place only. */
function linkedToDeleted(path: Path, links: Links): readonly Path[] {
  return links.isLink(path) ? [] : links.othersOf(path);
}

const isIn = (path: Path, outer: Path): boolean =>
  outer.every((segment, depth) => segment === path[depth]);

function settersOf(
  experiment: Experiment,
  base: SweepBase,
  targets: Targets,
  folder: Path | undefined,
) {
  const setters = new Map<string, Setter>();
  const setterOf = (key: WrittenKey, by: Setter['by'], root: Path): Setter => {
    const id = `${by} ${key.name}`;
    const setter = setters.get(id) ?? { key, by, root, values: [], set: [], paths: [] };
    setters.set(id, setter);
    return setter;
  };
  for (const { key, value, by } of usesOf(experiment)) {
    const assignment = targets.assignment(key.name, value);
    if (!assignment) continue;
    const setter = setterOf(key, by, assignment.path);
    setter.values.push(value);
    for (const leaf of leavesOf(base.value, assignment)) {
      setter.set.push(leaf.path);
      const old = valueAt(base.value, leaf.path);
      // Which number is derived, the rows decide.
      const isSame = by !== 'derived' && old && identical(old, leaf.value);
      if (!isSame) setter.paths.push(leaf.path);
    }
  }
  for (const [index, path] of targets.deleted.entries()) {
    const key = experiment.delete[index];
    if (key) add(setterOf(key, 'delete', path), path);
  }
  const isSet = [...setters.values()].some(({ set }) =>
    set.some((path) => folder && isIn(folder, path)),
  );
  if (folder && experiment.output.perRunOutputDir && !isSet) {
    const { outputDirKey, base: reference } = experiment.frameworkConfig;
    const { place } = outputDirKey && outputDirKey !== 'none' ? outputDirKey : reference;
    if (valueAt(base.value, folder)?.kind === 'str') {
      add(setterOf({ name: writePath(folder), place }, 'folder', folder), folder);
    }
  }
  return setters;
}

function add({ set, paths }: Setter, path: Path): void {
  set.push(path);
  paths.push(path);
}

/** The paths that an assignment sets: of maps that merge, those of their entries. */
function leavesOf(base: YamlMap, assignment: Assignment): Assignment[] {
  const { path, value, replaced } = assignment;
  const merges = valueAt(base, path)?.kind === 'map' && !replaced?.has(path.join('.'));
  if (!merges || value.kind !== 'map') return [assignment];
  return Array.from(value.entries).flatMap(([key, item]) =>
    leavesOf(base, { ...assignment, path: [...path, segmentOf(key)], value: item }),
  );
}

function told(
  setter: Setter,
  others: readonly Path[],
  base: SweepBase,
  source: Place | undefined,
): Diagnostic {
  const names = others.map(writePath);
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const named = names.slice(0, NAMED).join(', ') + more;
  const [first = []] = others;
  const old = valueAt(base.value, first);
  const isOne = others.every((path) => {
    const other = valueAt(base.value, path);
    return old && other && identical(old, other);
  });
  const isScalar = old && old.kind !== 'map' && old.kind !== 'list';
  const keeps = others.length > 1 ? 'keep' : 'keeps';
  const kept = isScalar && isOne ? ` ${spell(old)}` : ` the old value${isOne ? '' : 's'}`;
  const what = old ? kept : ' none';
  const done = { delete: 'is deleted', folder: 'differs from run to run' };
  const does = setter.by in done ? done[setter.by as keyof typeof done] : 'is set';
  const message = `'${setter.key.name}' ${does}, but ${named} ${keeps}${what}: the base links them`;
  return warning('linked-in-base', message, {
    place: setter.key.place,
    hint: hintFor(setter, namesToSet(setter, others), old, base.framework),
    keys: [setter.key.name, writePath(setter.root)],
    keysOfEach: names.map((name) => [name]),
    ...(source && {
      related: [{ message: 'here the base says it for all of them', place: source }],
    }),
  });
}

/**
 * The keys that take what a setter sets. Beside a varied mapping they are the mappings in which the
 * other places lie (`b` of `b.lr` and `b.wd`), as far as each of them has all that varies.
 */
function namesToSet(
  { root, paths, values }: Setter,
  others: readonly Path[],
): string[] | undefined {
  if (!values.some(({ kind }) => kind === 'map')) return others.map(writePath);
  const inner = paths.map((path) => path.slice(root.length));
  if (inner.some((each) => each.length === 0)) return others.map(writePath);
  const wholes = new Map<string, Path>();
  for (const other of others) {
    const below = inner.find((each) => endsIn(other, each));
    if (!below) return undefined;
    const whole = other.slice(0, -below.length);
    wholes.set(writePath(whole), whole);
  }
  const named = new Set(others.map(writePath));
  const areWhole = [...wholes.values()].every((whole) =>
    inner.every((each) => named.has(writePath([...whole, ...each]))),
  );
  return areWhole ? [...wholes.keys()] : undefined;
}

const endsIn = (path: Path, end: Path): boolean =>
  path.length > end.length && isIn(path.slice(-end.length), end);

/** What to write so that all places have the value. */
function hintFor(
  { key, by, values }: Setter,
  names: readonly string[] | undefined,
  old: YamlValue | undefined,
  framework: string,
): string {
  if (!names) return 'Vary the keys of the mapping one by one, and set these places, too.';
  const entries = (value: string): string =>
    `{${names.map((name) => `${flowText(str(name))}: ${value}`).join(', ')}}`;
  const isNumber = values.every(({ kind }) => kind === 'int' || kind === 'float');
  const isText = values.every(({ kind }) => kind === 'str');
  const isName = /^[A-Za-z_]\w*(?:\.\w+)*$/.test(key.name);
  const [value] = values;
  switch (by) {
    case 'delete':
      return `List them under 'delete', too: [${names.map((name) => flowText(str(name))).join(', ')}].`;
    case 'folder': {
      const inRun = old?.kind === 'str' ? `${old.value.replace(/\/+$/, '')}/{run_id}` : '{run_id}';
      const text = framework === 'generic' ? inRun : `\${${key.name}}`;
      return `Write 'controls: ${entries(flowText(str(text)))}'.`;
    }
    case 'control':
      return value
        ? `Write 'controls: ${entries(flowText(value))}', too.`
        : `Set ${names.join(', ')} under controls, too.`;
    case 'derived':
    case 'seed':
      return isName
        ? `Write 'derived: ${entries(key.name)}', too.`
        : `Set ${names.join(', ')}, too.`;
    case 'variable': {
      if (isNumber && isName) return `Write 'derived: ${entries(key.name)}'.`;
      if (isText) return `Write 'controls: ${entries(flowText(str(`{${key.name}}`)))}'.`;
      const list = `[${values.map(flowText).join(', ')}]`;
      const all = [key.name, ...names].map((name) => `${flowText(str(name))}: ${list}`).join(', ');
      return `Write 'sweep: {zip: [{${all}}]}' in place of the variable.`;
    }
    default:
      return `Set ${names.join(', ')} in the same place, too.`;
  }
}
