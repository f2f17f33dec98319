import type { SourceText } from '../../../diagnostics';
import { throwDiagnostic } from '../../../diagnostics';

export interface RegisteredRecipe {
  readonly name: string;
  readonly distributed: boolean;
  /** `file` is relative to `recipes/configs`. */
  readonly configs: readonly { readonly name: string; readonly file: string }[];
}

interface Token {
  readonly kind: 'name' | 'string' | 'mark' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

type Value = { readonly token: Token } & (
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'call'; readonly name: string; readonly fields: ReadonlyMap<string, Value> }
);

const ASSIGNMENT = /^_ALL_RECIPES\b[^=\n]*=/m;
/** White space and comments, then a name, a string without escapes, a mark, or something else. */
const TOKEN =
  /(?:\s+|#[^\n]*)*(?:(?<name>[A-Za-z_]\w*)|"(?<double>[^"\\\n]*)"|'(?<single>[^'\\\n]*)'|(?<mark>[()[\],=])|(?<other>[^]))?/y;

/**
 * Reads `torchtune/_recipe_registry.py` without Python: calls with keyword arguments, lists, string
 * literals, True and False. Anything else is refused: a guess could name a wrong recipe.
 *
 * @throws DiagnosticError `TorchtuneRegistry`, with the place
 */
export function readRegistry(source: SourceText): readonly RegisteredRecipe[] {
  return new Registry(source).read();
}

class Registry {
  readonly #source: SourceText;
  #offset = 0;
  #peeked: Token | undefined;

  constructor(source: SourceText) {
    this.#source = source;
  }

  read(): readonly RegisteredRecipe[] {
    const assignment = ASSIGNMENT.exec(this.#source.text);
    if (!assignment) {
      return this.#stop({ kind: 'end', text: '', start: 0, end: 0 }, "no list '_ALL_RECIPES'");
    }
    this.#offset = assignment.index + assignment[0].length;
    const list = this.#value();
    // A list with something after it, such as `+ MORE`, is more than it seems.
    if (!/^[ \t]*(#|\r?\n|$)/.test(this.#source.text.slice(this.#offset))) this.#stop(this.#take());
    return this.#items(list).map((recipe) => ({
      name: this.#string(this.#field(recipe, 'Recipe', 'name')),
      distributed: this.#bool(this.#field(recipe, 'Recipe', 'supports_distributed')),
      configs: this.#items(this.#field(recipe, 'Recipe', 'configs')).map((config) => ({
        name: this.#string(this.#field(config, 'Config', 'name')),
        file: this.#string(this.#field(config, 'Config', 'file_path')),
      })),
    }));
  }

  #scan(): Token {
    TOKEN.lastIndex = this.#offset;
    const groups = TOKEN.exec(this.#source.text)?.groups ?? {};
    const end = TOKEN.lastIndex;
    this.#offset = end;
    const { name, mark, other } = groups;
    const string = groups['double'] ?? groups['single'];
    if (name !== undefined) return { kind: 'name', text: name, start: end - name.length, end };
    if (mark !== undefined) return { kind: 'mark', text: mark, start: end - 1, end };
    if (string !== undefined) {
      return { kind: 'string', text: string, start: end - string.length - 2, end };
    }
    const token: Token = { kind: 'end', text: other ?? '', start: end - (other ? 1 : 0), end };
    return other === undefined ? token : this.#stop(token);
  }

  #peek(): Token {
    this.#peeked ??= this.#scan();
    return this.#peeked;
  }

  #take(): Token {
    const token = this.#peek();
    this.#peeked = undefined;
    return token;
  }

  /** Takes a mark if it comes next. */
  #skip(mark: string): boolean {
    const found = this.#peek().kind === 'mark' && this.#peek().text === mark;
    if (found) this.#take();
    return found;
  }

  /** Calls `element` for each element up to the closing mark; a comma may stand before it. */
  #elements(close: string, element: () => void): void {
    while (!this.#skip(close)) {
      element();
      if (this.#skip(',')) continue;
      if (!this.#skip(close)) this.#stop(this.#peek());
      return;
    }
  }

  #value(): Value {
    const token = this.#take();
    if (token.kind === 'string') return { kind: 'string', value: token.text, token };
    if (token.kind === 'mark' && token.text === '[') {
      const items: Value[] = [];
      this.#elements(']', () => items.push(this.#value()));
      return { kind: 'list', items, token };
    }
    if (token.kind !== 'name') return this.#stop(token);
    if (token.text === 'True') return { kind: 'bool', value: true, token };
    if (token.text === 'False') return { kind: 'bool', value: false, token };
    if (!this.#skip('(')) return this.#stop(token);
    const fields = new Map<string, Value>();
    this.#elements(')', () => {
      const field = this.#take();
      if (field.kind !== 'name' || !this.#skip('=')) this.#stop(field);
      fields.set(field.text, this.#value());
    });
    return { kind: 'call', name: token.text, fields, token };
  }

  #field(value: Value, call: string, field: string): Value {
    if (value.kind !== 'call' || value.name !== call) return this.#stop(value.token);
    return value.fields.get(field) ?? this.#stop(value.token, `${call}(…) without '${field}'`);
  }

  #items(value: Value): readonly Value[] {
    return value.kind === 'list' ? value.items : this.#stop(value.token);
  }

  #string(value: Value): string {
    return value.kind === 'string' ? value.value : this.#stop(value.token);
  }

  #bool(value: Value): boolean {
    return value.kind === 'bool' ? value.value : this.#stop(value.token);
  }

  #stop(token: Token, found = token.text === '' ? 'its end' : `'${token.text}'`): never {
    return throwDiagnostic(
      'TorchtuneRegistry',
      `torchtune's list of recipes cannot be read: ${found}`,
      {
        location: { source: this.#source, start: token.start, end: token.end },
        hint: "Set torchtune: 'embedded' in the plugin's options, or install a released version of torchtune.",
      },
    );
  }
}
