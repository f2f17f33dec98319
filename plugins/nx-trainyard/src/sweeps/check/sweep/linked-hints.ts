import { flowText } from '../../../yaml/writer/inline-text';
import { writePath } from '../../../yaml/value/key-path';
import { isWithin, valueAt } from '../../../yaml/value/value-path';
import type { YamlMap, YamlValue } from '../../../yaml/value/value';
import { str } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import { referenceTo } from '../../bases/base';
import { kindOf } from '../../plan/keys/kind-of';
import { howToAllow } from '../../plan/keys/unknown-keys';
import type { Experiment, WrittenKey } from '../../experiment/experiment';
import type { Use } from '../../plan/keys/conflicts';

type Path = readonly string[];

/** What an experiment sets under one key. */
export interface Setter {
  readonly key: WrittenKey;
  readonly by: Use['by'] | 'delete' | 'folder';
  readonly values: YamlValue[];
  /** What the values mean there. */
  readonly meant: YamlValue[];
  /** Where its values go. */
  readonly root: Path;
  /** What it sets, and what of this it changes. */
  readonly set: Path[];
  readonly paths: Path[];
}

/** A place that changes, and one that says the same in the base and does not change. */
export interface Link {
  readonly from: Path;
  readonly to: Path;
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
  path.length > end.length && isWithin(path.slice(-end.length), end);

/** A place that has what a setter gives to a part of what it sets, such as an item of a list. */
interface Part {
  readonly name: string;
  readonly values: readonly YamlValue[];
  /** Whether the base has another kind of value there. */
  readonly isOther: boolean;
}

/** The places whose part of a setter's values there is. */
function partsOf({ root, meant }: Setter, links: readonly Link[], base: YamlMap): Part[] {
  return links.flatMap(({ from, to }) => {
    const values = meant.flatMap((value) => valueAt(value, from.slice(root.length)) ?? []);
    if (values.length < meant.length) return [];
    const old = valueAt(base, to);
    const kind = old && kindOf(old);
    const isOther = values.some((value) => {
      const own = kindOf(value);
      return kind !== undefined && own !== undefined && own !== kind;
    });
    return [{ name: writePath(to), values, isOther }];
  });
}

const listOf = (values: readonly YamlValue[]): string => `[${values.map(flowText).join(', ')}]`;
const keyOf = (name: string): string => flowText(str(name));

/** What to write so that all places have the value. */
export function hintFor(
  setter: Setter,
  links: readonly Link[],
  base: SweepBase,
  experiment: Experiment,
): string {
  const { key, by, values, root } = setter;
  const isPart = links.some(({ from }) => setter.paths.every((path) => path.length < from.length));
  const isGiven = by !== 'delete' && by !== 'folder' && by !== 'derived' && by !== 'seed';
  const parts = isGiven && (isPart || by === 'control') ? partsOf(setter, links, base.value) : [];
  const keep = `To keep the base's value there, ${howToAllow(key.name, experiment, 'linked-in-base')}.`;
  if (isGiven && isPart && parts.length === 0) return keep;
  const rest = parts.length < links.length ? ` ${keep}` : '';
  const others = parts.filter(({ isOther }) => isOther).map(({ name }) => keyOf(name));
  const replace = others.length > 0 ? ` and 'replace: [${others.join(', ')}]'` : '';
  if (by === 'control') {
    const entries = parts.map(
      (part) => `${keyOf(part.name)}: ${part.values.slice(0, 1).map(flowText).join('')}`,
    );
    return `Write 'controls: {${entries.join(', ')}}'${replace}, too.${rest}`;
  }
  if (isPart && by === 'variable') {
    const entries = [`${keyOf(key.name)}: ${listOf(values)}`].concat(
      parts.map((part) => `${keyOf(part.name)}: ${listOf(part.values)}`),
    );
    return `Write 'sweep: {zip: [{${entries.join(', ')}}]}'${replace} in place of the variable.${rest}`;
  }
  if (isGiven && isPart) {
    const entries = parts.map(
      (part) => `${keyOf(part.name)}: ${part.values.map(flowText).join(' or ')}`,
    );
    return `Set ${entries.join(', ')} in the same place, too${replace.replace(' and', ', and write')}.${rest}`;
  }
  const to = links.map((link) => link.to);
  const names = namesToSet(setter, to);
  if (!names) return 'Vary the keys of the mapping one by one, and set these keys, too.';
  const entries = (value: string): string =>
    `{${names.map((name) => `${keyOf(name)}: ${value}`).join(', ')}}`;
  const isNumber = values.every(({ kind }) => kind === 'int' || kind === 'float');
  const isText = values.every(({ kind }) => kind === 'str');
  const isName = /^[A-Za-z_]\w*(?:\.\w+)*$/.test(key.name);
  switch (by) {
    case 'delete':
      return `List them under 'delete', too: [${names.map(keyOf).join(', ')}].`;
    case 'folder': {
      const old = valueAt(base.value, to[0] ?? []);
      const inRun = old?.kind === 'str' ? `${old.value.replace(/\/+$/, '')}/{run_id}` : '{run_id}';
      const text = base.framework === 'generic' ? inRun : referenceTo(root, base.framework);
      return `Write 'controls: ${entries(flowText(str(text)))}'.`;
    }
    case 'derived':
    case 'seed':
      return isName
        ? `Write 'derived: ${entries(key.name)}', too.`
        : `Set ${names.join(', ')}, too.`;
    case 'variable': {
      if (isNumber && isName) return `Write 'derived: ${entries(key.name)}'.`;
      if (isText) return `Write 'controls: ${entries(flowText(str(`{${key.name}}`)))}'.`;
      const all = [key.name, ...names].map((name) => `${keyOf(name)}: ${listOf(values)}`);
      return `Write 'sweep: {zip: [{${all.join(', ')}}]}' in place of the variable.`;
    }
    default:
      return `Set ${names.join(', ')} in the same place, too.`;
  }
}
