import type { Draw } from './draw';

/** What can stand in a place of a config without a kind problem. Only a `text` may be neither null nor empty. */
export type Kind = 'number' | 'str' | 'text' | 'bool' | 'list' | 'map' | 'null' | 'any';

const NUMBERS = [
  ...[
    '0',
    '1',
    '-7',
    '16',
    '3e-4',
    '1e-5',
    '1e-05',
    '2.9999999999999997e-05',
    '1.0',
    '0.1',
    '1e16',
    '1e22',
  ],
  ...[
    '12345678901234567890',
    '-0.0',
    '.5',
    '1_000',
    '0x1F',
    '017',
    '1:30',
    '.inf',
    '-.inf',
    '.nan',
    '5e-324',
  ],
  ...[
    '100000000.0',
    '1.7976931348623157e308',
    '+12e03',
    '0b11',
    '190:20:30.15',
    '1.',
    '-1_0.5',
    '0.30000000000000004',
  ],
];
const STRINGS = [
  ...[
    'text',
    'a b',
    "''",
    '"16"',
    "'1e-5'",
    "'true'",
    "'null'",
    "'~'",
    "'off'",
    "'017'",
    "'1:30'",
    "'1_000'",
  ],
  ...[
    '2001-12-14',
    "'2001-12-14'",
    "'None'",
    'None',
    "'it''s'",
    '"a\\nb"',
    '"a\\nb\\n"',
    '"\\n"',
    '" lead"',
  ],
  ...[
    '"trail "',
    '"tab\\there"',
    "'# no comment'",
    "'a: b'",
    "'- x'",
    "'[x'",
    "'{x}'",
    "'a, b'",
    "'%x'",
    "'@x'",
  ],
  ...[
    'naïve',
    '😀',
    '"\\u2028x"',
    "'\\ back'",
    '"$HOME `id` $(id)"',
    "'a=b'",
    "'x=y=z'",
    '"a\\\\\'b"',
    "'.nan'",
  ],
  ...[
    "'0x1F'",
    "'='",
    "'<<'",
    "'?'",
    "'-'",
    "'!x'",
    "'&x'",
    "'*x'",
    "'|'",
    '"a\\r\\nb"',
    '"\\x07"',
    "'1.'",
  ],
  ...[
    "'x  y'",
    "'a #b'",
    "'a:'",
    '/path/to/data.json',
    'torch.float32',
    '"${zz_none}/x"',
    "'${oc.env:HOME}'",
  ],
  ...[
    `'${'long words '.repeat(12)}end'`,
    '"  two\\n    deeper\\n"',
    '"para\\n\\npara"',
    "'1e5'",
    "'---'",
    "'...'",
  ],
  ...[
    '"{{x}} {% if y %} {z}"',
    "'y'",
    "'N'",
    '"a\\\\nb"',
    '"é\\u0301"',
    "'a\\''b'",
    '"ends with \\\\"',
    "'a,b=c'",
  ],
];
const LISTS = [
  ...[
    '[]',
    '[1, 2]',
    '[q_proj, v_proj]',
    '[1.0, 1e-8]',
    "['1', 'true', null]",
    '[[1], [a, [b]]]',
    '[{a: 1}, {b: }]',
  ],
  ...[
    '[0.9, 0.999]',
    '["a, b", "c: d", "{e}"]',
    "['a=b', \"x'y\"]",
    '[{a: [1, {b: 1e-5}]}, []]',
    '["a\\nb", 2]',
  ],
  ...[`[${Array.from({ length: 30 }, (_, n) => `model-${n}.safetensors`).join(', ')}]`],
];
const MAPS = [
  ...['{}', '{zz_a: 1}', "{zz_a: 1e-5, zz_b: '1'}", '{zz_m: {zz_n: [1, 2], zz_o: {}}}'],
  ...['{zz_l: [{p: 1}, {q: null}]}', '{zz_m: {zz_n: null}}', '{zz_long: "line\\nline", zz_e: ""}'],
  ...['{filename_format: "m-{}-of-{}", max_filename: "00030"}', '{zz_a: {}, zz_b: []}'],
];
/** Mappings whose keys not every program's arguments can name. */
const ODD_MAPS = [
  ...["{'1': a, 'true': b, '': c}", "{zz_l: [{'x=y': 1}], \"it's\": 2}", '{1: a, 2.5: b}'],
  "{'a b': x, 'c: d': y}",
];
const POOLS: Readonly<Record<Exclude<Kind, 'any'>, readonly string[]>> = {
  number: NUMBERS,
  str: STRINGS,
  text: STRINGS.filter((text) => text !== "''"),
  bool: ['true', 'false', 'True', 'off', 'yes'],
  list: LISTS,
  map: MAPS,
  null: ['null', '~', '!!null ""'],
};

type PoolKind = keyof typeof POOLS;
const POOL_KINDS = Object.keys(POOLS) as PoolKind[];

/** A value as it stands in brackets, of a kind that fits. */
export function randomValueOf(draw: Draw, kind: Kind, oddKeys: boolean): string {
  const of = kind === 'any' ? draw.pick(POOL_KINDS) : kind;
  if (of === 'map' && oddKeys && draw.chance(40)) return draw.pick(ODD_MAPS);
  const isNull = kind !== 'any' && kind !== 'text' && draw.chance(7);
  return isNull ? draw.pick(POOLS.null) : draw.pick(POOLS[of]);
}

/** Numbers with which arithmetic stays in the range where all agree on every digit. */
export const SMALL_NUMBERS = ['1', '2', '8', '16', '64', '0.5', '2.0', '3e-4', '-3', '1e-5', '100'];
