import { flowText } from '../../yaml/writer/inline-text';
import type { YamlScalar, YamlValue } from '../../yaml/value/value';

/**
 * A value in YAML on one line, for `key=value`. No `=` stands in it, for torchtune splits its
 * arguments at each of them, no line end, for arguments are listed line by line, and no bare `None`,
 * which torchtune makes null.
 */
export function dotlistText(value: YamlValue): string {
  const text = flowText(value);
  if (text === 'None') return "'None'";
  if (!/[=\n\r\u0085\u2028\u2029]/.test(text)) return text;
  switch (value.kind) {
    case 'list':
      return `[${value.items.map(dotlistText).join(', ')}]`;
    case 'map':
      return `{${Array.from(value.entries, ([key, item]) => `${dotlistText(key)}: ${dotlistText(item)}`).join(', ')}}`;
    default:
      return quoted(value);
  }
}

function quoted(value: YamlScalar): string {
  if (value.kind === 'bytes') {
    return `!!binary "${Buffer.from(value.value).toString('base64').replaceAll('=', '\\x3d')}"`;
  }
  if (value.kind !== 'str') throw new Error(`a ${value.kind} is written without '='`);
  const escaped = value.value.replace(/["\\=\p{C}\u2028\u2029]/gu, (char) => {
    return char === '"' || char === '\\' ? `\\${char}` : escape(char.codePointAt(0) ?? 0);
  });
  return `"${escaped}"`;
}

function escape(code: number): string {
  const digits = code.toString(16);
  return code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
