import { DiagnosticError } from '../../../diagnostics';
import type { Diagnostic } from '../../../diagnostics';
import { readYaml } from '../read';

/** The one problem of a text that does not parse. */
function problemOf(text: string): Diagnostic {
  try {
    readYaml({ path: 'f.yaml', text });
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const [problem] = cause.diagnostics;
    if (problem) return problem;
  }
  throw new Error(`this is YAML: ${text}`);
}

/** A mistake, what its message says, what its hint says, and the text when the hint is followed. */
type Case = readonly [name: string, text: string, message: string, hint: string, mended: string];

const CASES: readonly Case[] = [
  [
    'a line that is indented with a tab',
    'a:\n\tb: 1\n',
    'indented with a tab',
    'only spaces',
    'a:\n  b: 1\n',
  ],
  [
    'an item that is indented with a tab',
    'a:\n\t- 1\n',
    'indented with a tab',
    'only spaces',
    'a:\n  - 1\n',
  ],
  ['a tab in brackets', 'a: [\n\t1]\n', 'indented with a tab', 'only spaces', 'a: [\n  1]\n'],
  [
    'a tab after a colon',
    'a:\tb\n',
    'YAML allows only spaces here',
    'Replace it with a space.',
    'a: b\n',
  ],
  ['a tab at the end of a line', 'a: 1\t\nb: 2\n', 'ends with a tab', 'Remove it', 'a: 1\nb: 2\n'],

  [
    'a missing space after a colon',
    'a: 1\nb:2\nc: 3\n',
    'missing space',
    "Write 'b: 2'.",
    'a: 1\nb: 2\nc: 3\n',
  ],
  [
    'a missing space on the first line',
    'b:2\nc: 3\n',
    'missing space',
    "Write 'b: 2'.",
    'b: 2\nc: 3\n',
  ],
  [
    'a missing space in a mapping below',
    'a:\n  b:x y\n  c: 3\n',
    'missing space',
    "Write 'b: x y'.",
    'a:\n  b: x y\n  c: 3\n',
  ],
  [
    'a missing space in an item',
    '- b:2\n  c: 3\n',
    'missing space',
    "Write 'b: 2'.",
    '- b: 2\n  c: 3\n',
  ],
  [
    'a space before the colon and none after it',
    'a: 1\nb :2\n',
    'missing space',
    "Write 'b: 2'.",
    'a: 1\nb: 2\n',
  ],
  ['a no-break space after a colon', 'a:\u00a01\nb: 2\n', 'U+00A0', "Write 'a: 1'", 'a: 1\nb: 2\n'],
  ['an assignment', 'a: 1\nname = x\n', "has '='", "Write 'name: x'.", 'a: 1\nname: x\n'],
  [
    'an assignment on the first line',
    'name=x\nb: 1\n',
    "has '='",
    "Write 'name: x'.",
    'name: x\nb: 1\n',
  ],
  [
    'a key without a colon',
    'a\nb: 1\n',
    "missing ':' after the key",
    "Write 'a: value'",
    'a: value\nb: 1\n',
  ],
  [
    'a line without a colon',
    'a: 1\nmore\nb: 2\n',
    "no ':'",
    'indent the line',
    'a: 1\n more\nb: 2\n',
  ],

  ['a colon too many', 'a: : 1\n', "an extra ':'", "Write 'a: 1'.", 'a: 1\n'],
  ['a colon too many before nothing', 'a: :\n', "an extra ':'", "Write 'a:'.", 'a:\n'],
  ['a colon in a value', 'a: b: c # d\n', "a second ':'", 'a: "b: c"', 'a: "b: c"\n'],
  [
    'a colon in a value with quotes',
    'a: say: "x"\n',
    "a second ':'",
    `a: 'say: "x"'`,
    `a: 'say: "x"'\n`,
  ],
  ['a colon in an item', '- a: b: c\n', "a second ':'", '- a: "b: c"', '- a: "b: c"\n'],
  [
    'a colon in a value in brackets',
    'a: [x: y: z]\n',
    "a second ':'",
    '"y: z"',
    'a: [x: "y: z"]\n',
  ],

  [
    'a key deeper than the one above',
    'a: 1\n  b: 2\n',
    'more than line 1',
    'Do not indent it',
    'a: 1\nb: 2\n',
  ],
  [
    'a key deeper than the one above, in a mapping',
    'a:\n  b: 1\n    c: 2\n',
    'more than line 2',
    'by 2 spaces',
    'a:\n  b: 1\n  c: 2\n',
  ],
  [
    'a key deeper than that of its item',
    'a:\n  - x: 1\n      y: 2\n',
    'more than line 2',
    'by 4 spaces',
    'a:\n  - x: 1\n    y: 2\n',
  ],
  [
    'a key between two levels',
    'a:\n    b: 1\n  c: 2\n',
    'indented by 2 spaces',
    'by 4 spaces, like line 2',
    'a:\n    b: 1\n    c: 2\n',
  ],
  [
    'a key less deep than that of its item',
    'a:\n  - x: 1\n   y: 2\n',
    'indented by 3 spaces',
    'by 4 spaces, like line 2',
    'a:\n  - x: 1\n    y: 2\n',
  ],
  [
    'an item between two levels',
    'a:\n  - 1\n - 2\n',
    'indented by 1 space',
    'by 2 spaces, like line 2',
    'a:\n  - 1\n  - 2\n',
  ],
  [
    'a line that falls out of a block text',
    'a: |\n  x\n y\nb: 1\n',
    'indented by 1 space',
    'by 2 spaces, like line 2',
    'a: |\n  x\n  y\nb: 1\n',
  ],
  [
    'an item among keys',
    'a: 1\n- 2\n',
    'among the keys',
    "write 'name:' on its own line",
    'a: 1\nname:\n- 2\n',
  ],
  ['a key among items', '- 1\na: 2\n', 'among the items', "'- a: 2'", '- 1\n- a: 2\n'],
  ['an item after its key', 'a: - 1\n', 'is not allowed here', 'on its own line', 'a:\n- 1\n'],
  ['a colon without a key', ': 1\n', 'missing key before', "'key: …'", 'key: 1\n'],

  [
    'a missing comma between quoted items',
    'a: ["x" "y"]\n',
    "missing ','",
    "Write ','",
    'a: ["x", "y"]\n',
  ],
  [
    'a missing comma between keys',
    'a: {x: 1 y: 2}\n',
    "missing ',' before y",
    "Write ','",
    'a: {x: 1, y: 2}\n',
  ],
  [
    'a missing comma at the end of a line',
    'a: {\n  x: 1\n  y: 2\n}\n',
    "missing ',' before y",
    "Write ','",
    'a: {\n  x: 1,\n  y: 2\n}\n',
  ],
  [
    'a missing comma between lists',
    'a: [[1] [2]]\n',
    "missing ','",
    "Write ','",
    'a: [[1], [2]]\n',
  ],
  ['two commas', 'a: [1,, 2]\n', "missing item before this ','", 'Remove it', 'a: [1, 2]\n'],
  ['a dash in brackets', 'a: [- 1]\n', "cannot start with '- '", 'Remove it', 'a: [1]\n'],
  [
    'a list that is not closed',
    'a: [1, 2\nb: 3\n',
    "'[' is never closed",
    "Write ']'",
    'a: [1, 2]\nb: 3\n',
  ],
  [
    'a mapping that is not closed',
    'a: {x: 1\nb: 3\n',
    "'{' is never closed",
    "Write '}'",
    'a: {x: 1}\nb: 3\n',
  ],
  [
    'a list that is not closed at the end',
    'a: [1, 2\n',
    "'[' is never closed",
    "Write ']'",
    'a: [1, 2]\n',
  ],
  ['a list that is opened at the end', 'a: [', "'[' is never closed", "Write ']'", 'a: []'],
  [
    'a list that is closed as a mapping',
    'a: [1, 2}\n',
    "'[' is closed by '}'",
    "Write ']'",
    'a: [1, 2]\n',
  ],
  ['a bracket that closes nothing', 'a: [1]]\n', 'closes nothing', 'Remove it', 'a: [1]\n'],
  [
    'a text after a list',
    'a: [1] x\n',
    'expected the end of the line',
    'in quotes',
    'a: "[1] x"\n',
  ],

  ['quotes that are not closed', 'a: "x\nb: 1\n', 'never closed', 'line 1: "x"', 'a: "x"\nb: 1\n'],
  [
    'quotes that the next ones close',
    'a: "x\nb: "y"\n',
    'opened on line 1',
    'line 1: "x"',
    'a: "x"\nb: "y"\n',
  ],
  [
    'an apostrophe in single quotes',
    "a: 'it's'\n",
    'unexpected text after the quoted value',
    `"it's"`,
    `a: "it's"\n`,
  ],
  [
    'text after quotes',
    'a: "x" y\n',
    'unexpected text after the quoted value',
    `'"x" y'`,
    `a: '"x" y'\n`,
  ],
  [
    'two quoted texts',
    'a: "x" and "y"\n',
    'unexpected text after the quoted value',
    `'"x" and "y"'`,
    `a: '"x" and "y"'\n`,
  ],
  [
    'quotes in quotes, in brackets',
    "a: ['it's']\n",
    'unexpected text after the quoted value',
    `"it's"`,
    `a: ["it's"]\n`,
  ],
  [
    'a path of Windows',
    'a: "C:\\Users\\x"\n',
    "'\\U' must be followed by the 8",
    "'C:\\Users\\x'",
    "a: 'C:\\Users\\x'\n",
  ],
  [
    'another path of Windows',
    'a: "C:\\data"\n',
    "unknown escape '\\d'",
    "'C:\\data'",
    "a: 'C:\\data'\n",
  ],
  [
    'a path of Windows in a list',
    'a: ["D:\\x", 1]\n',
    "'\\x' must be followed by the 2",
    "'D:\\x'",
    "a: ['D:\\x', 1]\n",
  ],

  ['a place of a template', 'a: {{ x }}\n', 'YAML reads {{', 'a: "{{ x }}"', 'a: "{{ x }}"\n'],
  [
    'a place of a template in a text',
    'a: {{ x }}/y # z\n',
    'YAML reads {{',
    'a: "{{ x }}/y"',
    'a: "{{ x }}/y"\n',
  ],
  [
    'a place of a template with two words',
    'a: {{ x y }}\n',
    'YAML reads {{',
    'a: "{{ x y }}"',
    'a: "{{ x y }}"\n',
  ],
  [
    'a place of a template as an item',
    '- {{ x }}\n',
    'YAML reads {{',
    '- "{{ x }}"',
    '- "{{ x }}"\n',
  ],
  [
    'a place of a template as a key',
    '{{ x }}: 1\n',
    'YAML reads {{',
    '"{{ x }}": 1',
    '"{{ x }}": 1\n',
  ],
  [
    'a template statement',
    '{% if x %}\na: 1\n{% endif %}\n',
    'template statement',
    'start with {%',
    'a: 1\n',
  ],
  ['a percent sign', 'a: %x\n', "'%' cannot start", '"%x"', 'a: "%x"\n'],
  ['an at sign', 'a: @x y\n', "'@' cannot start", '"@x y"', 'a: "@x y"\n'],
  ['a backtick', 'a: [`x`, 1]\n', "'`' cannot start", '"`x`"', 'a: ["`x`", 1]\n'],
  ['a glob', 'a: *.py\n', 'alias', '"*.py"', 'a: "*.py"\n'],
  ['a glob in brackets', 'a: [*.py, 1]\n', 'alias', '"*.py"', 'a: ["*.py", 1]\n'],
  ['a comparison', 'a: > 5\n', 'block of text', '"> 5"', 'a: "> 5"\n'],
  ['a question', 'a: ? b\n', "'? '", '"? b"', 'a: "? b"\n'],
  ['a comma at the start', 'a: , b\n', "found ','", '", b"', 'a: ", b"\n'],

  [
    'two documents',
    'a: 1\n---\nb: 2\n',
    'second document',
    'Remove this line and everything after it',
    'a: 1\n',
  ],
  [
    'text after the end of a document',
    'a: 1\n...\nb: 2\n',
    "the '...' that ends",
    "Remove the line '...'",
    'a: 1\nb: 2\n',
  ],
  ['a directive below', 'a: 1\n%x\n', "'%' at the start of a line", 'remove the line', 'a: 1\n'],
  [
    'a merge conflict',
    'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n',
    'merge conflict',
    'Keep one',
    'a: 1\nb: 1\n',
  ],
];

describe('a mistake that people make is told as what it is, and its hint leads out', () => {
  test.each(CASES)('%s', (_name, text, message, hint, mended) => {
    const problem = problemOf(text);
    expect(problem.message).toContain(message);
    expect(problem.hint).toContain(hint);
    expect(() => readYaml({ path: 'f.yaml', text: mended })).not.toThrow();
  });

  test('no syntax error is without a hint, wherever one character is put into a file', () => {
    const text = 'a:\n  - x: [1, "b c"]\n    y: {k: \'v\'}\nb: |\n  text\nc: plain text\n';
    for (const char of '\t:-[]{},"\'%@`#&*!|>?= \n\\') {
      for (let at = 0; at <= text.length; at++) {
        const broken = text.slice(0, at) + char + text.slice(at);
        const reported = attempt(broken);
        if (reported)
          expect({ broken, reported }).toMatchObject({
            reported: { hint: expect.any(String) as string },
          });
      }
    }
  });
});

/** The problem of a text that may have none. */
function attempt(text: string): Diagnostic | undefined {
  try {
    readYaml({ path: 'f.yaml', text });
    return undefined;
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics[0];
    throw cause;
  }
}
