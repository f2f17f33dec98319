import type { Draw } from './draw';
import { each } from './draw';
import type { Scope } from './random-defaults';

const KEYS = each('s·t·name·m.s·m.t·model.lr·model·m·l·data.l·new·new.k');

const VALUES = each(
  '1·-2·1.0·1e-5·true·False·null·text·a b·\'it\'·"q r"··???·[1,2]·[a,[b]]·{a:1}·{a:1,b:{c:x}}',
  "[]·{}·${s}·${oc.select:m.s,1}·1_000·010·a:b·x/y·'${t}'·12345678901234567890·a\\,b·nan",
  '[null,1.5]·x@y',
);

/** Command-line overrides: of values, and of the groups that the tree has. */
export function randomOverrides({ draw, fragments, packaged, bold }: Scope): string[] {
  const groups = fragments.filter(({ group }) => group !== '');
  return draw.times(1 + draw.below(3), () => {
    if (groups.length > 0 && draw.chance(40)) {
      const { group, option } = draw.pick(groups);
      const known = [...packaged];
      const target = known.length > 0 && !(bold && draw.chance(20)) ? draw.pick(known) : group;
      const own = groups.find((fragment) => fragment.group === target)?.option ?? option;
      return groupOverride(draw, target, own, group);
    }
    if (bold && draw.chance(20))
      return draw.pick(['s', '=1', 's=1,2', 's=[', 'm.s@p=1', '++=', '~nope']);
    return valueOverride(draw);
  });
}

function groupOverride(draw: Draw, packaged: string, option: string, other: string): string {
  const kind = draw.below(12);
  if (kind < 6) return `${packaged}=${option}`;
  if (kind < 7) return `${packaged}=[${option}]`;
  if (kind < 9) return `~${packaged}`;
  if (kind < 10) return `+${other}@q${draw.below(3)}=${option}`;
  if (kind < 11) return `~${packaged}=${option}`;
  return draw.pick([
    `+${other}=${option}`,
    `++${packaged}=${option}`,
    `${packaged}@m=${option}`,
    `${packaged}=null`,
  ]);
}

function valueOverride(draw: Draw): string {
  const key = draw.pick(KEYS);
  const kind = draw.below(12);
  if (kind < 6) return `++${key}=${draw.pick(VALUES)}`;
  if (kind < 8) return `+new${draw.below(9)}.k=${draw.pick(VALUES)}`;
  if (kind < 9) return `+${key}=${draw.pick(VALUES)}`;
  if (kind < 11) return `${key}=${draw.pick(VALUES)}`;
  return `~${key}`;
}
