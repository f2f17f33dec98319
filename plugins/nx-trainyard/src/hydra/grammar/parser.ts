import type { YamlScalar } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { Constant, Concat, Element, Interpolation, Sequence, Span } from './ast';
import type { Mode, GrammarToken, TokenType } from './lexer';
import { GrammarProblem } from './problem';
import { TokenStream } from './token-stream';
import { constantOf, unescapeEveryPair, unescapeOpen, unquote } from './token-value';

type Part = string | Interpolation;
type TokenTypes = ReadonlySet<TokenType>;

const TEXT: TokenTypes = new Set<TokenType>(['text', 'escape', 'escapedOpen', 'backslashes']);
const DICT_KEY: TokenTypes = new Set<TokenType>(
  'id null int float bool char escape space'.split(' ') as TokenType[],
);
const PRIMITIVE: TokenTypes = new Set<TokenType>([...DICT_KEY, 'colon', 'open', 'interpolation']);

/**
 * Reads what the lexer gives, in the mode in which it was started, into a tree. One element grammar
 * serves interpolations, `oc.decode` and Hydra's override values; where Hydra's differs, the mode
 * `override` decides. (Grammars of OmegaConf 2.2 and Hydra 1.3)
 */
export class Parser {
  readonly #tokens: TokenStream;
  readonly #override: boolean;

  /** @throws GrammarProblem, as the methods do */
  constructor(text: string, mode: Mode) {
    this.#tokens = new TokenStream(text, mode);
    this.#override = mode === 'override';
  }

  /** A whole string of a config. */
  value(): Element {
    const parts = this.#text(false);
    const span = { start: 0, end: this.#tokens.expect('end').end };
    const [only] = parts;
    return parts.length === 1 && typeof only === 'object' ? only : joined(parts, span);
  }

  /** One element and nothing after it. */
  single(): Element {
    const element = this.#element();
    this.#tokens.expect('end');
    return element;
  }

  /** Elements separated by commas, at least one, as they may follow the `=` of an override. */
  choices(): Element[] {
    const elements = [this.#element()];
    while (this.#tokens.accept('comma')) elements.push(this.#element());
    this.#tokens.expect('end');
    return elements;
  }

  #text(quoted: boolean): Part[] {
    const parts: Part[] = [];
    for (;;) {
      if (this.#tokens.sees('open')) parts.push(this.#interpolation());
      else if (!TEXT.has(this.#tokens.next.type)) return parts;
      else parts.push(this.#literal(this.#tokens.take(), quoted));
    }
  }

  #literal({ type, text }: GrammarToken, quoted: boolean): string {
    if (type === 'escapedOpen') return unescapeOpen(text);
    if (type === 'escape') return unescapeEveryPair(text);
    // Pairs of backslashes stand for themselves, except where one could be taken for an escape.
    const next = this.#tokens.next.type;
    const escapes = next === 'open' || (quoted && !TEXT.has(next));
    return type === 'backslashes' && escapes ? unescapeEveryPair(text) : text;
  }

  #element(): Element {
    return this.#tokens.nested(() => this.#elementHere());
  }

  #elementHere(): Element {
    const { type, start, end, text } = this.#tokens.next;
    switch (type) {
      case 'quoted':
        this.#tokens.take();
        return { kind: 'constant', value: str(unquote(text)), start, end };
      case 'quoteOpen': {
        this.#tokens.take();
        const parts = this.#text(true);
        return joined(parts, { start, end: this.#tokens.expect('quoteClose').end });
      }
      case 'bracketOpen': {
        this.#tokens.take();
        const items = this.#sequence('bracketClose');
        return { kind: 'list', ...items, start, end: this.#tokens.expect('bracketClose').end };
      }
      case 'braceOpen':
        return this.#map();
      default:
        return this.#primitive();
    }
  }

  #map(): Element {
    const { start } = this.#tokens.expect('braceOpen');
    const entries: (readonly [YamlScalar, Element])[] = [];
    if (!this.#tokens.sees('braceClose')) {
      do {
        const key = this.#dictKey();
        this.#tokens.expect('colon');
        entries.push([key, this.#element()]);
      } while (this.#tokens.accept('comma'));
    }
    return { kind: 'map', entries, start, end: this.#tokens.expect('braceClose').end };
  }

  #dictKey(): YamlScalar {
    const key = this.#run(DICT_KEY);
    return key.kind === 'constant' ? key.value : this.#tokens.unexpected();
  }

  /** Elements up to `closer`. OmegaConf takes an element that is left out for an empty string. */
  #sequence(closer: TokenType): Sequence {
    const items: Element[] = [];
    let gaps = false;
    if (this.#tokens.sees(closer)) return { items, gaps };
    do {
      const { type, start } = this.#tokens.next;
      if (!this.#override && (type === 'comma' || type === closer)) {
        gaps = true;
        items.push({ kind: 'constant', value: str(''), start, end: start });
      } else items.push(this.#element());
    } while (this.#tokens.accept('comma'));
    return { items, gaps };
  }

  #primitive(): Element {
    const element = this.#run(PRIMITIVE);
    if (!this.#tokens.sees('parenOpen')) return element;
    const { start, end } = element;
    const hint = 'Write the value itself, or put it in quotes if it is text.';
    throw new GrammarProblem('Functions are not supported in an override', { start, end }, hint);
  }

  /** A run of tokens without quotes or brackets: a typed value if it is one token, else a string. */
  #run(types: TokenTypes): Constant | Concat | Interpolation {
    let parts: (GrammarToken | Interpolation)[] = [];
    while (types.has(this.#tokens.next.type)) {
      parts.push(this.#tokens.sees('open') ? this.#interpolation() : this.#tokens.take());
    }
    if (this.#override) parts = withoutOuterSpace(parts);
    const [first, last] = [parts[0], parts.at(-1)];
    if (!first || !last) return this.#tokens.unexpected();
    const span = { start: first.start, end: last.end };
    if (first !== last) return joined(parts.map(partOf), span);
    if ('kind' in first) return first;
    if (first.type === 'space') throw new GrammarProblem('Unexpected white space', span);
    return { kind: 'constant', value: constantOf(first), ...span };
  }

  #interpolation(): Interpolation {
    return this.#tokens.nested(() => this.#interpolationHere());
  }

  #interpolationHere(): Interpolation {
    const { start } = this.#tokens.expect('open');
    const key: Part[] = [];
    while (this.#tokens.accept('dot')) key.push('.');
    // Only names with dots between can name a resolver.
    let name: Part[] | undefined = key.length === 0 ? [] : undefined;
    for (;;) {
      const bracket = this.#tokens.accept('bracketOpen');
      if (bracket || this.#tokens.sees('key')) name = undefined;
      const part = this.#keyPart();
      name?.push(part);
      if (bracket) {
        this.#tokens.expect('bracketClose');
        key.push('[', part, ']');
      } else key.push(part);
      if (this.#tokens.accept('dot')) {
        key.push('.');
        if (this.#tokens.sees('bracketOpen')) return this.#tokens.unexpected();
      } else if (!this.#tokens.sees('bracketOpen')) break;
    }
    if (name && this.#tokens.accept('colon')) {
      const args = this.#sequence('braceClose');
      return { kind: 'resolver', name, args, start, end: this.#tokens.expect('braceClose').end };
    }
    return { kind: 'node', key, start, end: this.#tokens.expect('close').end };
  }

  #keyPart(): Part {
    if (this.#tokens.sees('open')) return this.#interpolation();
    return (this.#tokens.accept('id') ?? this.#tokens.expect('key')).text;
  }
}

function partOf(part: GrammarToken | Interpolation): Part {
  if ('kind' in part) return part;
  return part.type === 'escape' ? unescapeEveryPair(part.text) : part.text;
}

/** A string made of parts, which is known at once unless an interpolation is among them. */
function joined(parts: readonly Part[], { start, end }: Span): Constant | Concat {
  const constant = parts.every((part) => typeof part === 'string');
  if (constant) return { kind: 'constant', value: str(parts.join('')), start, end };
  return { kind: 'concat', parts, start, end };
}

function withoutOuterSpace(
  parts: (GrammarToken | Interpolation)[],
): (GrammarToken | Interpolation)[] {
  const isSpace = (part?: GrammarToken | Interpolation) =>
    part !== undefined && 'type' in part && part.type === 'space';
  const trimmed = isSpace(parts[0]) ? parts.slice(1) : parts;
  return isSpace(trimmed.at(-1)) ? trimmed.slice(0, -1) : trimmed;
}
