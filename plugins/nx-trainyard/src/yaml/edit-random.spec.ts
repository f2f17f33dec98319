import fc from 'fast-check';
import type { SourceText } from '../diagnostics';
import { Dict } from './dict';
import type { Edit } from './edit';
import { editYaml } from './edit';
import { readYaml } from './read';
import type { YamlMap, YamlScalar, YamlValue } from './value';
import { str } from './value';

/** Draws a number below `n`. */
type Draw = (n: number) => number;

function pick<T>(draw: Draw, choices: readonly T[]): T {
  return choices[draw(choices.length)] as T;
}

const KEYS = ['a', 'b', 'c', 'lr', 'max_steps', '"q"', "'k:1'", '1', '"1"', '2', 'true', 'e f'];
const WORDS = ['1', '3e-4', '0x1F', 'yes', 'null', '~', 'word', 'two words', 'a#b', '-x', '1:30'];
const QUOTED = ["'it''s'", '"x\\ty"', "'# no'", "'{}'", '"a: b"', "''"];
/** Plain only outside of brackets. */
const BLOCK_WORDS = ['${a.b}', 'a, b', 'what?'];

/** Writes a random document in a random layout. */
class Writer {
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

const NEW_VALUES: readonly YamlValue[] = [
  { kind: 'float', value: 0.0003 },
  { kind: 'float', value: 1e-5 },
  { kind: 'int', value: 64n },
  { kind: 'null' },
  { kind: 'bool', value: true },
  ...['yes', 'a, b', '${x.y}', '1e5', '2001-12-14', 'a\nb\n', '', '- x', '# x', 'a: b', 't\tb'].map(
    (text) => str(text),
  ),
  { kind: 'list', items: [] },
  { kind: 'list', items: [str('q_proj'), str('x?'), { kind: 'int', value: 1n }] },
  map(['p', str('x')], ['q', { kind: 'list', items: [map(['r', str('a]')], ['s', map()])] }]),
  map(),
];

function map(...entries: readonly [string, YamlValue][]): YamlMap {
  const dict = new Dict<YamlValue>();
  for (const [key, value] of entries) dict.put(key, value);
  return { kind: 'map', entries: dict };
}

function nameOf(key: YamlScalar): string {
  return 'value' in key ? String(key.value) : 'null';
}

function findKey({ entries }: YamlMap, name: string): YamlScalar {
  const other = [...entries.keys()].find((key) => key.kind !== 'str' && nameOf(key) === name);
  return entries.keyAt(name) ?? other ?? str(name);
}

/** What an edit does to the value, with nothing shared. */
function editValue(value: YamlValue, path: readonly string[], edit: Edit): YamlValue {
  const [name, ...rest] = path;
  if (name === undefined) return 'value' in edit ? edit.value : { kind: 'null' };
  if (value.kind === 'list') {
    const items = [...value.items];
    items[Number(name)] = editValue(items[Number(name)] ?? { kind: 'null' }, rest, edit);
    return { kind: 'list', items };
  }
  const entries = new Dict<YamlValue>();
  if (value.kind === 'map') for (const [key, item] of value.entries) entries.set(key, item);
  const key = value.kind === 'map' ? findKey(value, name) : str(name);
  if (rest.length === 0 && 'delete' in edit) entries.delete(key);
  else entries.set(key, editValue(entries.get(key) ?? { kind: 'null' }, rest, edit));
  return { kind: 'map', entries };
}

/** A value as text in which types and the order of keys show. */
function show(value: YamlValue): string {
  switch (value.kind) {
    case 'map':
      return `{${Array.from(value.entries, ([key, item]) => `${show(key)}: ${show(item)}`).join(', ')}}`;
    case 'list':
      return `[${value.items.map(show).join(', ')}]`;
    case 'null':
      return 'null';
    default:
      return `${value.kind} ${JSON.stringify(String(value.value))}`;
  }
}

function drawEdit(draw: Draw, root: YamlValue): Edit {
  const path: string[] = [];
  let at = root;
  for (;;) {
    const insert = draw(4) === 0;
    let next: YamlValue | undefined;
    if (at.kind === 'map' && at.entries.size > 0 && !insert) {
      const key = pick(draw, [...at.entries.keys()]);
      path.push(nameOf(key));
      next = at.entries.at(nameOf(key)) ?? at.entries.get(key);
      if (draw(5) === 0) return { path, delete: true };
    } else if (at.kind === 'list' && at.items.length > 0 && !insert) {
      const index = draw(at.items.length);
      path.push(String(index));
      next = at.items[index];
    } else if (at.kind === 'list') path.push(String(at.items.length));
    else path.push(...pick(draw, [['n'], ['new key'], ['3'], ['n', 'm'], ['n', 'o', 'p']]));
    const stop = draw(3) === 0 || !next || !['map', 'list', 'null'].includes(next.kind);
    if (stop || !next) return { path, value: pick(draw, NEW_VALUES) };
    at = next;
  }
}

/** Edits of which none lies at or inside another one, and no list gets a second item. */
function drawEdits(draw: Draw, root: YamlValue): Edit[] {
  const edits: Edit[] = [];
  for (let count = 1 + draw(4); count > 0; count--) {
    const edit = drawEdit(draw, root);
    const clash = edits.some(({ path }) => {
      const depth = Math.min(path.length, edit.path.length);
      return path.slice(0, depth).join('\0') === edit.path.slice(0, depth).join('\0');
    });
    if (!clash) edits.push(edit);
  }
  return edits;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

/** First and last line that an edit may change; none for what is added to a block container. */
function touchedLines(text: string, root: YamlValue, path: readonly string[]): [number, number] {
  let at = root;
  let start = root.place?.start ?? 0;
  for (const name of path) {
    const from = at.place?.start ?? 0;
    // A map after a bracket or comma, as in `[a: 1]`, has no braces.
    const inBrackets = '[{'.includes(text.charAt(from)) || /[[,]\s*$/.test(text.slice(0, from));
    if (inBrackets || (at.kind !== 'map' && at.kind !== 'list')) break;
    const key = at.kind === 'map' ? findKey(at, name) : undefined;
    const next = at.kind === 'map' ? at.entries.get(findKey(at, name)) : at.items[Number(name)];
    if (!next) return [0, -1];
    start = key?.place?.start ?? next.place?.start ?? 0;
    at = next;
  }
  return [lineOf(text, start), lineOf(text, at.place?.end ?? text.length)];
}

/** Without dashes, the `{}` of a map that lost its last key, and the `-` of an unended block text. */
function bare(line: string): string {
  const body = line.replace(/^[-\s\ufeff]+/, '').replace(/ ?\{\}/, '');
  return body.replace(/([|>])[-+](?=\s|$)/, '$1').trimEnd();
}

/** What stands on the lines that hold no edited key. Comments may belong to a value that goes. */
function otherLines(text: string, root: YamlValue, edits: readonly Edit[]): string[] {
  const touched = edits.map(({ path }) => touchedLines(text, root, path));
  return text
    .split('\n')
    .filter((_line, index) => !touched.some(([from, to]) => from <= index && index <= to))
    .map(bare)
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function readable(source: SourceText): YamlValue | undefined {
  try {
    return readYaml(source);
  } catch {
    // OmegaConf calls a key that overrides a merged one a duplicate if its map is merged further up.
    return undefined;
  }
}

function randomEdits(gen: fc.GeneratorValue, shared: boolean) {
  const draw: Draw = (n) => gen(fc.nat, n - 1);
  const source = { path: 'random.yaml', text: new Writer(draw, shared).document() };
  const value = readable(source);
  fc.pre(value !== undefined);
  return { source, value, edits: drawEdits(draw, value) };
}

const SETTINGS = { numRuns: 1000, seed: 7 };

describe.each([
  ['without anchors', false],
  ['with anchors, aliases and merge keys', true],
])('a random document %s', (_name, shared) => {
  it('reads, after random edits, as the edited value', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const { source, value, edits } = randomEdits(gen, shared);
        const text = editYaml(source, edits);
        const got = show(readYaml({ path: 'edited.yaml', text }));
        const expected = edits.reduce((at, edit) => editValue(at, edit.path, edit), value);
        expect({ source, edits, text, got }).toEqual({ source, edits, text, got: show(expected) });
      }),
      SETTINGS,
    );
  });
});

it('keeps, in a random document, every line that holds no edited key', () => {
  fc.assert(
    fc.property(fc.gen(), (gen) => {
      const { source, value, edits } = randomEdits(gen, false);
      const text = editYaml(source, edits);
      const lines = text.split('\n').map(bare);
      const lost = otherLines(source.text, value, edits).filter((line) => {
        const found = lines.indexOf(line);
        lines.splice(0, found + 1);
        return found < 0;
      });
      expect({ source, edits, text, lost }).toEqual({ source, edits, text, lost: [] });
    }),
    SETTINGS,
  );
});
