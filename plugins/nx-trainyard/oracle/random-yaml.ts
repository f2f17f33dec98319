import { Draw, each } from './draw';

/** Plain scalars, well-formed or not, in and between the dialects. */
const PLAIN = each(
  'a·b·x y·1·1.5·1e3·true·null·~·-1·0x1F·1:30·2001-12-14·a:b·a#b·-a·?a·:a·a?b·[a·a]·{a·a}·a,b',
  '%a·@a·`a·!a·*a·&a·|a·>a·\'a·"a·-·?·:·...·---·--- a·=·<<·é·😀·a - b·a: b·- a·? a·: a·a # c',
  'http://a.b/c?d=e#f·a\\nb·${a}·{{a}}',
);
const QUOTED = each(
  "''·'a'·'it''s'·'a\n b'·'a\n\n  b'·'# x'·\"\"·\"a\"·\"a\\nb\"·\"a\\\n  b\"",
  '"\\x41\\u263a\\U0001F600"·"\\ta\\/b\\e\\_\\N"·"\\q"·"\\x4"·"a\n b\n\n c"·\'\ta\'·"\\ud800"',
  '"a\\  \n b"·\'a\t\n b\'·"---\n..."·\'a\n---\n\'·"a":b·"a"b·\'a\'#b',
);
const HEADERS = each('|·>·|·>·|-·>-·|+·>+·|-·>-·|+·>+·|2·>1-·|-3·>+2·|0·|--·| # c·>x');
const BLOCK_LINES = each('text·  deeper·· ·more text·\ttab·# no comment·- x·end ·---');
const KEYS = each('a·b·k·1·<<·=·true·null·1.·-·long key·? a·"q"·[k]');
const TAGS = each('!!str·!!int·!!float·!!bool·!!null·!!map·!!seq·!!binary');
const ODD_TAGS = each('!·!a·!!set·!<tag:yaml.org,2002:str>·!!timestamp·!e!x·!!python/tuple');
const BREAKS = each('\n·\n·\r\n·\r·\u0085·\u2028·\u2029');
const INSERTS = each(
  ' ·  ·\t·:·: · :·-·- ·?·? ·,·, ·[·]·{·}·#· #·&a ·*a·!·!!str ·|·>·\'·"·%·@·`·\\·\n·\n\n·\n ',
  '\n  ·---·...·\n---\n·\n...\n·%YAML 1.1\n·<<: *a·\ufeff·\u0007·\u007f·\u0085·\u00a0·\u2028·😀',
  '\ud800·\ufffe·~·=·${x}·???·\r·\r\n·0·1_0·.·e5',
);

/** What a document has so far: aliases mostly name an anchor, and keys mostly differ. */
class Writer extends Draw {
  readonly #anchors: string[] = [];
  readonly #open: string[] = [];
  #keys = 0;

  /** Writes a node; what it anchors can be repeated after it, not inside. */
  node(write: () => string): string {
    const before = this.#open.length;
    const text = write();
    this.#anchors.push(...this.#open.splice(before));
    return text;
  }

  anchor(): string {
    if (this.chance(4)) return this.pick(['a1', 'x-1', 'b.c']);
    const name = `a${this.#anchors.length + this.#open.length + 1}`;
    this.#open.push(name);
    return name;
  }

  alias(): string {
    if (this.#anchors.length > 0) return `*${this.pick(this.#anchors)}`;
    return this.chance(3) ? '*nowhere' : 'x';
  }

  key(): string {
    const key = this.pick(this.chance(75) ? KEYS.slice(0, 4) : KEYS);
    if (this.chance(6)) return key;
    const suffix = this.#keys++;
    return key.endsWith('"') ? `"q${suffix}"` : `${key}${suffix}`;
  }
}

/** A YAML document from a seed, well-formed or nearly so. */
export function randomYaml(seed: number): string {
  const draw = new Writer(seed);
  let text = document(draw);
  const mutations = draw.chance(60) ? 0 : 1 + draw.below(3);
  for (let i = 0; i < mutations; i++) text = mutated(draw, text);
  if (draw.chance(8)) text = text.replaceAll('\n', draw.pick(BREAKS));
  return text;
}

function document(draw: Writer): string {
  const start = draw.chance(90)
    ? ''
    : draw.pick([
        '---\n',
        '--- ',
        '%YAML 1.1\n---\n',
        '%TAG !e! tag:x,1:\n---\n',
        '\ufeff',
        '# c\n\n',
      ]);
  const end = draw.chance(93)
    ? ''
    : draw.pick(['...\n', '---\n', '# end', '...\n# x\n', '\n\n', '--- b\n']);
  return `${start}${block(draw, 0, 0)}\n${end}`;
}

/** A node in block style behind `key:` or `- `; its first line goes on after that. */
function block(draw: Writer, indent: number, depth: number, inList = false): string {
  return draw.node(() => blockNode(draw, indent, depth, inList));
}

function blockNode(draw: Writer, indent: number, depth: number, inList: boolean): string {
  const properties = depth > 0 ? property(draw) : '';
  const kind = draw.below(depth > 2 ? 5 : 12);
  if (kind < 3) return `${properties}${scalar(draw)}`;
  if (kind < 4) return `${properties}${blockScalar(draw, indent)}`;
  if (kind < 5) return draw.chance(70) ? `${properties}${flow(draw, 0)}` : draw.alias();
  const pad = ' '.repeat(indent);
  const lines = draw.times(1 + draw.below(3), () =>
    kind < 10 ? pair(draw, indent, depth) : `${pad}- ${block(draw, indent + 2, depth + 1, true)}`,
  );
  const joint = draw.chance(90)
    ? '\n'
    : draw.pick(['\n\n', '\n# c\n', ' # c\n', `\n${pad}  # c\n`]);
  const body = lines.join(joint);
  const isCompact = draw.chance(inList ? 60 : 1) && properties === '';
  if (depth === 0) return body;
  return isCompact ? body.trimStart() : `${properties}\n${body}`;
}

function pair(draw: Writer, indent: number, depth: number): string {
  const pad = ' '.repeat(indent);
  const step = draw.chance(85) ? 2 : draw.pick([0, 1, 4]);
  if (draw.chance(5)) {
    return `${pad}? ${block(draw, indent + 2, depth + 2)}\n${pad}: ${block(draw, indent + 2, depth + 2)}`;
  }
  if (draw.chance(7)) return `${pad}<<: ${mergeValue(draw)}`;
  const key = `${draw.chance(4) ? property(draw) : ''}${draw.key()}`;
  return `${pad}${key}:${draw.chance(98) ? ' ' : ''}${block(draw, indent + step, depth + 1)}`;
}

function mergeValue(draw: Writer): string {
  const [one, other] = [draw.alias(), draw.alias()];
  return draw.pick([
    one,
    `[${one}, ${other}]`,
    '{a: 1, z: 2}',
    `[{a: 3}, ${one}]`,
    `[${one}]`,
    '1',
  ]);
}

function property(draw: Writer): string {
  if (draw.chance(80)) return '';
  const anchor = `&${draw.anchor()} `;
  const tag = `${draw.pick(draw.chance(70) ? ['!!str'] : draw.chance(70) ? TAGS : ODD_TAGS)} `;
  return draw.pick([anchor, anchor, anchor, tag, `${tag}${anchor}`, `${anchor}${tag}`]);
}

function scalar(draw: Writer): string {
  const text = draw.pick(draw.chance(75) ? PLAIN.slice(0, 13) : draw.chance(50) ? PLAIN : QUOTED);
  return draw.chance(90)
    ? text
    : `${text}${draw.pick([' # c', ' # c', ' # c', ' #', ' #', '  ', '  ', '\t', '\n          goes on', '\n\n            on'])}`;
}

function blockScalar(draw: Writer, indent: number): string {
  const pad = ' '.repeat(indent + draw.below(4));
  const lines = draw.times(draw.below(5), () => draw.pick(BLOCK_LINES));
  return [
    draw.pick(draw.chance(92) ? HEADERS.slice(0, 8) : HEADERS),
    ...lines.map((line) => (line === '' ? '' : pad + line)),
  ].join('\n');
}

function flow(draw: Writer, depth: number): string {
  const gap = draw.chance(85) ? ' ' : draw.pick(['', '\n  ', ' # c\n ', '\n', '  ']);
  const node = (): string => draw.node(flowNode);
  const flowNode = (): string => {
    if (depth < 3 && draw.chance(25)) return flow(draw, depth + 1);
    return draw.chance(10) ? draw.alias() : `${property(draw)}${scalar(draw)}`;
  };
  const entry = (): string => {
    const key = draw.chance(80) ? draw.key() : node();
    return draw.pick([
      `${key}: ${node()}`,
      `${key}: ${node()}`,
      `${key}:`,
      `${key}`,
      `? ${key} : ${node()}`,
    ]);
  };
  const isMap = draw.chance(50);
  const parts = draw.times(draw.below(4), () => (isMap || draw.chance(15) ? entry() : node()));
  const tail = draw.chance(8) ? ',' : '';
  return `${isMap ? '{' : '['}${parts.join(`,${gap}`)}${tail}${isMap ? '}' : ']'}`;
}

function mutated(draw: Writer, text: string): string {
  const at = draw.below(text.length + 1);
  const kind = draw.below(12);
  if (kind < 5) return text.slice(0, at) + draw.pick(INSERTS) + text.slice(at);
  if (kind < 7) return text.slice(0, at) + text.slice(at + 1 + draw.below(3));
  const lines = text.split('\n');
  const line = draw.below(lines.length);
  const old = lines[line] ?? '';
  if (kind < 8) lines.splice(line, 0, lines[draw.below(lines.length)] ?? '');
  else if (kind < 9) lines.splice(line, 1);
  else if (kind < 10) lines[line] = ' '.repeat(1 + draw.below(3)) + old;
  else if (kind < 11) lines[line] = old.replace(/^ {1,2}/, '');
  else
    lines[line] = old.replace(' ', draw.pick(['\t', '  ', '', ' \t', '\n', `${'x'.repeat(1030)}`]));
  return lines.join('\n');
}
