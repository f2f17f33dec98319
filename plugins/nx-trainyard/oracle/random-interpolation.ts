import type { Draw } from './draw';
import { each } from './draw';

/** An environment variable that both sides are given, and one that neither has. */
export const SET_VARIABLE = 'TRAINYARD_ORACLE';
export const UNSET_VARIABLE = 'TRAINYARD_ORACLE_UNSET';
export const ORACLE_ENV = { [SET_VARIABLE]: '0x1F' };

const COMMON = each('s·t·name·lr·m·l·items·model·data·.s·.t·.name·.lr');
const PATHS = each(
  'm.s·m.t·m.m.s·model.name·model.lr·m.l·data.l·l[0]·l.1·items[1]·m[s]·recipes.m.s',
  'recipes.model·recipes.s·m.1·p1.s·nope·m.nope.s·a.b·..s·..m·..model.name·.m·.l[0]·...s',
  'm.l[-1]·l.x',
);

function path(draw: Draw): string {
  return draw.pick(draw.chance(65) ? COMMON : PATHS);
}

/** A path as the argument of a resolver, where brackets make lists. */
function dotted(draw: Draw): string {
  return path(draw).replace(/\[(.*)\]/, '.$1');
}

const ELEMENTS = each(
  "null·true·False·7·-1·1.5·1e-3·.5·010·a b·x/y-z·'q'·\"q,r\"·[]·{}·[1,a]·{a:1,b:[x]}·'${s}'",
  '[${s},${.t}]·{k:${m.s}}·a\\,b·1_000',
);

const RESOLVERS: readonly ((draw: Draw) => string)[] = [
  (draw) => `oc.select:${dotted(draw)}`,
  (draw) => `oc.select:${dotted(draw)},${draw.pick(ELEMENTS)}`,
  (draw) => `oc.select:${dotted(draw)}, ${draw.pick(ELEMENTS)}`,
  () => `oc.env:${SET_VARIABLE}`,
  (draw) => `oc.env:${draw.pick([SET_VARIABLE, UNSET_VARIABLE])},${draw.pick(ELEMENTS)}`,
  () => `oc.decode:\${oc.env:${SET_VARIABLE}}`,
  (draw) =>
    `oc.decode:${draw.pick(["'[1, ${s}]'", '"1e3"', "'a b'", 'null', "'{x: ${lr}}'", '7'])}`,
  (draw) => `oc.create:${draw.pick(ELEMENTS)}`,
  (draw) => `oc.dict.keys:${draw.pick(['m', 'model', 'data', '..m', 'recipes'])}`,
  (draw) => `oc.deprecated:${dotted(draw)}`,
  () => 'unknown:1',
];

/** Not for the values of mappings: OmegaConf refuses to merge a scalar over what this gives. */
const LIST_RESOLVERS: typeof RESOLVERS = [
  ...RESOLVERS,
  (draw) => `oc.dict.values:${draw.pick(['m', 'model', 'data', '..m'])}`,
];

function reference(draw: Draw, inList: boolean): string {
  const kind = draw.below(20);
  if (kind < 12) return `\${${path(draw)}}`;
  if (kind < 18) return `\${${draw.pick(inList ? LIST_RESOLVERS : RESOLVERS)(draw)}}`;
  return draw.pick(['${m.${t}}', '${${name}}', '${ s }', '${oc.${t}:s}', '${m[${t}]}']);
}

/** A string with one or more interpolations, as it stands in YAML. */
export function randomInterpolation(draw: Draw, inList = false): string {
  const text = draw.chance(70) ? reference(draw, inList) : concatenation(draw);
  return quoted(draw, text);
}

function concatenation(draw: Draw): string {
  const parts = ['', 'a-', '/x/', ' and ', '$', '\\', '\\\\', ': ', 'ü'];
  const middle = draw.chance(15) ? `\\${reference(draw, false)}` : reference(draw, false);
  const end = draw.chance(30) ? reference(draw, false) : draw.pick(parts);
  return `${draw.pick(parts)}${middle}${draw.pick(parts)}${end}`;
}

/** In single quotes every text is itself; plain is what people write. */
function quoted(draw: Draw, text: string): string {
  const isPlain = /^\$\{[\w.:,[\]${}]*\}$/.test(text);
  return isPlain && draw.chance(60) ? text : `'${text.replaceAll("'", "''")}'`;
}
