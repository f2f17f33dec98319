import type { Draw } from './draw';
import { each } from './draw';

/** A config file of a tree, before it has a text. */
export interface Fragment {
  /** Path of its group from the root of the search path; '' for the primary's folder. */
  readonly group: string;
  readonly option: string;
}

/** What is known about a whole tree while its defaults lists are made. */
export interface Scope {
  readonly draw: Draw;
  readonly fragments: readonly Fragment[];
  /** Whether to write what is usually refused, too. */
  readonly bold: boolean;
  /** Override keys of groups that some list mounts at their own package, for `override`. */
  readonly packaged: Set<string>;
  packages: number;
}

const PACKAGES = each('m·m.m·model·recipes·_here_·_group_·_group_.x·_name_·a[b].c');
const GLOBAL = ['_global_', '_global_.m', '_global_.recipes'];

/** The group of a fragment as a list in another fragment may name it. */
function groupFrom(from: Fragment, to: Fragment, draw: Draw): { group: string; far: boolean } {
  const below = from.group === '' ? to.group : to.group.slice(from.group.length + 1);
  const isBelow = from.group === '' || to.group.startsWith(`${from.group}/`);
  if (isBelow && draw.chance(75)) return { group: below, far: false };
  if (from.group === '' || draw.chance(70)) return { group: `/${to.group}`, far: true };
  return { group: `${'../'.repeat(from.group.split('/').length)}${to.group}`, far: true };
}

/** Where an item is mounted: mostly at a package that no other item has. */
function packageOf(scope: Scope, far: boolean): string | undefined {
  const { draw } = scope;
  if (draw.chance(far ? 30 : 45)) return undefined;
  if (draw.chance(70)) return `p${scope.packages++}`;
  return draw.pick(draw.chance(12) ? GLOBAL : PACKAGES);
}

/** An item that mounts a fragment, as YAML behind its dash. */
function itemFor(
  scope: Scope,
  from: Fragment,
  to: Fragment,
  siblings: readonly Fragment[],
): string {
  const { draw } = scope;
  if (to.group === from.group && draw.chance(80)) {
    const pkg = draw.chance(30) ? `@${packageOf(scope, false) ?? '_here_'}` : '';
    return draw.chance(50) || from.group === ''
      ? `${to.option}${pkg}`
      : `/${to.group}/${to.option}${pkg}`;
  }
  const { group, far } = groupFrom(from, to, draw);
  let pkg = packageOf(scope, far);
  if (draw.chance(25)) return `${group}/${to.option}${pkg === undefined ? '' : `@${pkg}`}`;
  // A group has one option at one package in the whole tree, so a second mount needs another.
  if (pkg === undefined && scope.packaged.has(to.group) && !scope.bold)
    pkg = `p${scope.packages++}`;
  if (pkg === undefined) scope.packaged.add(to.group);
  const optional = draw.chance(10) ? 'optional ' : '';
  const at = pkg === undefined ? '' : `@${pkg}`;
  return `${optional}${group}${at}: ${choiceOf(scope, to, siblings, optional !== '')}`;
}

function choiceOf(
  scope: Scope,
  to: Fragment,
  siblings: readonly Fragment[],
  optional: boolean,
): string {
  const { draw, bold } = scope;
  const kind = draw.below(100);
  const known = siblings.find(({ option }) => option === to.option);
  if (optional && kind < 50) return 'absent';
  if (kind < 6) return 'null';
  if (kind < 12) return `[${to.option}]`;
  if (kind < 16) return '[]';
  if (kind < 20 && known) return `\${${known.group}}`;
  if (kind < 22) return `${to.option}.yaml`;
  if (bold && kind < 30) return draw.pick(ODD_CHOICES);
  return to.option;
}

/** Choices that are wrong, or odd and right. */
const ODD_CHOICES = each(
  "'???'·absent·7·${nope}·{a: b}·[1]·_self_·${g}·${defaults[0].g}·'${'·${defaults[1].h}",
  "${defaults.1.g}·${oc.env:TRAINYARD_ORACLE}·['${g}']·${g/k}",
);

/** Items that are wrong, or odd and right. */
const ODD_ITEMS = each(
  "_self_·_self_@m·7·null·{}·[x]·{a: b, c: d}·'???'·optional nope·nope·foo g: a",
  "override nope: x·optional nope: x·g@m:other: a·'@m'·/config·config·g/${g}@z·${defaults[0]}@z",
  "x_${defaults[1]}·g: '${'·override g: ${h}·${",
);

/**
 * A `defaults` list that mounts fragments which come later in the tree, so that no list leads back
 * to itself; undefined for a file without one.
 */
export function randomDefaults(
  scope: Scope,
  from: Fragment,
  later: readonly Fragment[],
): string | undefined {
  const { draw, bold } = scope;
  const isPrimary = from.group === '' && from.option === 'config';
  if (!isPrimary && draw.chance(45)) return undefined;
  if (bold && draw.chance(3)) return draw.pick(['null', '{}', 'x', '{a: b}', '7']);
  const targets = draw.some(bold && draw.chance(4) ? scope.fragments : later, isPrimary ? 5 : 3);
  const items = targets.map((to) => itemFor(scope, from, to, targets));
  if (bold && draw.chance(15)) items.splice(draw.below(items.length + 1), 0, draw.pick(ODD_ITEMS));
  const self = draw.below(10);
  if (self < 5) items.push('_self_');
  else if (self < 7) items.unshift('_self_');
  else if (self < 8) items.splice(draw.below(items.length + 1), 0, '_self_');
  for (const key of draw.chance(isPrimary ? 30 : 8) ? [...scope.packaged] : []) {
    if (!draw.chance(40)) continue;
    const options = scope.fragments.filter(({ group }) => group === key);
    const option = options.length > 0 ? draw.pick(options).option : 'absent';
    const group = from.group === '' ? key : `/${key}`;
    items.push(`override ${group}: ${draw.pick([option, option, `[${option}]`, 'null'])}`);
  }
  return items.length === 0 ? '[]' : `\n${items.map((item) => `  - ${item}\n`).join('')}`;
}
