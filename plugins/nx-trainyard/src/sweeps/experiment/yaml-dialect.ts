import type { Diagnostic, SourceText } from '../../diagnostics';
import { warning } from '../../diagnostics';
import type { ScalarNode, YamlNode } from '../../yaml/reader/node';
import { parseYaml } from '../../yaml/reader/parser';
import {
  boolFromYaml,
  floatFromYaml,
  intFromYaml,
  omegaConfTag,
} from '../../yaml/value/implied-type';
import { formatValue } from '../../yaml/writer/format-value';

const UNDERSCORES = /\d_/;
const LEADING_ZERO = /^[-+]?0[0-9]+$/;
const BASE_60 = /:/;

/** What OmegaConf makes of a plain scalar, as a text. */
function readAs(text: string): string {
  switch (omegaConfTag(text)) {
    case 'bool':
      return String(boolFromYaml(text));
    case 'int':
      return String(intFromYaml(text));
    case 'float':
      return formatValue({ kind: 'float', value: floatFromYaml(text) });
    default:
      return text;
  }
}

/** Why readers of YAML 1.1 and 1.2 take a plain scalar for different things; undefined if not. */
function difference(text: string): string | undefined {
  const tag = omegaConfTag(text);
  if (tag === 'bool' && !/^(?:true|false)$/i.test(text)) return 'a text';
  if (LEADING_ZERO.test(text)) return `the number ${BigInt(text.replace(/^[-+]/, ''))}`;
  if (tag !== 'int' && tag !== 'float') return undefined;
  return UNDERSCORES.test(text) || BASE_60.test(text) ? 'a text' : undefined;
}

function warningFor({ node, keys }: LocatedScalar, source: SourceText): Diagnostic | undefined {
  if (node.style !== 'plain' || node.tag !== undefined) return undefined;
  const other = difference(node.value);
  if (other === undefined) return undefined;
  const value = readAs(node.value);
  const isText = value === node.value;
  const ours = isText ? `the text '${value}'` : value;
  return warning(
    'yaml-dialect',
    `'${node.value}' is read as ${ours} here, but as ${other} elsewhere`,
    {
      location: { source, start: node.start, end: node.end },
      // As a key of its section is written, and with the section.
      keys: [keys.join('.'), keys.slice(1).join('.')],
      hint: isText
        ? `Write '${value}' in quotes.`
        : `Write ${value}. For the string, write '${node.value}' in quotes.`,
    },
  );
}

interface LocatedScalar {
  readonly node: ScalarNode;
  /** The keys under which it stands. */
  readonly keys: readonly string[];
}

function* scalarsOf(node: YamlNode, keys: readonly string[]): Generator<LocatedScalar> {
  switch (node.kind) {
    case 'scalar':
      return yield { node, keys };
    case 'sequence':
      for (const item of node.items) yield* scalarsOf(item, keys);
      return;
    case 'mapping':
      for (const { key, value } of node.pairs) {
        const below = key.kind === 'scalar' ? [...keys, key.value] : keys;
        yield* scalarsOf(key, below);
        yield* scalarsOf(value, below);
      }
  }
}

/**
 * A warning for each plain `yes`/`no`/`on`/`off`, `1_000`, `017` and `1:30`, which readers of YAML
 * 1.1 (PyYAML, OmegaConf) and 1.2 take for different things.
 *
 * @param except the offset of a scalar for which it makes no difference
 */
export function dialectWarnings(source: SourceText, except?: number): Diagnostic[] {
  const root = parseYaml(source);
  if (!root) return [];
  return Array.from(scalarsOf(root, [])).flatMap((scalar) =>
    scalar.node.start === except ? [] : (warningFor(scalar, source) ?? []),
  );
}
