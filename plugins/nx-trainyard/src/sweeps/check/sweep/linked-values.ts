import type { Diagnostic, Location } from '../../../diagnostics';
import { warning } from '../../../diagnostics';
import { identical } from '../../../yaml/value/identical';
import { writePath } from '../../../yaml/value/key-path';
import { Links } from '../../../yaml/reader/links';
import { isWithin, meet, valueAt } from '../../../yaml/value/value-path';
import type { YamlMap } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { Targets } from '../../plan/keys/targets';
import { usesOf } from '../../plan/keys/uses';
import type { Experiment, WrittenKey } from '../../experiment/experiment';
import type { Assignment } from '../../plan/overlay';
import { segmentOf } from '../../plan/overlay';
import { formatValue } from '../../../yaml/writer/format-value';
import type { Link, Setter } from './linked-hints';
import { hintFor } from './linked-hints';

type Path = readonly string[];

/** More places than these are counted, not named. */
const NAMED = 20;

/**
 * What the base says in one place for several (anchors, aliases, `<<`), and the experiment sets at
 * some of them only: the others keep what the base says.
 *
 * @param folder where runs write
 */
export function linkedValues(
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
      .filter(({ to }) => !set.some((other) => meet(to, other)))
      .filter(({ from }) => changes(from, setter, base.value));
    const others = [...new Map(left.map((link) => [writePath(link.to), link])).values()];
    if (!first || others.length === 0) return [];
    const source = links.locationOf(first) ?? links.locationOf(first.slice(0, -1));
    return [warningOf(setter, others, base, source, experiment)];
  });
}

/** Whether what is set changes a part of it, such as one item of a list. */
function changes(from: Path, { root, meant }: Setter, base: YamlMap): boolean {
  const old = valueAt(base, from);
  return (
    !old ||
    meant.length === 0 ||
    meant.some((value) => {
      const now = valueAt(value, from.slice(root.length));
      return !now || !identical(old, now);
    })
  );
}

/** Where else what changes with a path stands: the value itself, or a part of one that is replaced. */
function linkedTo(path: Path, links: Links): readonly Link[] {
  const own = links.othersOf(path);
  if (own.length > 0) return own.map((to) => ({ from: path, to }));
  return links
    .below(path)
    .flatMap((below) => linkedTo(below, links))
    .filter(({ to }) => !isWithin(to, path));
}

/** Who deletes a link itself means it alone; a key of what is linked is deleted at one place only. */
function linkedToDeleted(path: Path, links: Links): readonly Link[] {
  return links.isLink(path) ? [] : links.othersOf(path).map((to) => ({ from: path, to }));
}

function settersOf(
  experiment: Experiment,
  base: SweepBase,
  targets: Targets,
  folder: Path | undefined,
) {
  const setters = new Map<string, Setter>();
  const setterOf = (key: WrittenKey, by: Setter['by'], root: Path): Setter => {
    const id = `${by} ${key.name}`;
    const setter = setters.get(id) ?? { key, by, root, values: [], meant: [], set: [], paths: [] };
    setters.set(id, setter);
    return setter;
  };
  for (const { key, value, by } of usesOf(experiment)) {
    const assignment = targets.assignment(key.name, value);
    if (!assignment) continue;
    const setter = setterOf(key, by, assignment.path);
    setter.values.push(value);
    // Which number is derived, the rows decide.
    if (by !== 'derived') setter.meant.push(assignment.value);
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
    set.some((path) => folder && isWithin(folder, path)),
  );
  if (folder && experiment.output.perRunOutputDir && !isSet) {
    const { outputDirKey, base: reference } = experiment.frameworkConfig;
    const { location } = outputDirKey && outputDirKey !== 'none' ? outputDirKey : reference;
    if (valueAt(base.value, folder)?.kind === 'str') {
      add(setterOf({ name: writePath(folder), location }, 'folder', folder), folder);
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

function warningOf(
  setter: Setter,
  links: readonly Link[],
  base: SweepBase,
  source: Location | undefined,
  experiment: Experiment,
): Diagnostic {
  const others = links.map(({ to }) => to);
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
  const kept = isScalar && isOne ? ` ${formatValue(old)}` : ` the old value${isOne ? '' : 's'}`;
  const what = old ? kept : ' none';
  const done = { delete: 'is deleted', folder: 'differs from run to run' };
  const does = setter.by in done ? done[setter.by as keyof typeof done] : 'is set';
  const message = `'${setter.key.name}' ${does}, but ${named} ${keeps}${what}: the base links them`;
  return warning('linked-in-base', message, {
    location: setter.key.location,
    hint: hintFor(setter, links, base, experiment),
    keys: [...new Set([setter.key.name, writePath(setter.root)])],
    keysOfEach: names.map((name) => [name]),
    ...(source && {
      related: [{ message: 'here the base says it for all of them', location: source }],
    }),
  });
}
