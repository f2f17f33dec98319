import type { SourceText } from '../../diagnostics';
import type { AliasNode, MappingNode, Pair, ScalarNode, SequenceNode, YamlNode } from './node';
import { DEFAULT_TAGS, throwFurther, takeDirectives } from './document';
import { Scanner } from './scanner';
import { TokenReader } from './token-reader';
import type { Opening } from './mistakes/explain-values';
import { explainAfterValue, explainBetweenItems, explainNoValue } from './mistakes/explain-values';

/** Python gives up at about this depth too (its recursion limit); no configuration comes near. */
export const DEEPEST = 400;

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
  readonly #tokens: TokenReader;
  readonly #anchors = new Map<string, { node: YamlNode | undefined }>();
  #tags = DEFAULT_TAGS;
  #depth = 0;
  /** The brackets that are open, outermost first. */
  readonly #openings: Opening[] = [];

  constructor(source: SourceText) {
    this.#tokens = new TokenReader(new Scanner(source));
  }

  parse(): YamlNode | undefined {
    let root: YamlNode | undefined;
    if (this.#tokens.at('end of text')) return undefined;
    if (this.#tokens.at('directive', '---')) {
      this.#tags = takeDirectives(this.#tokens);
      const empty = this.#tokens.at('directive', '---', '...', 'end of text');
      root = empty ? this.#empty() : this.#node();
    } else root = this.#node();
    while (this.#tokens.at('...')) this.#tokens.take();
    if (!this.#tokens.at('end of text')) throwFurther(this.#tokens);
    return root;
  }

  /** An omitted value: it has no text, so it stands where the last token ended. */
  #empty(start = this.#tokens.lastEnd, tag?: string): ScalarNode {
    const node = {
      kind: 'scalar',
      value: '',
      style: 'plain',
      start,
      end: this.#tokens.lastEnd,
    } as const;
    return tag === undefined ? node : { ...node, tag };
  }

  /** `indentless`: a list may start at the column of the key that it belongs to. */
  #node(indentless = false): YamlNode {
    if (++this.#depth > DEEPEST) {
      this.#tokens.fail(`nested deeper than ${DEEPEST} levels`, this.#tokens.peek(), {
        hint: 'Close the brackets above it, or split the file.',
      });
    }
    const node = this.#tokens.at('alias') ? this.#alias() : this.#content(indentless);
    this.#depth--;
    return node;
  }

  #alias(): AliasNode {
    const token = this.#tokens.take();
    const name = token.type === 'alias' ? token.name : '';
    const known = this.#anchors.get(name);
    if (!known) {
      return this.#tokens.fail(`the alias '*${name}' has no anchor above it`, token, {
        hint: `Write '&${name}' before the value to repeat, or put the text in quotes.`,
      });
    }
    const target = known.node;
    if (!target) {
      return this.#tokens.fail(`'*${name}' is inside the value it repeats`, token, {
        hint: 'Write the value out, or put the text in quotes.',
      });
    }
    const { start, end } = token;
    return { kind: 'alias', name, target: target as AliasNode['target'], start, end };
  }

  #content(indentless: boolean): YamlNode {
    const start = this.#tokens.peek().start;
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
      const token = this.#tokens.peek();
      if (token.type === 'anchor' && anchor === undefined) {
        if (this.#anchors.has(token.name)) {
          this.#tokens.fail(`duplicate anchor '&${token.name}'`, token, {
            hint: 'Give it another name.',
          });
        }
        anchor = token.name;
      } else if (token.type === 'tag' && tag === undefined) {
        const prefix = token.handle === undefined ? '' : this.#tags.get(token.handle);
        if (prefix === undefined) {
          this.#tokens.fail(`unknown tag handle '${token.handle}'`, token, {
            hint: "Put a text that starts with '!' in quotes, or remove the tag.",
          });
        }
        tag = prefix + token.suffix;
      } else return { anchor, tag };
      this.#tokens.take();
    }
  }

  #body(indentless: boolean, start: number, tag: string | undefined, named: boolean): YamlNode {
    const token = this.#tokens.peek();
    const tagged = tag === undefined ? {} : { tag };
    switch (token.type) {
      case 'scalar': {
        this.#tokens.take();
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
    const { cursor } = this.#tokens;
    return cursor.mistaken(explainNoValue(cursor.source.text, token, this.#openings.at(-1)));
  }

  #blockSequence(): SequenceNode {
    const { start } = this.#tokens.take();
    const items: YamlNode[] = [];
    while (this.#tokens.at('- ')) {
      this.#tokens.take();
      items.push(this.#tokens.at('- ', 'block end') ? this.#empty() : this.#node());
    }
    this.#closeBlock('list');
    return { kind: 'sequence', flow: false, items, start, end: this.#tokens.lastEnd };
  }

  #indentlessSequence(): SequenceNode {
    const { start } = this.#tokens.peek();
    const items: YamlNode[] = [];
    while (this.#tokens.at('- ')) {
      this.#tokens.take();
      items.push(this.#tokens.at('- ', '? ', ': ', 'block end') ? this.#empty() : this.#node());
    }
    return { kind: 'sequence', flow: false, items, start, end: this.#tokens.lastEnd };
  }

  #blockMapping(): MappingNode {
    const { start } = this.#tokens.take();
    const pairs: Pair[] = [];
    while (this.#tokens.at('? ')) {
      this.#tokens.take();
      const key = this.#tokens.at('? ', ': ', 'block end') ? this.#empty() : this.#node(true);
      let value: YamlNode | undefined;
      if (this.#tokens.at(': ')) {
        this.#tokens.take();
        if (!this.#tokens.at('? ', ': ', 'block end')) value = this.#node(true);
      }
      pairs.push({ key, value: value ?? this.#empty() });
    }
    this.#closeBlock('mapping');
    return { kind: 'mapping', flow: false, pairs, start, end: this.#tokens.lastEnd };
  }

  #closeBlock(what: 'list' | 'mapping'): void {
    const last = this.#tokens.last;
    const token = this.#tokens.take();
    if (token.type === 'block end') return;
    const { cursor } = this.#tokens;
    cursor.mistaken(explainAfterValue(cursor.source.text, token, last, what));
  }

  #open(): number {
    const { type, start } = this.#tokens.take();
    this.#openings.push({ type: type === '[' ? '[' : '{', start });
    return start;
  }

  #close(): number {
    this.#openings.pop();
    return this.#tokens.take().end;
  }

  #flowSequence(): SequenceNode {
    const start = this.#open();
    const items: YamlNode[] = [];
    while (!this.#tokens.at(']')) {
      if (items.length > 0) this.#separator();
      if (this.#tokens.at(']')) break;
      if (this.#tokens.at('? ')) {
        const from = this.#tokens.take().start;
        const key = this.#tokens.at(': ', ',', ']') ? this.#empty() : this.#node();
        const value = this.#flowValue(']');
        const pairs = [{ key, value }];
        items.push({ kind: 'mapping', flow: true, pairs, start: from, end: this.#tokens.lastEnd });
      } else items.push(this.#node());
    }
    const end = this.#close();
    return { kind: 'sequence', flow: true, items, start, end };
  }

  #flowMapping(): MappingNode {
    const start = this.#open();
    const pairs: Pair[] = [];
    while (!this.#tokens.at('}')) {
      if (pairs.length > 0) this.#separator();
      if (this.#tokens.at('}')) break;
      if (this.#tokens.at('? ')) {
        this.#tokens.take();
        const key = this.#tokens.at(': ', ',', '}') ? this.#empty() : this.#node();
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
    if (!this.#tokens.at(': ')) return this.#empty();
    this.#tokens.take();
    return this.#tokens.at(',', close) ? this.#empty() : this.#node();
  }

  #separator(): void {
    const last = this.#tokens.last;
    const token = this.#tokens.take();
    if (token.type === ',') return;
    const { cursor } = this.#tokens;
    const opening = this.#openings.at(-1) as Opening;
    cursor.mistaken(explainBetweenItems(cursor.source.text, token, opening, last));
  }
}
