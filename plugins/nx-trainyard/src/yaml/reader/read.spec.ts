import { DiagnosticError, renderDiagnostics } from '../../diagnostics';
import { LARGEST_TEXT, readYaml } from './read';

/** Everything that people see of a refusal: the place, the reason, the line, the way out. */
function refusal(text: string): string {
  try {
    readYaml({ path: 'recipe.yaml', text });
  } catch (cause) {
    if (cause instanceof DiagnosticError) return renderDiagnostics(cause.diagnostics);
    throw cause;
  }
  throw new Error('nothing was refused');
}

describe('a file that cannot be read is refused with the place, the reason and a way out', () => {
  it('a key that is written twice, with both places', () => {
    expect(refusal('lr: 1\nmodel:\n  size: 8\nlr: 2\n')).toBe(
      `recipe.yaml:4:1: error [DuplicateKey] the key 'lr' appears twice in one mapping
  |
4 | lr: 2
  | ^^
recipe.yaml:1:1: first written here
  |
1 | lr: 1
  | ^^
hint: Remove one of them; PyYAML would silently use the last one.`,
    );
  });

  it('several keys that are written twice, all of them', () => {
    const text = refusal('a: 1\na: 2\nb: {c: 1, "c": 2}\n');
    expect(text).toContain("recipe.yaml:2:1: error [DuplicateKey] the key 'a'");
    expect(text).toContain("recipe.yaml:3:11: error [DuplicateKey] the key 'c'");
  });

  it('a tab that indents', () => {
    expect(refusal('model:\n\tsize: 8\n')).toBe(
      `recipe.yaml:2:1: error [YamlSyntax] this line is indented with a tab
  |
2 |  size: 8
  | ^
hint: Use only spaces to indent; YAML does not allow tabs there.`,
    );
  });

  it('a key without its colon', () => {
    expect(refusal('lr: 1\nepochs 3\nbatch: 2\n')).toBe(
      `recipe.yaml:2:1: error [YamlSyntax] this line has no ':' where a key of the mapping is expected
  |
2 | epochs 3
  | ^^^^^^^^
hint: Write 'key: value', or indent the line if it continues the value above.`,
    );
  });

  it('a second colon in a value without quotes', () => {
    expect(refusal('note: see: below\n')).toBe(
      `recipe.yaml:1:10: error [YamlSyntax] a second ':' on this line cannot start a value
  |
1 | note: see: below
  |          ^
hint: Put a value that contains ': ' in quotes: note: "see: below"`,
    );
  });

  it('a second document', () => {
    expect(refusal('a: 1\n---\nb: 2\n')).toBe(
      `recipe.yaml:2:1: error [YamlSyntax] a second document starts here, but a config file can contain only one
  |
2 | ---
  | ^^^
hint: Remove this line and everything after it, or move the second document to its own file.`,
    );
  });

  it('a quote that is never closed, at the quote that opens', () => {
    expect(refusal('a: 1\nname: "lora\nlr: 2\n')).toBe(
      `recipe.yaml:2:7: error [YamlSyntax] this quoted value is never closed
  |
2 | name: "lora
  |       ^
hint: Close it on line 2: "lora"`,
    );
  });

  it('an alias without an anchor', () => {
    expect(refusal('a: *base\n')).toBe(
      `recipe.yaml:1:4: error [YamlSyntax] the alias '*base' has no anchor above it
  |
1 | a: *base
  |    ^^^^^
hint: Write '&base' before the value to repeat, or put the text in quotes.`,
    );
  });

  it('an interpolation in braces without quotes', () => {
    expect(refusal('a: {b: ${c}}\n')).toContain('recipe.yaml:1:9: error [YamlSyntax]');
  });

  it('a short file whose aliases unfold to a huge value', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const items = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(9).fill(items).join(', ')}]\n`;
    });
    expect(refusal(levels.join(''))).toMatch(
      /^recipe\.yaml:1:1: error \[YamlTooLarge\] the aliases in this file expand to a huge value/,
    );
  });

  it('a file of more than sixteen million characters', () => {
    expect(refusal(`# ${'x'.repeat(LARGEST_TEXT)}`)).toMatch(
      /^recipe\.yaml:1:1: error \[YamlTooLarge\] the file has more than 16777216 characters/,
    );
  });

  it('collections that are nested without end', () => {
    expect(refusal('['.repeat(100_000))).toContain('error [YamlSyntax] nested deeper than 400');
  });
});

describe('the two dialects', () => {
  it('differ in floats without a dot or a sign', () => {
    const source = { path: 'x', text: '1e3' };
    expect(readYaml(source)).toMatchObject({ kind: 'float', value: 1000 });
    expect(readYaml(source, 'pyyaml')).toMatchObject({ kind: 'str', value: '1e3' });
  });

  it('both read a text without a document as null, and dates as text', () => {
    for (const dialect of ['omegaconf', 'pyyaml'] as const) {
      expect(readYaml({ path: 'x', text: '# nothing\n' }, dialect)).toEqual({ kind: 'null' });
      expect(readYaml({ path: 'x', text: '2001-12-14' }, dialect)).toMatchObject({ kind: 'str' });
    }
  });
});
