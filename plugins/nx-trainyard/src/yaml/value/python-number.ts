/**
 * A float as Python's `repr` writes it: the shortest digits that read back as the same float, with
 * an exponent (of at least two digits) below 1e-4 and from 1e16 on; `inf`, `nan`, `-0.0`.
 */
export function pythonFloatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e16)) {
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits}e${exponent[0] ?? ''}${exponent.slice(1).padStart(2, '0')}`;
}

/** The white space that `int()` and `float()` strip: Unicode's, but not the ASCII separators. */
const SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const DIGITS = '\\p{Nd}(?:_?\\p{Nd})*';
const NUMBER = `(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][-+]?${DIGITS})?`;
const WORD = '(?:[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])';

const INT = new RegExp(`^${SPACE}[-+]?${DIGITS}${SPACE}$`, 'u');
const FLOAT = new RegExp(`^${SPACE}[-+]?(?:${NUMBER}|${WORD})${SPACE}$`, 'u');

/** False for most words at the price of one look: only these can start a number in Python. */
function mayBeNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  const afterDigits = first > 0x39 && first < 0x80;
  return !afterDigits || 'iInN'.includes(text.charAt(0));
}

/** Whether Python's `int(text)` succeeds: underscores, spaces around and Unicode digits count. */
export function pythonIntAccepts(text: string): boolean {
  return mayBeNumber(text) && INT.test(text);
}

/** Whether Python's `float(text)` succeeds; whatever `int` accepts, `float` accepts. */
export function pythonFloatAccepts(text: string): boolean {
  return mayBeNumber(text) && FLOAT.test(text);
}
