import { explainAfterValue } from './mistakes/explain-values';
import { describeToken } from './token';
import type { TokenReader } from './token-reader';

/** What tag handles stand for without any directive. (YAML 1.1 §6.8.2) */
export const DEFAULT_TAGS: ReadonlyMap<string, string> = new Map([
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]);

/**
 * Takes the directives of a document and its `---`.
 *
 * @returns what tag handles stand for, with those that a `%TAG` defines
 */
export function takeDirectives(tokens: TokenReader): ReadonlyMap<string, string> {
  const tags = new Map(DEFAULT_TAGS);
  const seen = new Set<string>();
  while (tokens.at('directive')) {
    const token = tokens.take();
    if (token.type !== 'directive') continue;
    const [first = '', second = ''] = token.args;
    const id = token.name === 'TAG' ? `TAG ${first}` : token.name;
    if (seen.has(id) && (token.name === 'YAML' || token.name === 'TAG')) {
      tokens.fail(`duplicate %${id} directive`, token, { hint: 'Remove one of the two.' });
    }
    seen.add(id);
    if (token.name === 'YAML' && !first.startsWith('1.')) {
      tokens.fail('only YAML 1.x is supported', token, { hint: 'Remove the %YAML line.' });
    }
    if (token.name === 'TAG') tags.set(first, second);
  }
  const token = tokens.take();
  if (token.type !== '---') {
    tokens.fail(`expected '---', but found ${describeToken(token)}`, token, {
      hint: "Put a key that starts with '%' in quotes, or write '---' on a line after the directives.",
    });
  }
  return tags;
}

/** Refuses what follows the document. @throws DiagnosticError `YamlSyntax` */
export function throwFurther(tokens: TokenReader): never {
  const token = tokens.peek();
  if (token.type === '---') {
    tokens.fail('a second document starts here, but a config file can contain only one', token, {
      hint: 'Remove this line and everything after it, or move the second document to its own file.',
    });
  }
  if (token.type === 'directive') {
    tokens.fail(
      "a '%' at the start of a line marks a directive, which must come before the document",
      token,
      {
        hint: "Put a key that starts with '%' in quotes, or remove the line.",
      },
    );
  }
  const { text } = tokens;
  if (/^\.\.\.(?:\s|$)/m.test(text.slice(0, token.start))) {
    tokens.fail("nothing may follow the '...' that ends the document", token, {
      hint: "Remove the line '...', or everything after it.",
    });
  }
  return tokens.cursor.mistaken(explainAfterValue(text, token, tokens.last, 'mapping'));
}
