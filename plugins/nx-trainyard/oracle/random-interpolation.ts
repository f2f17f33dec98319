import type { Draw } from './draw';

/** An environment variable that both sides are given, and one that neither has. */
export const SET_VARIABLE = 'TRAINYARD_ORACLE';
export const UNSET_VARIABLE = 'TRAINYARD_ORACLE_UNSET';
export const ORACLE_ENV = { [SET_VARIABLE]: '0x1F' };

const PATHS = [
  ...['s', 't', 'name', 'lr', 'm', 'm.s', 'm.t', 'm.m.s', 'model', 'model.name', 'model.lr', 'data'],
  ...['data.l', 'l', 'l[0]', 'l.1', 'items', 'items[1]', 'm[s]', 'recipes.m.s', 'recipes.model'],
  ...['recipes.s', 'm.1', 'p1.s', 'nope', 'm.nope.s', 'a.b'],
];
const RELATIVE = ['.s', '.t', '.name', '.lr', '..s', '..m', '..model.name', '.m', '.l[0]', '...s'];

function path(draw: Draw): string {
  return draw.pick(draw.chance(60) ? PATHS : RELATIVE);
}

const ELEMENTS = [
  ...['null', 'true', 'False', '7', '-1', '1.5', '1e-3', '.5', '010', 'a b', 'x/y-z', "'q'", '"q,r"'],
  ...['[]', '{}', '[1,a]', '{a:1,b:[x]}', "'${s}'", '[${s},${.t}]', '{k:${m.s}}', 'a\\,b', '1_000'],
];

const RESOLVERS: readonly ((draw: Draw) => string)[] = [
  (draw) => `oc.select:${path(draw)}`,
  (draw) => `oc.select:${path(draw)},${draw.pick(ELEMENTS)}`,
  (draw) => `oc.select:${path(draw)}, ${draw.pick(ELEMENTS)}`,
  () => `oc.env:${SET_VARIABLE}`,
  (draw) => `oc.env:${draw.pick([SET_VARIABLE, UNSET_VARIABLE])},${draw.pick(ELEMENTS)}`,
  () => `oc.decode:\${oc.env:${SET_VARIABLE}}`,
  (draw) => `oc.decode:${draw.pick(["'[1, ${s}]'", '"1e3"', "'a b'", 'null', "'{x: ${lr}}'", '7'])}`,
  (draw) => `oc.create:${draw.pick(ELEMENTS)}`,
  (draw) => `oc.dict.keys:${draw.pick(['m', 'model', 'data', '..m', 'recipes'])}`,
  (draw) => `oc.dict.values:${draw.pick(['m', 'model', 'data', '..m'])}`,
  (draw) => `oc.deprecated:${path(draw)}`,
  () => 'unknown:1',
];

function reference(draw: Draw): string {
  const kind = draw.below(20);
  if (kind < 12) return `\${${path(draw)}}`;
  if (kind < 18) return `\${${draw.pick(RESOLVERS)(draw)}}`;
  return draw.pick(['${m.${t}}', '${${name}}', '${ s }', '${oc.${t}:s}', '${m[${t}]}']);
}

/** A string with one or more interpolations, as it stands in YAML. */
export function randomInterpolation(draw: Draw): string {
  const text = draw.chance(70) ? reference(draw) : concatenation(draw);
  return quoted(draw, text);
}

function concatenation(draw: Draw): string {
  const parts = ['', 'a-', '/x/', ' and ', '$', '\\', '\\\\', ': ', 'ü'];
  const middle = draw.chance(15) ? `\\${reference(draw)}` : reference(draw);
  const end = draw.chance(30) ? reference(draw) : draw.pick(parts);
  return `${draw.pick(parts)}${middle}${draw.pick(parts)}${end}`;
}

/** In single quotes every text is itself; plain is what people write. */
function quoted(draw: Draw, text: string): string {
  const isPlain = /^\$\{[\w.:,[\]${}]*\}$/.test(text);
  return isPlain && draw.chance(60) ? text : `'${text.replaceAll("'", "''")}'`;
}
