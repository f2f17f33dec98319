import type { Location, SourceText } from '../../diagnostics';
import { throwDiagnostic } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import type { YamlScalar, YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { Element, Span } from '../grammar/ast';
import { Parser } from '../grammar/parser';
import { GrammarProblem, shortened } from '../grammar/problem';

/** `key=value`, `+key=value`, `++key=value`, `~key` */
export type OverrideType = 'CHANGE' | 'ADD' | 'FORCE_ADD' | 'DEL';

/** An argument of the command line that changes a config. */
export interface Override {
  readonly type: OverrideType;
  /** A dotted path into the config, or the path of a group. */
  readonly key: string;
  /** What follows `@` in the key. */
  readonly package?: string;
  /** Undefined only for a `~key` without a value. */
  readonly value: YamlValue | undefined;
  readonly source: SourceText;
}

const TYPES: Readonly<Record<string, OverrideType>> = {
  '': 'CHANGE',
  '+': 'ADD',
  '++': 'FORCE_ADD',
  '~': 'DEL',
};

const NAME = '[a-zA-Z_][\\w-]*';
const SPECIAL = '[a-zA-Z_$][\\w$-]*';
const SEGMENT = `(?:${SPECIAL}|0|[1-9](?:_?\\d)*)`;
const PACKAGE = `(?:${SEGMENT}(?:\\.${SEGMENT})+|${SPECIAL}|)`;
const OVERRIDE = new RegExp(
  `^(?<prefix>~|\\+{0,2})(?<key>${NAME}(?:/${NAME})+|${PACKAGE})(?:@(?<pkg>${PACKAGE}))?(?<rest>=[^]*)?$`,
);

/**
 * Reads an override as Hydra 1.3 reads it, except that sweeps and functions are refused. Strings in
 * quotes lose them, and strings with interpolations stay as they are.
 *
 * @throws DiagnosticError `OverrideParseException`; `ConfigCompositionException` for several values
 */
export function parseOverride(text: string): Override {
  const source: SourceText = { path: 'override', text };
  const { prefix = '', key = '', pkg, rest } = OVERRIDE.exec(text)?.groups ?? {};
  const type = TYPES[prefix] ?? 'CHANGE';
  if (!OVERRIDE.test(text) || (rest === undefined && type !== 'DEL')) throwForm(source);
  const named = { type, key, source, ...(pkg !== undefined && { package: pkg }) };
  if (rest === undefined) return { ...named, value: undefined };
  const written = rest.slice(1).replace(/^[ \t]+/, '');
  const offset = text.length - written.length;
  return { ...named, value: parseValue(written, offset, source) };
}

function throwForm(source: SourceText): never {
  return throwDiagnostic(
    'OverrideParseException',
    `Error parsing override ${shortened(source.text)}`,
    {
      location: { source, start: 0, end: source.text.length },
      hint:
        meant(source.text) ??
        'Write key=value, +key=value to add, ++key=value to add or change, or ~key to delete. A key is made of names separated by dots, without spaces.',
    },
  );
}

/** What is written as in another program: `--key=value`, `key = value`, `key: value`, `/group=option`. */
function meant(text: string): string | undefined {
  const written = text
    .trim()
    .replace(/^--?(?=\w)/, '')
    .replace(/^(~|\+{0,2})\//, '$1')
    .replace(/^([^=:\s]+?)\/?(?:\s*[:=]\s*|\s+)/, '$1=');
  const isWell = written !== text && written.includes('=') && OVERRIDE.test(written);
  return isWell ? `Write '${written}'.` : undefined;
}

function parseValue(written: string, offset: number, source: SourceText): YamlValue {
  if (written === '') return str('', { source, start: offset, end: offset });
  const elements = elementsOf(written, offset, source);
  const [element] = elements;
  if (element && elements.length === 1) return valueOf(element, offset, source);
  const [key = ''] = source.text.split('=', 1);
  return throwDiagnostic(
    'ConfigCompositionException',
    `Ambiguous value for argument '${source.text}'`,
    {
      location: { source, start: offset, end: source.text.length },
      hint: `For a list, use ${key}=[${written}]; for text, quote it: ${key}='${written}'.`,
    },
  );
}

function elementsOf(written: string, offset: number, source: SourceText): Element[] {
  try {
    return new Parser(written, 'override').choices();
  } catch (cause) {
    if (!(cause instanceof GrammarProblem)) throw cause;
    const message = `Error parsing override ${shortened(source.text)}: ${cause.message}`;
    return throwDiagnostic('OverrideParseException', message, {
      location: locationOf(cause.span, offset, source),
      hint: cause.hint ?? 'Put text with special characters in quotes.',
    });
  }
}

function locationOf(span: Span, offset: number, source: SourceText): Location {
  return { source, start: offset + span.start, end: offset + span.end };
}

function valueOf(element: Element, offset: number, source: SourceText): YamlValue {
  const location = locationOf(element, offset, source);
  switch (element.kind) {
    case 'constant':
      return { ...element.value, location };
    case 'list':
      return {
        kind: 'list',
        items: element.items.map((item) => valueOf(item, offset, source)),
        location,
      };
    case 'map': {
      const entries = new Dict<YamlValue>();
      for (const [key, value] of element.entries) {
        entries.set({ ...key, location } satisfies YamlScalar, valueOf(value, offset, source));
      }
      return { kind: 'map', entries, location };
    }
    default:
      // The lexer of overrides gives interpolations as text.
      throw new Error(`an override holds no ${element.kind}`);
  }
}
