import { DiagnosticError } from '../../diagnostics';
import { Scanner } from './scanner';

/** The tokens of a text, each as it looks; scalars as their value in JSON. */
function tokens(text: string): string {
  const scanner = new Scanner({ path: 'x.yaml', text });
  const seen: string[] = [];
  for (;;) {
    const token = scanner.next();
    if (token.type === 'end of text') return seen.join(' ');
    if (token.type === 'scalar') seen.push(JSON.stringify(token.value));
    else if (token.type === 'anchor' || token.type === 'alias') {
      seen.push(`${token.type === 'anchor' ? '&' : '*'}${token.name}`);
    } else if (token.type === 'tag') seen.push(`!(${token.handle ?? ''},${token.suffix})`);
    else seen.push(token.type.trim());
  }
}

/** The value of a text that is one scalar, or the mapping of one to the key `a`. */
function scalar(text: string): string {
  return JSON.parse(tokens(text).replace(/^[^"]*"a" : | block end$/g, '')) as string;
}

function rejected(text: string): boolean {
  try {
    tokens(text);
    return false;
  } catch (cause) {
    if (cause instanceof DiagnosticError) return true;
    throw cause;
  }
}

describe('structure', () => {
  it('becomes tokens: indentation opens and closes blocks, and a key is known by its colon', () => {
    expect(tokens('a:\n  - 1\n  - b: 2\n')).toBe(
      'block mapping ? "a" : block sequence - "1" - block mapping ? "b" : "2" block end block end block end',
    );
  });

  it('lets a list stand at the column of its key', () => {
    expect(tokens('a:\n- 1\nb: 2')).toBe('block mapping ? "a" : - "1" ? "b" : "2" block end');
  });

  it('is free inside brackets, where line ends and indentation say nothing', () => {
    expect(tokens('a: [1,\n2, {b:\n\n 3}]')).toBe(
      'block mapping ? "a" : [ "1" , "2" , { ? "b" : "3" } ] block end',
    );
  });

  it('takes a comment only after white space', () => {
    expect(tokens('a: b#c # d')).toBe('block mapping ? "a" : "b#c" block end');
    expect(tokens('[1]#c')).toBe('[ "1" ]');
  });

  it('refuses a key without ? that is longer than 1024 characters or has a line end', () => {
    expect(rejected(`${'k'.repeat(1024)}: 1`)).toBe(false);
    expect(rejected(`${'k'.repeat(1025)}: 1`)).toBe(true);
    expect(rejected('a\nb: 1')).toBe(true);
    expect(rejected(`? ${'k'.repeat(2000)}\n: 1`)).toBe(false);
  });

  it('refuses tabs that separate or indent, and passes over those in comments and quotes', () => {
    expect(rejected('a:\t1')).toBe(true);
    expect(rejected('a: 1\t# c')).toBe(true);
    expect(rejected('a:\n\tb: 1')).toBe(true);
    expect(rejected('a: 1 #\tc')).toBe(false);
    expect(rejected('a: "\t"')).toBe(false);
  });
});

describe('plain scalars', () => {
  it('end at a colon with white space, or at a comment', () => {
    expect(scalar('a: http://x/y?z=1 # c')).toBe('http://x/y?z=1');
  });

  it('go on over deeper lines, where one line end is a space and further ones stay', () => {
    expect(scalar('a: b\n  c\n\n  d')).toBe('b c\nd');
  });

  it('end at brackets and commas in flow style only', () => {
    expect(tokens('[a, b]')).toBe('[ "a" , "b" ]');
    expect(scalar('a: b, [c]')).toBe('b, [c]');
  });
});

describe('quoted scalars', () => {
  it('have escapes in double quotes and doubled quotes in single ones', () => {
    expect(scalar('"\\t\\x41\\u263a\\U0001F600\\N"')).toBe('\tA☺😀\x85');
    expect(scalar("'it''s \\t'")).toBe("it's \\t");
  });

  it('fold line ends, and keep white space around an escaped one', () => {
    expect(scalar('"a \n  b\n\n c"')).toBe('a b\nc');
    expect(scalar('"a \\\n  b"')).toBe('a b');
  });

  it.each(['"\\q"', '"\\x4"', '"\\UFFFFFFFF"', '"a', "'a", '"a\n---\n"'])('refuses %j', (text) => {
    expect(rejected(text)).toBe(true);
  });
});

describe('block scalars', () => {
  it('keep line ends behind |, and fold them behind > except around deeper lines', () => {
    expect(scalar('|\n  a\n  b\n')).toBe('a\nb\n');
    expect(scalar('>\n  a\n  b\n\n  c\n   d\n  e\n')).toBe('a b\nc\n d\ne\n');
  });

  it('end in one line end, in none behind -, and in all behind +', () => {
    expect(scalar('|\n  a\n\n')).toBe('a\n');
    expect(scalar('|-\n  a\n\n')).toBe('a');
    expect(scalar('|+\n  a\n\n')).toBe('a\n\n');
  });

  it('take their indentation from the first line, or from a digit', () => {
    expect(scalar('|\n   a\n   b\n')).toBe('a\nb\n');
    expect(scalar('|2\n   a\n  b\n')).toBe(' a\nb\n');
    expect(scalar('a: |1-\n   b\n')).toBe('  b');
  });

  it.each(['|0\n a', '|x\n a', '|--\n a', '|10\n a', '| a'])('refuses %j', (text) => {
    expect(rejected(text)).toBe(true);
  });
});

describe('characters', () => {
  it('that end lines are LF, CR, CRLF, NEL, LS and PS', () => {
    const two = 'block mapping ? "a" : "1" ? "b" : "2" block end';
    for (const end of ['\n', '\r', '\r\n', '\x85', '\u2028', '\u2029']) {
      expect(tokens(`a: 1${end}b: 2`)).toBe(two);
    }
  });

  it('that are not printable are refused, and a byte order mark is only passed over at the start', () => {
    expect(rejected('a: \x07')).toBe(true);
    expect(rejected('# \ud800')).toBe(true);
    expect(tokens('\ufeffa: 1')).toBe('block mapping ? "a" : "1" block end');
    expect(scalar('a: \ufeffb')).toBe('\ufeffb');
  });
});

describe('properties and directives', () => {
  it('are anchors, aliases and tags before a value', () => {
    expect(tokens('&a !!str [*a, !<x> b, ! c]')).toBe(
      '&a !(!!,str) [ *a , !(,x) "b" , !(,!) "c" ]',
    );
  });

  it.each([
    '&a.b 1',
    '*é',
    '!!str{}',
    '!<x 1',
    '%',
    '%YAML 1',
    '%TAG !e tag:x',
    '%TAG !e! {x}\n---',
  ])('refuses %j', (text) => expect(rejected(text)).toBe(true));

  it('passes over directives that it does not know', () => {
    expect(tokens('%constructor x y\n--- a')).toBe('directive --- "a"');
  });
});
