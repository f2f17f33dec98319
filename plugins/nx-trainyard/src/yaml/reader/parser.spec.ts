import { DiagnosticError } from '../../diagnostics';
import type { YamlNode } from './node';
import { parseYaml } from './parser';

/** A document in a notation of its own: scalars in JSON, `(…)` lists, `<…>` mappings, `*x` aliases. */
function shown(node: YamlNode | undefined): string {
  if (!node) return 'nothing';
  const tag = node.kind !== 'alias' && node.tag !== undefined ? `!${node.tag} ` : '';
  switch (node.kind) {
    case 'alias':
      return `*${node.name}`;
    case 'scalar':
      return tag + JSON.stringify(node.value);
    case 'sequence':
      return `${tag}(${node.items.map(shown).join(' ')})`;
    case 'mapping':
      return `${tag}<${node.pairs.map((pair) => `${shown(pair.key)}=${shown(pair.value)}`).join(' ')}>`;
  }
}

function parse(text: string): YamlNode | undefined {
  return parseYaml({ path: 'x.yaml', text });
}

const read = (text: string): string => shown(parse(text));

function rejected(text: string): boolean {
  try {
    parse(text);
    return false;
  } catch (cause) {
    if (cause instanceof DiagnosticError) return true;
    throw cause;
  }
}

describe('a document', () => {
  it('may be absent, empty, marked by --- and closed by ...', () => {
    expect(read('')).toBe('nothing');
    expect(read('# c\n')).toBe('nothing');
    expect(read('---\n')).toBe('""');
    expect(read('%YAML 1.1\n---\na: 1\n...\n# c\n')).toBe('<"a"="1">');
  });

  it('is the only one', () => {
    expect(rejected('a\n---\nb')).toBe(true);
    expect(rejected('a: 1\n...\nb: 2')).toBe(true);
    expect(rejected('%YAML 1.1\n%YAML 1.1\n---\na')).toBe(true);
    expect(rejected('%YAML 2.0\n---\na')).toBe(true);
    expect(rejected('...\n')).toBe(true);
  });
});

describe('collections', () => {
  it('are the same in block and in flow style', () => {
    expect(read('a:\n  - 1\n  - b: 2\n')).toBe(read('{a: [1, {b: 2}]}'));
  });

  it('have empty keys and values where nothing is written', () => {
    expect(read('a:\nb:\n-\n- x')).toBe('<"a"="" "b"=("" "x")>');
    expect(read('? a\n? b\n: c')).toBe('<"a"="" "b"="c">');
    expect(read('{a, b:, ? : c}')).toBe('<"a"="" "b"="" ""="c">');
    expect(rejected('{: c}')).toBe(true);
  });

  it('may be one pair inside a flow list', () => {
    expect(read('[a: 1, ? b : 2, c]')).toBe('(<"a"="1"> <"b"="2"> "c")');
  });

  it('may end in a comma in flow style, but have no empty item', () => {
    expect(read('[a, b,]')).toBe('("a" "b")');
    expect(rejected('[a,, b]')).toBe(true);
    expect(rejected('[a')).toBe(true);
    expect(rejected('{a: 1]')).toBe(true);
  });

  it('keep the column that they start at', () => {
    expect(rejected('a:\n    b: 1\n  c: 2')).toBe(true);
    expect(rejected('- a\n b')).toBe(false);
    expect(rejected('- a\nb')).toBe(true);
  });
});

describe('properties', () => {
  it('stand in either order, each once', () => {
    expect(read('!!str &a 1')).toBe('!tag:yaml.org,2002:str "1"');
    expect(read('&a !!str 1')).toBe('!tag:yaml.org,2002:str "1"');
    expect(rejected('&a &b 1')).toBe(true);
    expect(rejected('!!str !!int 1')).toBe(true);
  });

  it('make an anchored nothing an empty value', () => {
    expect(read('a: &x\nb: *x')).toBe('<"a"="" "b"=*x>');
  });

  it('take tag handles from the directives of the document', () => {
    expect(read('%TAG !e! tag:e,1:\n---\n!e!x 1')).toBe('!tag:e,1:x "1"');
    expect(rejected('!e!x 1')).toBe(true);
  });

  it('name an anchor once, above its aliases and not around them', () => {
    expect(rejected('[&a 1, &a 2]')).toBe(true);
    expect(rejected('[*a, &a 1]')).toBe(true);
    expect(rejected('&a [*a]')).toBe(true);
  });
});

describe('places', () => {
  it('are those of the text without the comments and white space around it', () => {
    const text = 'a:\n  b: 1  # c\n  c: "x"\n\nd: 2\n';
    const root = parse(text);
    if (root?.kind !== 'mapping') throw new Error('no mapping');
    const [first] = root.pairs;
    expect(text.slice(first?.key.start, first?.key.end)).toBe('a');
    expect(text.slice(first?.value.start, first?.value.end)).toBe('b: 1  # c\n  c: "x"');
  });
});
