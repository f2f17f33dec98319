import { pythonRepr } from '../../yaml/value/python-text';
import type { Element } from './ast';
import { parseElement, parseText } from './parse';
import { Parser } from './parser';
import { GrammarProblem } from './problem';

/** The tree as text: constants as Python writes them, `$(…)` around what is resolved later. */
function shown(element: Element): string {
  const inner = (part: string | Element) => (typeof part === 'string' ? part : shown(part));
  switch (element.kind) {
    case 'constant':
      return pythonRepr(element.value);
    case 'concat':
      return `concat(${element.parts.map(inner).join('|')})`;
    case 'list':
      return `[${element.items.map(shown).join(', ')}]`;
    case 'map':
      return `{${element.entries.map(([key, value]) => `${pythonRepr(key)}: ${shown(value)}`).join(', ')}}`;
    case 'node':
      return `$(${element.key.map(inner).join('')})`;
    case 'resolver':
      return `$(${element.name.map(inner).join('.')}: ${element.args.items.map(shown).join(', ')})`;
  }
}

function problem(parse: () => Element, text: string): [message: string, underlined: string] {
  try {
    return [shown(parse()), 'nothing'];
  } catch (cause) {
    if (!(cause instanceof GrammarProblem)) throw cause;
    return [cause.message, text.slice(cause.span.start, cause.span.end)];
  }
}

describe('a text', () => {
  it.each([
    ['${a.b}', '$(a.b)'],
    ['${ a }', '$(a)'],
    ['${..a[b].c}', '$(..a[b].c)'],
    ['${[a][0]}', '$([a][0])'],
    ['${a-b}', '$(a-b)'],
    ['${d.${k}}', '$(d.$(k))'],
    ['x${a}', 'concat(x|$(a))'],
    ['a\\b$c\\', "'a\\\\b$c\\\\'"],
    ['\\${a}', "'${a}'"],
    ['\\\\${a}', 'concat(\\|$(a))'],
    ['\\\\\\${a}', "'\\\\${a}'"],
    ['a\\\\b${a}', 'concat(a\\\\b|$(a))'],
    ['${f:}', '$(f: )'],
    ['${f.g:a, b c ,1}', "$(f.g: 'a', 'b c', 1)"],
    ['${${a}.f:x}', "$($(a).f: 'x')"],
    ["${f:'a, ${b}'}", '$(f: concat(a, |$(b)))'],
    ["${f:'${b}'}", '$(f: concat($(b)))'],
    ["${f:'it\\'s\\\\'}", '$(f: "it\'s\\\\")'],
    ['${f:[1,{a: b}],x${y}}', "$(f: [1, {'a': 'b'}], concat(x|$(y)))"],
    ['${f:a,,}', "$(f: 'a', '', '')"],
  ])('%s is %s', (text, tree) => {
    expect(shown(parseText(text))).toBe(tree);
  });

  it.each([
    ['x ${a', "'${' is never closed", '${'],
    ['${f:[1}', "Unexpected '}'", '}'],
    ["${f:'a}", `"'" is never closed`, "'"],
    ['${a b}', "Unexpected ' '", ' '],
    ['${}', "Unexpected '}'", '}'],
    ['${a.[b]}', "Unexpected '['", '['],
    ['${${a}x}', "Unexpected 'x'", 'x'],
    ['${a-b:c}', "Unexpected ':'", ':'],
    ['${f:a=b}', "Unexpected '='", '='],
    ['${f:é}', "Unexpected 'é'", 'é'],
  ])('cannot be %s', (text, message, underlined) => {
    expect(problem(() => parseText(text), text)).toEqual([message, underlined]);
  });
});

describe('an element', () => {
  it.each([
    ['+1_000', '1000'],
    ['01', "'01'"],
    ['.5', '0.5'],
    ['1_0.5e-1_0', '1.05e-09'],
    ['-nan', 'nan'],
    ['INF', 'inf'],
    ['tRue', 'True'],
    ['Null', 'None'],
    ['None', "'None'"],
    ['1 2', "'1 2'"],
    ['1.2.3', "'1.2.3'"],
    ['a\\,b', "'a,b'"],
    ['\\ ', "' '"],
    ['{1: a, true: b, null: c}', "{1: 'a', True: 'b', None: 'c'}"],
    ['{}', '{}'],
    ['[]', '[]'],
  ])('%s is %s', (text, tree) => {
    expect(shown(parseElement(text))).toBe(tree);
  });

  it.each(['a,b', '', ' ', '}', '{a}', "{'a': 1}", '[', "a'b'"])('cannot be %j', (text) => {
    expect(() => parseElement(text)).toThrow(GrammarProblem);
  });

  it('on the command line may have dashes in words, and space around it', () => {
    expect(shown(new Parser(' a-1 ', 'override').single())).toBe("'a-1'");
    expect(shown(new Parser('null-1', 'override').single())).toBe("'null-1'");
    expect(() => new Parser('[,]', 'override').single()).toThrow(GrammarProblem);
  });

  it('on the command line keeps interpolations as text', () => {
    expect(shown(new Parser('${a.b}/c', 'override').single())).toBe("'${a.b}/c'");
  });
});
