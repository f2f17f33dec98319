import type { DiagnosticDetails, SourceText } from '../../diagnostics';
import type { AliasNode, MappingNode, Pair, ScalarNode, SequenceNode, YamlNode } from './node';
import { Scanner } from './scanner';
import type { Token } from './token';
import { describeToken } from './token';
import type { Opening } from './mistakes/explain-values';
import { explainAfterValue, explainBetweenItems, explainNoValue } from './mistakes/explain-values';

/** Python gives up at about this depth too (its recursion limit); no configuration comes near. */
export const DEEPEST = 400;

type TokenType = Token['type'];

/**
 * Parses a text that holds at most one YAML document, by PyYAML's grammar.
 *
 * @returns the document's root, or undefined for a text without a document
 * @throws DiagnosticError `YamlSyntax` at the first token that fits nowhere
 */
export function parseYaml(source: SourceText): YamlNode | undefined {
  return new Parser(source).parse();
}

class Parser {
  readonly #scanner: Scanner;
  readonly #anchors = new Map<string, { node: YamlNode | undefined }>();
  #tags = new Map([
    ['!', '!'],
    ['!!', 'tag:yaml.org,2002:'],
  ]);
  #depth = 0;
  #lastEnd = 0;
  /** The last token that has a text. */
  #last: Token | undefined;
  /** The brackets that are open, outermost first. */
  readonly #openings: Opening[] = [];

  constructor(source: SourceText) {
    this.#scanner = new Scanner(source);
  }

  parse(): YamlNode | undefined {
    let root: YamlNode | undefined;
    if (this.#at('end of text')) return undefined;
    if (this.#at('directive', '---')) {
      this.#documentStart();
      const empty = this.#at('directive', '---', '...', 'end of text');
      root = empty ? this.#empty() : this.#node();
    } else root = this.#node();
    while (this.#at('...')) this.#take();
    if (!this.#at('end of text')) {
      const token = this.#scanner.peek();
      this.#afterDocument(token);
    }
    return root;
  }

  #afterDocument(token: Token): never {
    if (token.type === '---') {
      this.#fail('a second document starts here; a configuration file holds one', token, {
        hint: 'Remove this line and what follows it; a second document goes into a file of its own.',
      });
    }
    if (token.type === 'directive') {
      this.#fail(
        "a '%' at the start of a line is for directives, which stand before the document",
        token,
        {
          hint: "Put a key that starts with '%' in quotes, or remove the line.",
        },
      );
    }
    const { text } = this.#scanner.cursor.source;
    if (/^\.\.\.(?:\s|$)/m.test(text.slice(0, token.start))) {
      this.#fail("nothing may follow the '...' that ends the document", token, {
        hint: "Remove the line '...', or what follows it.",
      });
    }
    return this.#scanner.cursor.mistaken(explainAfterValue(text, token, this.#last, 'mapping'));
  }

  #at(...types: TokenType[]): boolean {
    return types.includes(this.#scanner.peek().type);
  }

  #take(): Token {
    const token = this.#scanner.next();
    if (token.end > token.start) {
      this.#lastEnd = token.end;
      this.#last = token;
    }
    return token;
  }

  #fail(
    message: string,
    at: { start: number; end: number },
    details: DiagnosticDetails = {},
  ): never {
    return this.#scanner.cursor.fail(message, { start: at.start, end: at.end, ...details });
  }

  #documentStart(): void {
    const seen = new Set<string>();
    while (this.#at('directive')) {
      const token = this.#take();
      if (token.type !== 'directive') continue;
      const [first = '', second = ''] = token.args;
      const id = token.name === 'TAG' ? `TAG ${first}` : token.name;
      if (seen.has(id) && (token.name === 'YAML' || token.name === 'TAG')) {
        this.#fail(`a second %${id} directive`, token, { hint: 'Remove one of the two.' });
      }
      seen.add(id);
      if (token.name === 'YAML' && !first.startsWith('1.')) {
        this.#fail('only YAML 1 can be read', token, { hint: 'Remove the %YAML line.' });
      }
      if (token.name === 'TAG') this.#tags.set(first, second);
    }
    const token = this.#take();
    if (token.type !== '---') {
      this.#fail(`expected '---', but found ${describeToken(token)}`, token, {
        hint: "Put a key that starts with '%' in quotes; directives are followed by a line '---'.",
      });
    }
  }

  /** An omitted value: it has no text, so it stands where the last token ended. */
  #empty(start = this.#lastEnd, tag?: string): ScalarNode {
    const node = { kind: 'scalar', value: '', style: 'plain', start, end: this.#lastEnd } as const;
    return tag === undefined ? node : { ...node, tag };
  }

  /** `indentless`: a list may start at the column of the key that it belongs to. */
  #node(indentless = false): YamlNode {
    if (++this.#depth > DEEPEST) {
      this.#fail(`nested deeper than ${DEEPEST} levels`, this.#scanner.peek(), {
        hint: 'Close the brackets above it, or split the file.',
      });
    }
    const node = this.#at('alias') ? this.#alias() : this.#content(indentless);
    this.#depth--;
    return node;
  }

  #alias(): AliasNode {
    const token = this.#take();
    const name = token.type === 'alias' ? token.name : '';
    const known = this.#anchors.get(name);
    if (!known) {
      return this.#fail(`the alias '*${name}' has no anchor above it`, token, {
        hint: `Write '&${name}' before the value that it repeats, or put the text in quotes.`,
      });
    }
    const target = known.node;
    if (!target) {
      return this.#fail(`'*${name}' stands inside the value that it repeats`, token, {
        hint: 'Write the value out, or put the text in quotes.',
      });
    }
    const { start, end } = token;
    return { kind: 'alias', name, target: target as AliasNode['target'], start, end };
  }

  #content(indentless: boolean): YamlNode {
    const start = this.#scanner.peek().start;
    const { anchor, tag } = this.#properties();
    const slot: { node: YamlNode | undefined } = { node: undefined };
    if (anchor !== undefined) this.#anchors.set(anchor, slot);
    const node = this.#body(indentless, start, tag, anchor !== undefined || tag !== undefined);
    slot.node = node;
    return node;
  }

  #properties(): { anchor: string | undefined; tag: string | undefined } {
    let anchor: string | undefined;
    let tag: string | undefined;
    for (;;) {
      const token = this.#scanner.peek();
      if (token.type === 'anchor' && anchor === undefined) {
        if (this.#anchors.has(token.name)) {
          this.#fail(`a second anchor '&${token.name}'`, token, { hint: 'Give it another name.' });
        }
        anchor = token.name;
      } else if (token.type === 'tag' && tag === undefined) {
        const prefix = token.handle === undefined ? '' : this.#tags.get(token.handle);
        if (prefix === undefined) {
          this.#fail(`unknown tag handle '${token.handle}'`, token, {
            hint: "Put a text that starts with '!' in quotes, or remove the tag.",
          });
        }
        tag = prefix + token.suffix;
      } else return { anchor, tag };
      this.#take();
    }
  }

  #body(indentless: boolean, start: number, tag: string | undefined, named: boolean): YamlNode {
    const token = this.#scanner.peek();
    const tagged = tag === undefined ? {} : { tag };
    switch (token.type) {
      case 'scalar': {
        this.#take();
        const { value, style, end } = token;
        return { kind: 'scalar', value, style, start: token.start, end, ...tagged };
      }
      case '- ':
        if (!indentless) break;
        return { ...this.#indentlessSequence(), ...tagged };
      case 'block sequence':
        return { ...this.#blockSequence(), ...tagged };
      case 'block mapping':
        return { ...this.#blockMapping(), ...tagged };
      case '[':
        return { ...this.#flowSequence(), ...tagged };
      case '{':
        return { ...this.#flowMapping(), ...tagged };
    }
    if (named) return this.#empty(start, tag);
    const { cursor } = this.#scanner;
    return cursor.mistaken(explainNoValue(cursor.source.text, token, this.#openings.at(-1)));
  }

  #blockSequence(): SequenceNode {
    const { start } = this.#take();
    const items: YamlNode[] = [];
    while (this.#at('- ')) {
      this.#take();
      items.push(this.#at('- ', 'block end') ? this.#empty() : this.#node());
    }
    this.#closeBlock('list');
    return { kind: 'sequence', flow: false, items, start, end: this.#lastEnd };
  }

  #indentlessSequence(): SequenceNode {
    const { start } = this.#scanner.peek();
    const items: YamlNode[] = [];
    while (this.#at('- ')) {
      this.#take();
      items.push(this.#at('- ', '? ', ': ', 'block end') ? this.#empty() : this.#node());
    }
    return { kind: 'sequence', flow: false, items, start, end: this.#lastEnd };
  }

  #blockMapping(): MappingNode {
    const { start } = this.#take();
    const pairs: Pair[] = [];
    while (this.#at('? ')) {
      this.#take();
      const key = this.#at('? ', ': ', 'block end') ? this.#empty() : this.#node(true);
      let value: YamlNode | undefined;
      if (this.#at(': ')) {
        this.#take();
        if (!this.#at('? ', ': ', 'block end')) value = this.#node(true);
      }
      pairs.push({ key, value: value ?? this.#empty() });
    }
    this.#closeBlock('mapping');
    return { kind: 'mapping', flow: false, pairs, start, end: this.#lastEnd };
  }

  #closeBlock(what: 'list' | 'mapping'): void {
    const last = this.#last;
    const token = this.#take();
    if (token.type === 'block end') return;
    const { cursor } = this.#scanner;
    cursor.mistaken(explainAfterValue(cursor.source.text, token, last, what));
  }

  #open(): number {
    const { type, start } = this.#take();
    this.#openings.push({ type: type === '[' ? '[' : '{', start });
    return start;
  }

  #close(): number {
    this.#openings.pop();
    return this.#take().end;
  }

  #flowSequence(): SequenceNode {
    const start = this.#open();
    const items: YamlNode[] = [];
    while (!this.#at(']')) {
      if (items.length > 0) this.#separator();
      if (this.#at(']')) break;
      if (this.#at('? ')) {
        const from = this.#take().start;
        const key = this.#at(': ', ',', ']') ? this.#empty() : this.#node();
        const value = this.#flowValue(']');
        const pairs = [{ key, value }];
        items.push({ kind: 'mapping', flow: true, pairs, start: from, end: this.#lastEnd });
      } else items.push(this.#node());
    }
    const end = this.#close();
    return { kind: 'sequence', flow: true, items, start, end };
  }

  #flowMapping(): MappingNode {
    const start = this.#open();
    const pairs: Pair[] = [];
    while (!this.#at('}')) {
      if (pairs.length > 0) this.#separator();
      if (this.#at('}')) break;
      if (this.#at('? ')) {
        this.#take();
        const key = this.#at(': ', ',', '}') ? this.#empty() : this.#node();
        pairs.push({ key, value: this.#flowValue('}') });
      } else {
        const key = this.#node();
        pairs.push({ key, value: this.#empty() });
      }
    }
    const end = this.#close();
    return { kind: 'mapping', flow: true, pairs, start, end };
  }

  #flowValue(close: ']' | '}'): YamlNode {
    if (!this.#at(': ')) return this.#empty();
    this.#take();
    return this.#at(',', close) ? this.#empty() : this.#node();
  }

  #separator(): void {
    const last = this.#last;
    const token = this.#take();
    if (token.type === ',') return;
    const { cursor } = this.#scanner;
    const opening = this.#openings.at(-1) as Opening;
    cursor.mistaken(explainBetweenItems(cursor.source.text, token, opening, last));
  }
}
