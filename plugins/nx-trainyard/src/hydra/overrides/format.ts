import { throwDiagnostic } from '../../diagnostics';
import { pythonFloatRepr } from '../../yaml/value/python-number';
import type { YamlScalar, YamlValue } from '../../yaml/value/value';
import { pythonTypeName } from '../../yaml/value/value';
import { Parser } from '../grammar/parser';
import { GrammarProblem } from '../grammar/problem';

/**
 * `key=value` so that Hydra 1.3 reads back exactly this value: its type, order and text. Quotes
 * stand only where they are needed. Nothing is done for the shell.
 *
 * @param key the key as it is to be written, with a `+` or a package if it needs one
 * @throws DiagnosticError `UnwritableOverride` for a value that no override can have: bytes, or a
 *   mapping with a key that would need quotes
 */
export function formatOverride(key: string, value: YamlValue): string {
  return `${key}=${formatElement(value, false)}`;
}

/** @param inside whether the element stands in brackets, where a backslash at its end would escape */
function formatElement(value: YamlValue, inside: boolean): string {
  switch (value.kind) {
    case 'list':
      return `[${value.items.map((item) => formatElement(item, true)).join(',')}]`;
    case 'map': {
      const entries = [...value.entries];
      return `{${entries.map(([key, item]) => `${formatKey(key)}:${formatElement(item, true)}`).join(',')}}`;
    }
    case 'str':
      return formatString(value.value, inside);
    default:
      return formatScalar(value);
  }
}

function formatScalar(value: Exclude<YamlScalar, { kind: 'str' }>): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'bool':
    case 'int':
      return String(value.value);
    case 'float':
      return pythonFloatRepr(value.value);
    case 'bytes':
      return throwDiagnostic('UnwritableOverride', 'An override cannot hold bytes');
  }
}

function formatString(text: string, inside: boolean): string {
  if (text === '') return inside ? "''" : '';
  // Hydra drops white space after the `=`.
  if (!/^[ \t]/.test(text) && readsAs(inside ? `[${text}]` : text, text, inside)) return text;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${escaped(text, quote)}${quote}`;
}

/** Backslashes count only before a quote of the same kind, the closing one included. */
function escaped(text: string, quote: string): string {
  const pattern = quote === '"' ? /(\\*)("|$)/g : /(\\*)('|$)/g;
  return text.replace(
    pattern,
    (_, backslashes: string, end: string) => `${backslashes}${backslashes}${end && `\\${end}`}`,
  );
}

function formatKey(key: YamlScalar): string {
  if (key.kind !== 'str') return formatScalar(key);
  const escapes = key.value.replace(/[\\()[\]{}:=, \t]/g, '\\$&');
  for (const text of [key.value, escapes]) if (readsAsKey(text, key.value)) return text;
  return throwDiagnostic('UnwritableOverride', `An override cannot hold the key '${key.value}'`, {
    ...(key.location && { location: key.location }),
    hint: `Keys of a mapping in an override have no quotes, so this ${pythonTypeName(key)} would be read as something else.`,
  });
}

function readsAs(written: string, text: string, inside: boolean): boolean {
  try {
    const element = new Parser(written, 'override').single();
    const [only, ...more] = element.kind === 'list' && inside ? element.items : [element];
    return more.length === 0 && only?.kind === 'constant' && isText(only.value, text);
  } catch (cause) {
    if (cause instanceof GrammarProblem) return false;
    throw cause;
  }
}

function readsAsKey(written: string, text: string): boolean {
  try {
    const element = new Parser(`{${written}:0}`, 'override').single();
    const [entry, ...more] = element.kind === 'map' ? element.entries : [];
    return more.length === 0 && entry !== undefined && isText(entry[0], text);
  } catch (cause) {
    if (cause instanceof GrammarProblem) return false;
    throw cause;
  }
}

function isText(value: YamlScalar, text: string): boolean {
  return value.kind === 'str' && value.value === text;
}
