import type { Draw } from './draw';
import { each } from './draw';
import { randomInterpolation } from './random-interpolation';

/**
 * A piece of YAML before it is written: one line of text, a block scalar (its header and its lines),
 * or a collection in block style.
 */
export type Piece =
  | string
  | { readonly header: string; readonly lines: readonly string[] }
  | { readonly items: readonly Piece[] }
  | { readonly pairs: readonly (readonly [key: string, value: Piece])[] };

/** Writes a piece behind a `key:` or a `-`. */
export function writePiece(piece: Piece, indent: string): string {
  if (typeof piece === 'string') return ` ${piece}\n`;
  if ('header' in piece) {
    const lines = piece.lines.map((line) => (line === '' ? '\n' : `${indent}  ${line}\n`));
    return ` ${piece.header}\n${lines.join('')}`;
  }
  if ('items' in piece) {
    if (piece.items.length === 0) return ' []\n';
    return `\n${piece.items.map((item) => `${indent}-${writePiece(item, `${indent}  `)}`).join('')}`;
  }
  if (piece.pairs.length === 0) return ' {}\n';
  return `\n${writePairs(piece.pairs, `${indent}  `)}`;
}

export function writePairs(pairs: readonly (readonly [string, Piece])[], indent = ''): string {
  return pairs.map(([key, value]) => `${indent}${key}:${writePiece(value, indent)}`).join('');
}

/** Keys by what is usually below them, so that merges meet values of the same kind and others. */
export const MAP_KEYS = ['m', 'model', 'data'];
export const LIST_KEYS = ['l', 'items'];
export const SCALAR_KEYS = ['s', 't', 'name', 'lr'];
const ODD_KEYS = each("1·2·'1'·true·off·1.5·0x2·'n'·y·\"a b\"·ключ·a.b");

/** Plain scalars at which dialects of YAML part, and others that are merely common. */
const SCALARS = each(
  '0·1·-7·16·100_000·0x1F·0b11·017·08·1:30·0:30·+5·-0·1.0·0.5·1e-5·1e-06·1.0e-05',
  '2.9999999999999997e-05·1e16·.5·-.5·100000000.0·.inf·-.inf·.nan·1_0.5·1e5',
  '12345678901234567890·1.·true·False·yes·off·y·N·null·~·None·Null·2.2.1·2001-12-14·text·a b',
  "a:b·x#y·naïve·😀·a\\b·$HOME·http://x/y?z=1·x@y·''·'it''s'·\"a\\tb\"·\"\\u263a\"·'16'",
  "'true'·'null'·\" \"·'- x'·\"\\n\"·[]·{}·[1, a, 1e3]·{p: 1, q: [x]}·[[1], {a: b}]",
  '[\'${s}\', 2]·{1: a, b: c}·!!str 1·!!float 1·!!int "7"·a  # comment·"x" # y·!!binary aGk=',
);

const BLOCKS: readonly Piece[] = [
  { header: '|', lines: ['one', 'two'] },
  { header: '|-', lines: ['one', '', '  two'] },
  { header: '>', lines: ['folded', 'text', '', 'more'] },
  { header: '>+', lines: ['keep', ''] },
  { header: '|2-', lines: [' in', 'out'] },
  { header: 'plain text', lines: ['goes on'] },
  { header: '"quoted', lines: ['goes on"'] },
];

export function randomScalar(draw: Draw): Piece {
  return draw.chance(6) ? draw.pick(BLOCKS) : draw.pick(SCALARS);
}

function randomList(draw: Draw, depth: number): Piece {
  return { items: draw.times(draw.below(4), () => randomItem(draw, depth)) };
}

function randomItem(draw: Draw, depth: number): Piece {
  const kind = draw.below(10);
  if (kind < 5 || depth > 2) return randomScalar(draw);
  if (kind < 8) return randomInterpolation(draw, true);
  return kind === 8 ? randomList(draw, depth + 1) : '{a: 1, b: x}';
}

export function randomMap(draw: Draw, depth: number, bold: boolean): Piece {
  return { pairs: randomPairs(draw, depth, bold) };
}

/** The pairs of a mapping: two keys are never the same string. */
export function randomPairs(
  draw: Draw,
  depth: number,
  bold: boolean,
): (readonly [string, Piece])[] {
  // Most roots have most keys, so that most interpolations lead somewhere.
  const isFull = depth === 0 && draw.chance(40);
  const keys = [
    ...(isFull ? SCALAR_KEYS : draw.some(SCALAR_KEYS, 3)),
    ...(isFull ? LIST_KEYS : draw.some(LIST_KEYS, 1)),
    ...(isFull ? MAP_KEYS : depth < 3 ? draw.some(MAP_KEYS, depth === 0 ? 3 : 1) : []),
    ...(draw.chance(25) ? draw.some(ODD_KEYS, 2) : []),
  ];
  if (bold && draw.chance(1)) keys.push(draw.pick([...keys, 'null', '=', '~', '[1]']));
  return keys.map((key) => [key, randomValue(draw, key, depth, bold)] as const);
}

function randomValue(draw: Draw, key: string, depth: number, bold: boolean): Piece {
  if (draw.chance(2)) return "'???'";
  if (bold && draw.below(250) === 0)
    return draw.pick(['"${"', "'${a'", '${s', '&a [*a]', "'${s'", '[a?b]']);
  if (bold && draw.chance(5)) return draw.pick([randomMap, randomList])(draw, depth + 1, bold);
  // At the root of a recipe an interpolation that leads nowhere refuses the whole recipe.
  if (draw.chance(depth === 0 ? 4 : 25)) return randomInterpolation(draw);
  if (MAP_KEYS.includes(key)) {
    return draw.chance(88)
      ? randomMap(draw, depth + 1, bold)
      : draw.pick(['null', '{}', '1', '???']);
  }
  if (LIST_KEYS.includes(key)) {
    return draw.chance(90) ? randomList(draw, depth) : draw.pick(['null', '[]', 'x', '???']);
  }
  return randomScalar(draw);
}
