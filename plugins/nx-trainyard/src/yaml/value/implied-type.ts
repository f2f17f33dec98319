/** What a plain scalar is when no tag says so (YAML 1.1 as PyYAML reads it). */
export type ImplicitTag =
  'null' | 'bool' | 'int' | 'float' | 'timestamp' | 'merge' | 'value' | 'str';

const NULLS = ['~', 'null', 'Null', 'NULL'];
const TRUES = ['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSES = ['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];

const WORDS = new Map<string, 'null' | 'bool'>([
  ...NULLS.map((word) => [word, 'null'] as const),
  ...[...TRUES, ...FALSES].map((word) => [word, 'bool'] as const),
]);
const LONGEST_WORD = 5;

const INT = anyOf(
  /[-+]?(?:0|[1-9][0-9_]*)/,
  /[-+]?0[0-7_]+/,
  /[-+]?0b[01_]+/,
  /[-+]?0x[0-9a-fA-F_]+/,
  /[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+/,
);

const FLOATS = [
  /[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?/,
  /\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?/,
  /[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*/,
  /[-+]?\.(?:inf|Inf|INF)/,
  /\.(?:nan|NaN|NAN)/,
];
const FLOAT = anyOf(...FLOATS);
/** OmegaConf lets the exponent stand without a sign, and without a dot before it. */
const OMEGACONF_FLOAT = anyOf(...FLOATS, /[-+]?[0-9]+(?:_[0-9]+)*(?:\.[0-9_]*)?[eE][-+]?[0-9]+/);

const TIMESTAMP = anyOf(
  /[0-9]{4}-[0-9]{2}-[0-9]{2}/,
  new RegExp(
    '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?' +
      '(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?',
  ),
);

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(`^(?:${patterns.map((pattern) => pattern.source).join('|')})$`);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The tag of a text that starts like a number. */
function numericTag(text: string, float: RegExp): 'int' | 'float' | 'str' {
  const first = text.charCodeAt(0);
  if (!isDigit(first)) {
    const second = text.charCodeAt(1);
    const dot = 0x2e;
    if (!isDigit(second) && second !== dot && first !== dot) return 'str';
  } else if (text.length === 1) return 'int';
  if (INT.test(text)) return 'int';
  return float.test(text) ? 'float' : 'str';
}

/** Most texts are known by their first character; only the rest meets a regular expression. */
function tagOf(text: string, float: RegExp): Exclude<ImplicitTag, 'timestamp'> {
  if (text === '') return 'null';
  switch (text[0]) {
    case '-':
    case '+':
    case '.':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return numericTag(text, float);
    case '~':
    case 'f':
    case 'F':
    case 'n':
    case 'N':
    case 'o':
    case 'O':
    case 't':
    case 'T':
    case 'y':
    case 'Y':
      return text.length > LONGEST_WORD ? 'str' : (WORDS.get(text) ?? 'str');
    case '<':
      return text === '<<' ? 'merge' : 'str';
    case '=':
      return text === '=' ? 'value' : 'str';
    default:
      return 'str';
  }
}

/** The type that PyYAML 6 (`SafeLoader`, `SafeDumper`) gives to a plain scalar. */
export function impliedTag(text: string): ImplicitTag {
  const tag = tagOf(text, FLOAT);
  return tag === 'str' && isDigit(text.charCodeAt(0)) && TIMESTAMP.test(text) ? 'timestamp' : tag;
}

/** The type that OmegaConf 2.2's loader gives to a plain scalar: more floats, no timestamps. */
export function omegaConfTag(text: string): Exclude<ImplicitTag, 'timestamp'> {
  return tagOf(text, OMEGACONF_FLOAT);
}

const DIGITS = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-fA-F]+$/ } as const;
const PREFIX = { 2: '0b', 8: '0o', 10: '', 16: '0x' } as const;

function parseDigits(text: string, base: keyof typeof DIGITS): bigint {
  if (!DIGITS[base].test(text)) {
    throw new Error(`invalid literal for int() with base ${base}: '${text}'`);
  }
  return BigInt(PREFIX[base] + text);
}

/** A number's text without underscores and sign. */
function unsigned(text: string): { negative: boolean; digits: string } {
  const bare = text.includes('_') ? text.replaceAll('_', '') : text;
  const negative = bare.startsWith('-');
  return { negative, digits: negative || bare.startsWith('+') ? bare.slice(1) : bare };
}

/**
 * The value of an `!!int` scalar (PyYAML 6): decimal, `0777` octal, `0b`, `0x` and base 60 (`1:30`
 * is 90), underscores anywhere.
 * @throws Error in Python's words where Python's `int()` refuses the digits, as in `0x_`.
 */
export function intFromYaml(text: string): bigint {
  const { negative, digits } = unsigned(text);
  let value: bigint;
  if (digits.startsWith('0b')) value = parseDigits(digits.slice(2), 2);
  else if (digits.startsWith('0x')) value = parseDigits(digits.slice(2), 16);
  else if (digits.startsWith('0')) value = parseDigits(digits, 8);
  else value = digits.split(':').reduce((sum, part) => sum * 60n + parseDigits(part, 10), 0n);
  return negative ? -value : value;
}

const DECIMAL = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/;

function parseDecimal(text: string): number {
  if (!DECIMAL.test(text)) throw new Error(`could not convert string to float: '${text}'`);
  return Number(text);
}

/**
 * The value of a `!!float` scalar (PyYAML 6), base 60 included (`1:30.5` is 90.5).
 * @throws Error in Python's words where Python's `float()` refuses the text.
 */
export function floatFromYaml(text: string): number {
  const { negative, digits } = unsigned(text.toLowerCase());
  const sign = negative ? -1 : 1;
  if (digits === '.inf') return sign * Infinity;
  if (digits === '.nan') return NaN;
  let value = 0;
  let unit = 1;
  // From the right, as PyYAML adds them: another order rounds differently.
  for (const part of digits.split(':').reverse()) {
    value += parseDecimal(part) * unit;
    unit *= 60;
  }
  return sign * value;
}

/**
 * The value of a `!!bool` scalar (PyYAML 6), in any case of letters.
 * @throws Error when the text is no bool.
 */
export function boolFromYaml(text: string): boolean {
  const word = text.toLowerCase();
  if (TRUES.includes(word)) return true;
  if (FALSES.includes(word)) return false;
  throw new Error(`not a bool: '${text}'`);
}

/**
 * The value of a `!!binary` scalar (PyYAML 6, Python's `base64.decodebytes`): what is no base64
 * character is passed over, and nothing is read after the padding.
 * @throws Error in Python's words when characters are missing or beyond ASCII.
 */
export function bytesFromYaml(text: string): Uint8Array {
  let data = '';
  let padding = 0;
  for (const character of text) {
    if (character > '\x7f') throw new Error('failed to convert base64 data into ascii');
    if (/[A-Za-z0-9+/]/.test(character)) {
      data += character;
      padding = 0;
    } else if (character === '=' && data.length % 4 >= 2) {
      padding += 1;
      if ((data.length % 4) + padding === 4) return Buffer.from(data, 'base64');
    }
  }
  if (data.length % 4 !== 0) throw new Error('failed to decode base64 data: incorrect padding');
  return Buffer.from(data, 'base64');
}
