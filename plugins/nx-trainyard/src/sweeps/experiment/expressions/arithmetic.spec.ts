import type { Diagnostic } from '../../../diagnostics';
import { DiagnosticError, positionAt } from '../../../diagnostics';
import { readYaml } from '../../../yaml/reader/read';
import type { YamlString, YamlValue } from '../../../yaml/value/value';
import { checkNames, evaluate, parseExpression } from './arithmetic';
import { formatValue } from '../../../yaml/writer/format-value';

const VALUES = new Map<string, YamlValue>([
  ['lora_rank', { kind: 'int', value: 8n }],
  ['optimizer.lr', { kind: 'float', value: 0.0003 }],
  ['n', { kind: 'int', value: -7n }],
  ['flag', { kind: 'bool', value: true }],
  ['name', { kind: 'str', value: 'adam' }],
]);

function computed(text: string): string {
  const source = { path: 'e.yaml', text };
  return formatValue(
    evaluate(parseExpression(text, { source, start: 0, end: text.length }), VALUES),
  );
}

/** The problem of an expression written as a YAML value, with the text that it underlines. */
function problem(yaml: string, act = evaluateAll): string {
  const source = { path: 'e.yaml', text: yaml };
  const root = readYaml(source);
  const value = (root.kind === 'map' ? root.entries.at('a') : undefined) as YamlString;
  if (!value.location) throw new Error('not written');
  try {
    const found = act(parseExpression(value.value, value.location));
    return found.map(shown).join('\n');
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics.map(shown).join('\n');
    throw cause;
  }
}

function evaluateAll(expression: ReturnType<typeof parseExpression>): Diagnostic[] {
  evaluate(expression, VALUES);
  return [];
}

function shown({ message, location, hint, id }: Diagnostic): string {
  const column = location ? positionAt(location.source, location.start).column : 0;
  const text = location?.source.text.slice(location.start, location.end) ?? '';
  return `${column} [${text}] ${id} ${message}${hint === undefined ? '' : ` | ${hint}`}`;
}

describe('an expression is computed as Python computes it', () => {
  it.each([
    ['2 * lora_rank', '16'],
    ['lora_rank', '8'],
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['10 - 4 - 3', '3'],
    ['2 ** 3 ** 2', '512'],
    ['-2 ** 2', '-4'],
    ['2 ** -1', '0.5'],
    ['--3', '3'],
    ['+n', '-7'],
    ['7 / 2', '3.5'],
    ['8 / 2', '4.0'],
    ['7 // 2', '3'],
    ['n // 2', '-4'],
    ['n % 3', '2'],
    ['7 % -3', '-2'],
    ['-7.5 // 2', '-4.0'],
    ['-7.5 % 2', '0.5'],
    ['7 // 2.0', '3.0'],
    ['optimizer.lr * 2', '0.0006'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['optimizer.lr * lora_rank ** 0.5', '0.000848528137423857'],
    ['1e-5 / 10', '1.0000000000000002e-06'],
    ['.5 + 5.', '5.5'],
    ['10 ** 30', '1000000000000000000000000000000'],
    ['10 ** 30 // 7', '142857142857142857142857142857'],
    ['(2 ** 70 + 1) / 2 ** 70', '1.0'],
    ['0 / -4', '-0.0'],
    ['0 ** 0', '1'],
    ['min(3, 1, 2)', '1'],
    ['max(lora_rank, 8.0)', '8'],
    ['min(8.0, lora_rank)', '8.0'],
    ['round(0.5)', '0'],
    ['round(1.5)', '2'],
    ['round(2.5)', '2'],
    ['round(-0.4)', '0'],
    ['round(2.675, 2)', '2.67'],
    ['round(1234.5, -2)', '1200.0'],
    ['round(1250, -2)', '1200'],
    ['round(1350, -2)', '1400'],
    ['round(7, 2)', '7'],
    ['round(10 / 4)', '2'],
    ['min(\n  1,\n  2)', '1'],
  ])('%s is %s', (text, value) => {
    expect(computed(text)).toBe(value);
  });
});

describe('what is no expression is refused at its token', () => {
  const USE =
    'Use + - * / // % ** ( ) min max round, numbers, and names of variables and controls.';

  it.each([
    ['a: 2 *', '7 [] ExperimentSchema expected a number or a name, but the expression ends'],
    ['a: 2 3', "6 [3] ExperimentSchema expected an operator, but here is '3'"],
    ['a: (2', "6 [] ExperimentSchema expected ')', but the expression ends"],
    ['a: 2 $ 3', "6 [$] ExperimentSchema '$' is not allowed in an expression"],
    ['a: foo(2)', "4 [foo] ExperimentSchema unknown function 'foo'"],
    ['a: constructor(2)', "4 [constructor] ExperimentSchema unknown function 'constructor'"],
    [
      'a: round()',
      "4 [round] ExperimentSchema 'round' expects a number and, optionally, how many digits to keep",
    ],
    ['a: min(1)', "4 [min] ExperimentSchema 'min' expects two or more numbers"],
    ['a: max(1 2)', "10 [2] ExperimentSchema expected ',' or ')', but here is '2'"],
    ['a: "2 *"', '8 [] ExperimentSchema expected a number or a name, but the expression ends'],
    ["a: '2 @ 3'", "7 [@] ExperimentSchema '@' is not allowed in an expression"],
    ['a: lora_rank if 1 else 2', "14 [if] ExperimentSchema expected an operator, but here is 'if'"],
    ['a: __import__("os")', "4 [__import__] ExperimentSchema unknown function '__import__'"],
    ['a: 2 **', '8 [] ExperimentSchema expected a number or a name, but the expression ends'],
  ])('%s', (yaml, message) => {
    expect(problem(yaml)).toBe(`${message} | ${USE}`);
  });

  it('with what to write for a number that starts with 0', () => {
    expect(problem('a: 1 + 017')).toBe(
      '8 [017] ExperimentSchema a number cannot start with 0 | Write 17.',
    );
  });

  it('however deep it is', () => {
    expect(problem(`a: ${'('.repeat(5000)}`)).toContain('nested too deeply');
    expect(problem(`a: ${'- '.repeat(5000)}1`.replace('- ', '1 - '))).toContain(
      'nested too deeply',
    );
  });
});

describe('a name that has no value', () => {
  it('is told with the nearest that has one', () => {
    expect(problem('a: "2 * lora_rnk"')).toBe(
      "9 [lora_rnk] ExperimentSchema 'lora_rnk' is not a variable, control, outside key, or key of the base config | Did you mean 'lora_rank'?",
    );
  });

  it('is found before anything is computed, with all others', () => {
    const known = new Set(VALUES.keys());
    const found = problem('a: min(x, -y) / lora_rank', (expression) =>
      checkNames(expression, known),
    );
    expect(found.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '8 [x]',
      '12 [y]',
    ]);
  });
});

describe('what cannot be computed is told at its token', () => {
  it.each([
    [
      'a: lora_rank / 0',
      "14 [/] ExperimentSchema 'lora_rank / 0' cannot be computed: division by zero",
    ],
    ['a: 1 // 0.0', "6 [//] ExperimentSchema '1 // 0.0' cannot be computed: division by zero"],
    ['a: 1 % (2 - 2)', "6 [%] ExperimentSchema '1 % (2 - 2)' cannot be computed: division by zero"],
    [
      'a: 0 ** -1',
      "6 [**] ExperimentSchema '0 ** -1' cannot be computed: zero cannot be raised to a negative power",
    ],
    [
      'a: (-8) ** 0.5',
      "9 [**] ExperimentSchema '(-8) ** 0.5' cannot be computed: a negative number cannot be raised to a fractional power",
    ],
    [
      'a: 10.0 ** 400',
      "9 [**] ExperimentSchema '10.0 ** 400' cannot be computed: the result is too large for a float",
    ],
    [
      'a: 10 ** 400 * 1.0',
      "14 [*] ExperimentSchema '10 ** 400 * 1.0' cannot be computed: the int is too large for a float",
    ],
    [
      'a: 9 ** 9 ** 9',
      "6 [**] ExperimentSchema '9 ** 9 ** 9' cannot be computed: the result is too large",
    ],
    [
      'a: round(1, 0.5)',
      "4 [round] ExperimentSchema 'round(1, 0.5)' cannot be computed: the number of digits must be an int",
    ],
    [
      'a: round(1e999)',
      "4 [round] ExperimentSchema 'round(1e999)' cannot be computed: infinity and nan cannot be rounded",
    ],
    [
      'a: flag + 1',
      "4 [flag] TypeMismatch 'flag' is true (bool), which is not a number | Use only numbers in an expression.",
    ],
    [
      'a: 2 * name',
      "8 [name] TypeMismatch 'name' is adam (str), which is not a number | Use only numbers in an expression.",
    ],
  ])('%s', (yaml, message) => {
    expect(problem(yaml)).toBe(message);
  });
});
