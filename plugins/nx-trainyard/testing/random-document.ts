/** Draws a number below `n`. */
export type Draw = (n: number) => number;

export function pick<T>(draw: Draw, choices: readonly T[]): T {
  return choices[draw(choices.length)] as T;
}

const KEYS = ['a', 'b', 'c', 'lr', 'max_steps', '"q"', "'k:1'", '1', '"1"', '2', 'true', 'e f'];
const WORDS = ['1', '3e-4', '0x1F', 'yes', 'null', '~', 'word', 'two words', 'a#b', '-x', '1:30'];
const QUOTED = ["'it''s'", '"x\\ty"', "'# no'", "'{}'", '"a: b"', "''"];
/** Plain only outside of brackets. */
const BLOCK_WORDS = ['${a.b}', 'a, b', 'what?'];

/** Writes a random YAML document in a random layout. */
export class Writer {
  readonly #draw: Draw;
  readonly #shared: boolean;
  readonly #anchors: { name: string; map: boolean }[] = [];
  #names = 0;

  constructor(draw: Draw, shared: boolean) {
    this.#draw = draw;
    this.#shared = shared;
  }

  document(): string {
    const draw = this.#draw;
    const start = pick(draw, ['', '', '', '# head\n', '---\n', '\n# head\n--- # start\n# more\n']);
    const root = draw(12) === 11 ? `${this.#flow(0, 2)}\n` : this.#map(draw(6) === 5 ? 2 : 0, 3);
    const end = pick(draw, ['', '', '\n# tail\n', '\n\n', '  # indented tail\n', '...\n']);
    let text = start + root + end;
    if (draw(4) === 3) text = text.replace(/\n$/, '');
    if (draw(4) === 3) text = text.replaceAll('\n', '\r\n');
    return draw(10) === 9 ? `\ufeff${text}` : text;
  }

  #chance(n: number): boolean {
    return this.#draw(n) === n - 1;
  }

  #keys(): string[] {
    const keys = [...KEYS];
    const count = 1 + this.#draw(4);
    return Array.from(
      { length: count },
      () => keys.splice(this.#draw(keys.length), 1)[0] as string,
    );
  }

  #comment(): string {
    return this.#chance(4) ? pick(this.#draw, [' # why', '  # see: [x]', '   ']) : '';
  }

  #lines(indent: number): string {
    if (!this.#chance(5)) return '';
    const pad = ' '.repeat(indent);
    return pick(this.#draw, ['\n', `${pad}# about\n`, '# aside\n', `\n${pad}# about\n\n`]);
  }

  #map(indent: number, depth: number): string {
    const pad = ' '.repeat(indent);
    let text = '';
    for (const key of this.#keys()) {
      text += this.#lines(indent) + pad;
      text += this.#chance(15)
        ? `? ${key}${this.#comment()}\n${pad}:${this.#value(indent, depth, false)}`
        : `${key}:${this.#value(indent, depth, true)}`;
    }
    return text + (this.#shared ? this.#merge(pad) : '');
  }

  #merge(pad: string): string {
    const maps = this.#anchors.filter(({ map }) => map);
    if (maps.length === 0 || this.#chance(2)) return '';
    const one = pick(this.#draw, maps).name;
    const two = pick(this.#draw, maps).name;
    return `${pad}<<: ${this.#chance(3) ? `[*${one}, *${two}]` : `*${one}`}${this.#comment()}\n`;
  }

  /** A value with all that follows the colon or dash, to the end of its last line. */
  #value(indent: number, depth: number, indentless: boolean): string {
    const draw = this.#draw;
    if (this.#shared && this.#anchors.length > 0 && this.#chance(4)) {
      return ` *${pick(draw, this.#anchors).name}${this.#comment()}\n`;
    }
    const name = this.#shared && this.#chance(4) ? `x${this.#names++}` : undefined;
    const mark = name === undefined ? '' : ` &${name}`;
    const kind = draw(depth > 0 ? 12 : 8);
    const inner = indent + pick(draw, [2, 2, 2, 4, 1]);
    let text: string;
    if (kind < 4) text = `${mark} ${this.#word(true)}${this.#comment()}\n`;
    else if (kind === 4) text = `${mark}${this.#comment()}\n`;
    else if (kind === 5) text = `${mark} ${this.#flow(inner, 2)}${this.#comment()}\n`;
    else if (kind === 6) text = `${mark} ${this.#blockText(inner)}`;
    else if (kind === 7) text = this.#longScalar(mark, inner);
    else if (kind < 10) text = `${mark}${this.#comment()}\n${this.#map(inner, depth - 1)}`;
    else {
      const column = indentless && this.#chance(2) ? indent : inner;
      text = `${mark}${this.#comment()}\n${this.#list(column, depth - 1)}`;
    }
    if (name !== undefined) this.#anchors.push({ name, map: kind === 8 || kind === 9 });
    if (this.#chance(8)) text += `${' '.repeat(indent + 1)}# below\n`;
    return text;
  }

  #list(column: number, depth: number): string {
    const pad = ' '.repeat(column);
    const items = Array.from({ length: 1 + this.#draw(3) }, () => {
      if (this.#chance(3)) return this.#beside(this.#map(column + 2, depth));
      if (this.#chance(8) && depth > 0) return this.#beside(this.#list(column + 2, depth - 1));
      return this.#value(column, depth, false);
    });
    return items.map((item) => `${this.#lines(column)}${pad}-${item}`).join('');
  }

  /** Puts a block beside a dash if nothing stands before its first line. */
  #beside(block: string): string {
    return /^ +[^ #]/.test(block) && !this.#chance(4) ? ` ${block.trimStart()}` : `\n${block}`;
  }

  #word(inBlock: boolean): string {
    const words = [...WORDS, ...QUOTED, ...(inBlock ? BLOCK_WORDS : [])];
    return (this.#chance(15) ? '!!str ' : '') + pick(this.#draw, words);
  }

  #flow(indent: number, depth: number): string {
    const isMap = this.#chance(2);
    const lines = this.#chance(3);
    const parts = isMap
      ? this.#keys().map((key) => this.#flowPair(key, indent, depth))
      : Array.from({ length: this.#draw(4) }, () => this.#flowValue(indent, depth, true));
    const pad = ' '.repeat(indent);
    const after = lines
      ? this.#chance(2)
        ? `, # c\n${pad}`
        : `,\n${pad}`
      : pick(this.#draw, [', ', ',']);
    const comma = parts.length > 0 && this.#chance(4) ? pick(this.#draw, [',', ' ,']) : '';
    const [open, close] = isMap ? '{}' : '[]';
    const end = lines ? `${pick(this.#draw, ['', ' # last'])}\n${pad}` : '';
    return `${open}${lines ? `\n${pad}` : ''}${parts.join(after)}${comma}${end}${close}`;
  }

  #flowPair(key: string, indent: number, depth: number): string {
    if (this.#chance(8)) return key;
    if (this.#chance(8)) return `${key}: `;
    return `${key}: ${this.#flowValue(indent, depth, false)}`;
  }

  #flowValue(indent: number, depth: number, inList: boolean): string {
    if (this.#shared && this.#anchors.length > 0 && this.#chance(5)) {
      return `*${pick(this.#draw, this.#anchors).name}`;
    }
    if (inList && this.#chance(8)) return `k: ${this.#word(false)}`;
    if (depth > 0 && this.#chance(4)) return this.#flow(indent + 1, depth - 1);
    if (!this.#shared || !this.#chance(5)) return this.#word(false);
    const name = `x${this.#names++}`;
    this.#anchors.push({ name, map: false });
    return `&${name} ${this.#word(false)}`;
  }

  #blockText(indent: number): string {
    const draw = this.#draw;
    const pad = ' '.repeat(indent);
    const header =
      pick(draw, ['|', '>', '|-', '|+', '>+', '>-']) + pick(draw, ['', '', ' # block']);
    const lines = ['one\n', '\n', 'two # no comment\n', '  deep\n', '\n\n', '- x: y\n'];
    if (this.#chance(8)) return `${header}\n`;
    let text = `${header}\n${pad}first\n`;
    for (let count = draw(3); count > 0; count--) {
      const line = pick(draw, lines);
      text += /^\n/.test(line) ? line : pad + line;
    }
    return text;
  }

  #longScalar(mark: string, indent: number): string {
    const pad = `\n${' '.repeat(indent + 1)}`;
    const text = pick(this.#draw, [`a${pad}b`, `'a${pad}b'`, `"a\\${pad}b"`, `a\n${pad}b`, 'word']);
    return `${mark}${pick(this.#draw, [' ', pad])}${text}${this.#comment()}\n`;
  }
}
