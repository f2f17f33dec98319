import fc from 'fast-check';
import { parseDocument } from 'yaml';
import type { Draw } from '../../../testing/random-document';
import { pick } from '../../../testing/random-document';
import { TemporarySweep } from '../../../testing/temporary-sweep';
import { toPlain } from '../../yaml/value/plain';
import { editYaml } from '../../yaml/editor/edit';
import { identical } from '../../yaml/value/identical';
import { readYaml } from '../../yaml/reader/read';
import type { YamlList, YamlMap, YamlValue } from '../../yaml/value/value';
import { Draft } from '../plan/overlay';
import { editsBetween } from './edits-between';

/** A base whose key `l` gets a value, as its own text with edited lines. */
function edited(base: string, value: YamlValue): string {
  const source = { path: 'base.yaml', text: base };
  const before = readYaml(source) as YamlMap;
  const draft = new Draft(before);
  draft.assign({ path: ['l'], value });
  const text = editYaml(source, editsBetween(before, draft.config));
  const got = readYaml({ path: 'edited.yaml', text });
  if (!identical(got, draft.config)) throw new Error(`it reads otherwise:\n${text}`);
  expect(parseDocument(text, { version: '1.1' }).toJS()).toEqual(toPlain(draft.config));
  return text;
}

const valueOf = (text: string): YamlValue => readYaml({ path: 'value.yaml', text });

describe('of a list that an experiment sets, only the lines change', () => {
  it.each<[string, string, string, string]>([
    [
      'of items that come, in the middle',
      'l: # c\n  - q # 1\n  # about v\n  - v # 2\nm: 1\n',
      '[q, k, v]',
      'l: # c\n  - q # 1\n  - k\n  # about v\n  - v # 2\nm: 1\n',
    ],
    ['of items that go', 'l:\n- q # 1\n- k\n- v # 2\n', '[q, v]', 'l:\n- q # 1\n- v # 2\n'],
    [
      'of items that all change',
      'l:\n    - 1 # one\n    # two\n    - 2\n',
      '[3, 4]',
      'l:\n    - 3 # one\n    # two\n    - 4\n',
    ],
    [
      'of a list that all changes and grows',
      'l:\n- 1 # one\n- 2\n',
      '[3, 4, 5]',
      'l:\n- 3 # one\n- 4\n- 5\n',
    ],
    [
      'of a list that all changes and shrinks',
      'l:\n- 1 # one\n- 2\n- 3\nm: 1\n',
      '[4]',
      'l:\n- 4 # one\nm: 1\n',
    ],
    [
      'of what changes in the mappings that it holds',
      'l:\n- {name: a, w: 1} # A\n- name: b # B\n  w: 2 # weight\n- name: c\n',
      '[{name: b, w: 5}, {name: c}]',
      'l:\n- name: b # B\n  w: 5 # weight\n- name: c\n',
    ],
    ['in brackets', "l: ['q', 'k',  'v'] # c\n", '[q, v, o]', "l: ['q',  'v', o] # c\n"],
    [
      'in brackets on many lines',
      'l: [\n  q, # 1\n  # about k\n  k, # 2\n  v, # 3\n]\n',
      '[q, o, v, p]',
      'l: [\n  q, # 1\n  # about k\n  o, # 2\n  v, # 3\n  p,\n]\n',
    ],
    [
      'of nested lists',
      'l:\n- - a # 1\n  - b\n- - c\n',
      '[[a], [c, d]]',
      'l:\n- - a # 1\n- - c\n  - d\n',
    ],
    [
      'of texts of many lines',
      'l:\n- |\n  one\n  two\n- "three\n  four"\n- five\n',
      '["three four", five]',
      'l:\n- "three\n  four"\n- five\n',
    ],
    [
      'of numbers in their spelling',
      'l: [1.0e-3, 0x10, 3]\n',
      '[1.0e-3, 16, 4]',
      'l: [1.0e-3, 0x10, 4]\n',
    ],
    ['of its last item', 'l: # c\n- a\nm: 1\n', '[]', 'l: [] # c\nm: 1\n'],
    ['of brackets that are filled', 'l: [] # c\n', '[a, b]', 'l: [a, b] # c\n'],
    ['of a text without a last line end', 'l:\n- a\n- b', '[a, b, c]', 'l:\n- a\n- b\n- c'],
    ['of Windows', 'l:\r\n- a # 1\r\n- b\r\n', '[a, c, d]', 'l:\r\n- a # 1\r\n- c\r\n- d\r\n'],
  ])('%s', (_rule, base, value, expected) => {
    expect(edited(base, valueOf(value))).toBe(expected);
  });

  it('and a link keeps its value', () => {
    const base = 'k: &k\n- &x a # 1\n- b\nm: *x\ng: *k\nl:\n- &y c # 2\n- d\no: *y\n';
    expect(edited(base, valueOf('[d, e]'))).toBe(
      'k: &k\n- &x a # 1\n- b\nm: *x\ng: *k\nl:\n- d\n- e\no: &y c\n',
    );
  });
});

/** A list in block style or brackets, each item and each comment of which is another one. */
function drawList(draw: Draw): { text: string; items: string[] } {
  let number = 0;
  const comment = () => (draw(2) === 0 ? ` # c${number++}` : '');
  const between = (pad: string) => (draw(4) === 0 ? `${pad}# b${number++}\n` : '');
  const count = 1 + draw(6);
  if (draw(3) === 0) {
    const comma = draw(2) === 0 ? ',' : '';
    const items = Array.from({ length: count }, () => flowItem(draw, number++));
    const lines = items.map((item, index) => {
      return `${between('  ')}  ${item}${index < count - 1 ? ',' : comma}${comment()}\n`;
    });
    const isShort = draw(2) === 0;
    return {
      items,
      text: isShort ? `l: [${items.join(', ')}]${comment()}\n` : `l: [\n${lines.join('')}  ]\n`,
    };
  }
  const pad = pick(draw, ['', '  ', '    ']);
  const items: string[] = [];
  const lines = Array.from({ length: count }, () => {
    const item = blockItem(draw, `${pad}  `, number++, comment);
    items.push(`${pad}- ${item}`);
    return `${between(pad)}${pad}- ${item}`;
  });
  return { text: `l:${comment()}\n${lines.join('')}`, items };
}

function flowItem(draw: Draw, id: number): string {
  return pick(draw, [`v${id}`, `'v ${id}'`, `{k: v${id}, w: 1}`, `[v${id}, 1]`, `k: v${id}`]);
}

function blockItem(draw: Draw, pad: string, id: number, comment: () => string): string {
  const rest = comment();
  return pick(draw, [
    `v${id}${rest}\n`,
    `"v\n${pad}${id}"${rest}\n`,
    `|${rest}\n${pad}v\n\n${pad}${id}\n`,
    `k: v${id}${rest}\n${pad}w: 1\n`,
    `- v${id}${rest}\n${pad}- 1\n`,
    `{k: v${id}, w: 1}${rest}\n`,
    `[v${id},${rest}\n${pad}1]\n`,
  ]);
}

const NEW: readonly YamlValue[] = [
  'n',
  '[1, x]',
  '{k: new, w: 1}',
  "'a, b'",
  '"s\\nt"',
  'null',
].map(valueOf);

it('a random list of which random items stay reads as the new one, and these keep their lines', () => {
  fc.assert(
    fc.property(fc.gen(), (gen) => {
      const draw: Draw = (n) => gen(fc.nat, n - 1);
      const { text: list, items } = drawList(draw);
      let base = `a: 1 # head\n${list}${pick(draw, ['', '# tail\nz: 1\n', '\nz: 1 # z\n'])}`;
      // A block text that ends the file needs another header when a line follows it.
      if (draw(5) === 0 && !/\|[^|]*$/.test(list)) base = base.replace(/\n$/, '');
      const old = (readYaml({ path: 'b', text: base }) as YamlMap).entries.at('l') as YamlList;
      const stay = old.items.map(() => draw(2) === 0);
      const wanted: YamlValue[] = [];
      for (const [index, item] of old.items.entries()) {
        if (draw(4) === 0) wanted.push(pick(draw, NEW));
        if (stay[index]) wanted.push(item);
      }
      if (draw(3) === 0) wanted.push(pick(draw, NEW));
      const text = edited(base, { kind: 'list', items: wanted });
      // A comma may have to be added behind the last item in brackets.
      const bare = (part: string) => part.replace(/,? *$/gm, '').trimEnd();
      let from = 0;
      const lost = items.filter((item, index) => {
        if (!stay[index]) return false;
        const at = bare(text).indexOf(bare(item), from);
        if (at >= 0) from = at + 1;
        return at < 0;
      });
      const comments = [...base.matchAll(/# (?:b\d+|head|tail|z)/g)].map(([comment]) => comment);
      const gone = wanted.length === 0 ? [] : comments.filter((each) => !text.includes(each));
      expect({ base, text, lost, gone }).toEqual({ base, text, lost: [], gone: [] });
    }),
    { numRuns: 1500, seed: 11 },
  );
});

it('items that differ from run to run keep their places, whatever values the first run has', () => {
  const sweep = new TemporarySweep(
    `experiment: {name: e, framework: generic}
framework_config: {base_config_file: base.yaml}
variables: {l.0: [b, x], l.1: [d, e], m: [[x, y], [y, z], [y]]}
`,
    { 'base.yaml': 'l:\n- a # 1\n- b # 2\n- c\nm: [x, y] # m\n' },
  );
  sweep.generate();
  const texts = sweep.files().filter((name) => /^run_\d+\.yaml$/.test(name));
  expect(texts.map((name) => sweep.read(`configs/${name}`))).toEqual(
    ['b', 'x'].flatMap((first) =>
      ['d', 'e'].flatMap((second) =>
        ['[x, y]', '[y, z]', '[y]'].map(
          (list) => `l:\n- ${first} # 1\n- ${second} # 2\n- c\nm: ${list} # m\n`,
        ),
      ),
    ),
  );
});
