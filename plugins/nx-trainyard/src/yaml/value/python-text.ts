import { pythonFloatRepr } from './python-number';
import type { YamlValue } from './value';

/** Python's `str()` of a value: a string is itself, everything else as `repr()` writes it. */
export function pythonStr(value: YamlValue): string {
  return value.kind === 'str' ? value.value : pythonRepr(value);
}

/** Python's `repr()` of a value; interpolations inside containers are not resolved. */
export function pythonRepr(value: YamlValue): string {
  switch (value.kind) {
    case 'null':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return value.value.toString();
    case 'float':
      return pythonFloatRepr(value.value);
    case 'str':
      return reprString(value.value);
    case 'bytes':
      return `b${quote([...value.value].map(byteText).join(''))}`;
    case 'list':
      return `[${value.items.map(pythonRepr).join(', ')}]`;
    case 'map': {
      const entries = [...value.entries];
      return `{${entries.map(([key, item]) => `${pythonRepr(key)}: ${pythonRepr(item)}`).join(', ')}}`;
    }
  }
}

export function reprString(text: string): string {
  return quote(text.replace(/[\\\p{C}\p{Z}]/gu, escapeCharacter));
}

function byteText(byte: number): string {
  const character = String.fromCharCode(byte);
  if (byte > 0x7e) return `\\x${byte.toString(16)}`;
  return escapeCharacter(character);
}

const SHORT: Readonly<Record<string, string>> = {
  ' ': ' ',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Python escapes what is not printable: controls, format characters, and spaces but the plain one. */
function escapeCharacter(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return character;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function quote(escaped: string): string {
  if (escaped.includes("'") && !escaped.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll("'", "\\'")}'`;
}
