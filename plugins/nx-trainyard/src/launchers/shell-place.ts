/**
 * Where in a shell text a value is put. `plain` is any place in which no quoting rule is safe to
 * apply (inside `${…}`, `$((…))` or backticks, after a backslash, or in a language that is no shell).
 */
export type ShellPlace =
  | { readonly kind: 'word' | 'double' | 'single' | 'ansi' | 'comment' | 'plain' }
  | { readonly kind: 'heredoc'; readonly delimiter: string; readonly quoted: boolean };

type Open =
  | 'command' // the script itself, `$(…)`, `(…)`: words
  | 'double'
  | 'single'
  | 'ansi' // $'…'
  | 'comment'
  | 'parameter' // ${…}
  | 'arithmetic' // $((…))
  | 'backtick';

interface Heredoc {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
}

/**
 * Follows the quoting of a bash text as it goes by. It knows enough of the grammar to tell in which
 * kind of place the next character stands; it does not check the script.
 */
export class ShellScanner {
  readonly #open: Open[] = ['command'];
  readonly #announced: Heredoc[] = [];
  #heredoc: Heredoc | undefined;
  #line = '';
  #wordStart = true;
  #escaped = false;
  #dollar = false;

  /** Where a value would stand that comes next. */
  get place(): ShellPlace {
    if (this.#heredoc) {
      const { delimiter, quoted } = this.#heredoc;
      return { kind: 'heredoc', delimiter, quoted };
    }
    if (this.#escaped || this.#dollar) return { kind: 'plain' };
    const open = this.#open.at(-1) ?? 'command';
    switch (open) {
      case 'command':
        return { kind: 'word' };
      case 'parameter':
      case 'arithmetic':
      case 'backtick':
        return { kind: 'plain' };
      default:
        // Quotes inside `${…}` or backticks are read by rules of their own.
        return { kind: this.#open.some((o) => o === 'parameter' || o === 'backtick') ? 'plain' : open };
    }
  }

  /** Passes over a value whose characters mean nothing to the shell. */
  value(): void {
    this.#escaped = this.#dollar = this.#wordStart = false;
    this.#line += '\0';
  }

  text(text: string): void {
    for (let i = 0; i < text.length; i++) {
      if (this.#heredoc) this.#heredocCharacter(text.charAt(i));
      else i += this.#character(text, i);
    }
  }

  #heredocCharacter(char: string): void {
    const doc = this.#heredoc as Heredoc;
    if (char !== '\n') {
      this.#line += char;
      return;
    }
    const line = doc.stripTabs ? this.#line.replace(/^\t+/, '') : this.#line;
    this.#line = '';
    if (line === doc.delimiter) this.#heredoc = this.#announced.shift();
  }

  /** @returns how many characters more than one were used */
  #character(text: string, at: number): number {
    const char = text.charAt(at);
    const open = this.#open.at(-1) ?? 'command';
    const afterDollar = this.#dollar;
    this.#dollar = false;
    if (this.#escaped) {
      this.#escaped = false;
      this.#wordStart = false;
      return 0;
    }
    switch (open) {
      case 'comment':
        if (char === '\n') this.#endLine();
        return 0;
      case 'single':
        if (char === "'") this.#open.pop();
        return 0;
      case 'ansi':
        if (char === '\\') this.#escaped = true;
        else if (char === "'") this.#open.pop();
        return 0;
    }
    if (char === '\\') {
      this.#escaped = true;
      return 0;
    }
    if (afterDollar && (char === '{' || char === '(' || (char === "'" && open !== 'double'))) {
      return this.#substitution(text, at);
    }
    if (char === '$') this.#dollar = true;
    else if (char === '`') {
      if (open === 'backtick') this.#open.pop();
      else this.#open.push('backtick');
    } else if (char === '"') {
      if (open === 'double') this.#open.pop();
      else this.#open.push('double');
    } else if (open === 'parameter' && char === '}') this.#open.pop();
    else if (open === 'arithmetic' && text.startsWith('))', at)) {
      this.#open.pop();
      return 1;
    } else if (open === 'command') return this.#commandCharacter(text, at);
    else if (open === 'backtick' && char === "'") this.#open.push('single');
    return 0;
  }

  #substitution(text: string, at: number): number {
    if (text.startsWith('((', at)) {
      this.#open.push('arithmetic');
      return 1;
    }
    const char = text.charAt(at);
    this.#open.push(char === '{' ? 'parameter' : char === '(' ? 'command' : 'ansi');
    this.#wordStart = char === '(';
    return 0;
  }

  #commandCharacter(text: string, at: number): number {
    const char = text.charAt(at);
    const wordStart = this.#wordStart;
    this.#wordStart = /[\s;&|()<>]/.test(char);
    if (char === "'") this.#open.push('single');
    else if (char === '#' && wordStart) this.#open.push('comment');
    else if (char === '(') this.#open.push('command');
    else if (char === ')' && this.#open.length > 1) this.#open.pop();
    else if (char === '\n') this.#endLine();
    else if (text.startsWith('<<<', at)) return 2;
    else if (text.startsWith('<<', at)) return this.#announce(text, at);
    return 0;
  }

  #announce(text: string, at: number): number {
    const match = /^<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|([^\s;&|<>()'"]+))/.exec(text.slice(at));
    if (!match) return 1;
    const [whole, dash, single, double, bare = ''] = match;
    const delimiter = single ?? double ?? bare.replaceAll('\\', '');
    const quoted = single !== undefined || double !== undefined || bare.includes('\\');
    this.#announced.push({ delimiter, quoted, stripTabs: dash === '-' });
    return whole.length - 1;
  }

  #endLine(): void {
    if (this.#open.at(-1) === 'comment') this.#open.pop();
    this.#wordStart = true;
    this.#line = '';
    this.#heredoc = this.#announced.shift();
  }
}
