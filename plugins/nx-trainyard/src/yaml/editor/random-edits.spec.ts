import fc from 'fast-check';
import type { Draw } from '../../../testing/random-document';
import { Writer, pick } from '../../../testing/random-document';
import type { SourceText } from '../../diagnostics';
import { Dict } from '../value/dict';
import type { Edit } from './edit';
import { editYaml } from './edit';
import { readYaml } from '../reader/read';
import type { YamlList, YamlMap, YamlScalar, YamlValue } from '../value/value';
import { str } from '../value/value';

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

/** The paths of lists that have items, outside of keys that are no strings. */
function listPaths(value: YamlValue, path: readonly string[] = []): (readonly string[])[] {
  if (value.kind === 'map') {
    return [...value.entries].flatMap(([key, item]) =>
      key.kind === 'str' ? listPaths(item, [...path, key.value]) : [],
    );
  }
  if (value.kind !== 'list' || value.items.length === 0) return [];
  const below = value.items.flatMap((item, index) => listPaths(item, [...path, String(index)]));
  return path.length > 0 ? [path, ...below] : below;
}

/** Lets items of a list come, go and change; with what the list then is. */
function drawListEdits(draw: Draw, list: YamlList, path: readonly string[]) {
  const edits: Edit[] = [];
  const items: YamlValue[] = [];
  const insert = (at: number): void => {
    for (let count = draw(4) === 0 ? 1 + draw(2) : 0; count > 0; count--) {
      const value = pick(draw, NEW_VALUES);
      edits.push({ path: [...path, String(at)], value, insert: true });
      items.push(value);
    }
  };
  for (const [index, item] of list.items.entries()) {
    insert(index);
    const here = [...path, String(index)];
    const what = draw(4);
    if (what === 0) edits.push({ path: here, delete: true });
    else if (what === 1) {
      const value = pick(draw, NEW_VALUES);
      edits.push({ path: here, value });
      items.push(value);
    } else items.push(item);
  }
  insert(list.items.length);
  return { edits, list: { kind: 'list', items } as const };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

/** First and last line that an edit may change; none for what is added to a block container. */
function touchedLines(text: string, root: YamlValue, path: readonly string[]): [number, number] {
  let at = root;
  let start = root.location?.start ?? 0;
  for (const name of path) {
    const from = at.location?.start ?? 0;
    // A map after a bracket or comma, as in `[a: 1]`, has no braces.
    const inBrackets = '[{'.includes(text.charAt(from)) || /[[,]\s*$/.test(text.slice(0, from));
    if (inBrackets || (at.kind !== 'map' && at.kind !== 'list')) break;
    const key = at.kind === 'map' ? findKey(at, name) : undefined;
    const next = at.kind === 'map' ? at.entries.get(findKey(at, name)) : at.items[Number(name)];
    if (!next) return [0, -1];
    start = key?.location?.start ?? next.location?.start ?? 0;
    at = next;
  }
  return [lineOf(text, start), lineOf(text, at.location?.end ?? text.length)];
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

  it('reads, after items of a list come, go and change, as the changed value', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const draw: Draw = (n) => gen(fc.nat, n - 1);
        const source = { path: 'random.yaml', text: new Writer(draw, shared).document() };
        const value = readable(source);
        const paths = value ? listPaths(value) : [];
        fc.pre(value !== undefined && paths.length > 0);
        const path = pick(draw, paths);
        const old = path.reduce<YamlValue>((at, name) => {
          return (
            at.kind === 'map' ? at.entries.at(name) : (at as YamlList).items[Number(name)]
          ) as YamlValue;
        }, value);
        const { edits, list } = drawListEdits(draw, old as YamlList, path);
        const text = editYaml(source, edits);
        const got = show(readYaml({ path: 'edited.yaml', text }));
        const expected = show(editValue(value, path, { path, value: list }));
        expect({ source, edits, text, got }).toEqual({ source, edits, text, got: expected });
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
