/**
 * Where in a shell text a value is put. `plain` is any place in which no quoting rule is safe to
 * apply (inside `${…}`, `$((…))` or backticks, after a backslash, or in a language that is no shell).
 */
export type ShellLocation =
  | { readonly kind: 'word' | 'double' | 'single' | 'ansi' | 'comment' | 'plain' }
  | ({ readonly kind: 'heredoc' } & Heredoc);

export interface Heredoc {
  readonly delimiter: string;
  /** Whether the delimiter is quoted, so that nothing in the text is expanded. */
  readonly quoted: boolean;
  /** `<<-`: tabs at the start of a line do not count. */
  readonly stripTabs: boolean;
}

interface OpenHeredoc {
  readonly doc: Heredoc;
  /** Follows what is expanded in its text. */
  readonly body: ShellScanner;
}

type Open =
  | 'command' // the script itself and `(…)`: words
  | 'substitution' // `$(…)`, `<(…)`: words, and part of a word themselves
  | 'body' // the text of a heredoc that is expanded
  | 'double'
  | 'single'
  | 'ansi' // $'…'
  | 'comment'
  | 'parameter' // ${…}
  | 'arithmetic' // ((…)) and $((…))
  | 'group' // (…) in arithmetic
  | 'backtick';

/** Quotes and words inside of these are read by rules of their own. */
const UNSAFE_INSIDE: readonly Open[] = ['parameter', 'arithmetic', 'group', 'backtick'];

/** An apostrophe in `"${…}"` is a quote for bash 5, though not for every shell. */
const QUOTES_WITH_APOSTROPHES: readonly Open[] = ['parameter', 'backtick'];

/**
 * Follows the quoting of a bash text as it goes by. It knows enough of the grammar to tell in which
 * kind of place the next character stands; it does not check the script. Where it cannot follow, all
 * that comes after is `plain`.
 */
export class ShellScanner {
  readonly #open: Open[];
  readonly #announced: Heredoc[] = [];
  #heredoc: OpenHeredoc | undefined;
  #line = '';
  #wordStart = true;
  #escaped = false;
  #dollar = false;
  /** In the name of a `$variable`, which a value would lengthen. */
  #variable = false;
  #lost = false;

  constructor(outermost: 'command' | 'body' = 'command') {
    this.#open = [outermost];
  }

  /** Where a value would stand that comes next. */
  get location(): ShellLocation {
    const open = this.#top;
    if (this.#lost) return { kind: 'plain' };
    if (this.#heredoc) {
      const { doc, body } = this.#heredoc;
      return doc.quoted || body.#isBare ? { kind: 'heredoc', ...doc } : { kind: 'plain' };
    }
    const unsafe = this.#open.some((kind) => UNSAFE_INSIDE.includes(kind));
    if (unsafe || this.#escaped || this.#dollar) return { kind: 'plain' };
    if (open === 'command' || open === 'substitution') return { kind: 'word' };
    return { kind: open as 'double' | 'single' | 'ansi' | 'comment' };
  }

  /** Whether a word of a command would begin with what comes next. */
  get isWordStart(): boolean {
    return this.#wordStart;
  }

  /** Whether what comes next stands behind a `$` that the shell would read with it. */
  get isAfterDollar(): boolean {
    if (!this.#heredoc) return this.#dollar || this.#variable;
    const { doc, body } = this.#heredoc;
    return !doc.quoted && (body.#dollar || body.#variable);
  }

  /** Whether what comes next stands behind a backslash that the shell takes away with it. */
  get isAfterBackslash(): boolean {
    return this.#heredoc ? this.#heredoc.body.#escaped : this.#escaped;
  }

  get #top(): Open {
    return this.#open.at(-1) as Open;
  }

  get #isBare(): boolean {
    return this.#open.length === 1 && !this.#escaped && !this.#dollar && !this.#lost;
  }

  /** Passes over a value whose characters mean nothing to the shell. */
  value(): void {
    this.#line += '\0';
    if (this.#heredoc) this.#heredoc.body.value();
    else this.#escaped = this.#dollar = this.#variable = this.#wordStart = false;
  }

  text(text: string): void {
    for (let at = 0; at < text.length && !this.#lost;) {
      if (this.#heredoc) {
        const end = text.indexOf('\n', at) + 1 || text.length;
        this.#heredocLine(this.#heredoc, text.slice(at, end));
        at = end;
      } else at += this.#character(text, at);
    }
  }

  /** A line, or the part of one up to a value: only whole lines can end the heredoc. */
  #heredocLine({ doc, body }: OpenHeredoc, part: string): void {
    this.#line += part;
    body.text(part);
    if (!part.endsWith('\n')) return;
    const line = this.#line.slice(0, -1);
    this.#line = '';
    if ((doc.stripTabs ? line.replace(/^\t+/, '') : line) === doc.delimiter) this.#nextHeredoc();
  }

  /** @returns how many characters were used */
  #character(text: string, at: number): number {
    const char = text.charAt(at);
    const open = this.#top;
    const afterDollar = this.#dollar;
    this.#dollar = false;
    this.#variable = afterDollar ? /[A-Za-z_]/.test(char) : this.#variable && /\w/.test(char);
    if (this.#escaped) {
      this.#escaped = false;
      // A line that goes on: the shell takes both characters away.
      if (char !== '\n') this.#wordStart = false;
      return 1;
    }
    switch (open) {
      case 'comment':
        if (char === '\n') this.#endLine();
        return 1;
      case 'single':
        if (char === "'") this.#open.pop();
        return 1;
      case 'ansi':
        if (char === '\\') this.#escaped = true;
        else if (char === "'") this.#open.pop();
        return 1;
    }
    if (char === '\\') this.#escaped = true;
    else if (afterDollar && /[{([']/.test(char)) return this.#substitution(text, at);
    else if (char === '$') {
      this.#dollar = true;
      this.#wordStart = false;
    } else if (char === '`') this.#toggle('backtick');
    else if (char === '"' && open !== 'body') this.#toggle('double');
    else if (afterDollar && char === '#') this.#wordStart = false;
    else if (open === 'command' || open === 'substitution') return this.#commandCharacter(text, at);
    else if (char === "'" && QUOTES_WITH_APOSTROPHES.includes(open)) this.#open.push('single');
    else if (open === 'parameter' && char === '}') this.#open.pop();
    else if (open === 'arithmetic' && text.startsWith('))', at)) {
      this.#open.pop();
      this.#wordStart = false;
      return 2;
    } else if (open === 'arithmetic' || open === 'group') {
      if (char === '(') this.#open.push('group');
      else if (char === ')' && open === 'group') this.#open.pop();
    }
    return 1;
  }

  #toggle(kind: 'backtick' | 'double'): void {
    if (this.#top === kind) this.#open.pop();
    else this.#open.push(kind);
    this.#wordStart = false;
  }

  #substitution(text: string, at: number): number {
    const char = text.charAt(at);
    this.#wordStart = char === '(';
    if (text.startsWith('((', at)) {
      this.#open.push('arithmetic');
      return 2;
    }
    if (char === '{') this.#open.push('parameter');
    else if (char === '(') this.#open.push('substitution');
    else if (char === '[') this.#lost = true;
    else if (this.#top !== 'double' && this.#top !== 'body') this.#open.push('ansi');
    return 1;
  }

  #commandCharacter(text: string, at: number): number {
    const char = text.charAt(at);
    const wordStart = this.#wordStart;
    this.#wordStart = /[\s;&|()<>]/.test(char);
    if (wordStart && text.startsWith('((', at)) {
      this.#open.push('arithmetic');
      return 2;
    }
    if (char === "'") this.#open.push('single');
    else if (char === '#' && wordStart) this.#open.push('comment');
    else if (char === '(')
      this.#open.push(/[<>]/.test(text.charAt(at - 1)) ? 'substitution' : 'command');
    else if (char === ')' && this.#open.length > 1) {
      // Behind a substitution the word goes on: a '#' there starts no comment.
      if (this.#open.pop() === 'substitution') this.#wordStart = false;
    } else if (char === '\n') this.#endLine();
    else if (text.startsWith('<<<', at)) return 3;
    else if (text.startsWith('<<', at)) return this.#announce(text, at);
    // The `)` of its patterns would look like the end of the substitution around it.
    else if (wordStart && this.#open.length > 1 && /^case\s/.test(text.slice(at, at + 5))) {
      this.#lost = true;
    }
    return 1;
  }

  #announce(text: string, at: number): number {
    const rest = text.slice(at);
    const match = /^<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|([^\s;&|<>()'"]+))(?![^\s;&|<>()])/.exec(
      rest,
    );
    if (!match) {
      this.#lost = true;
      return 2;
    }
    const [whole, dash, single, double, bare = ''] = match;
    const delimiter = single ?? double ?? bare.replaceAll('\\', '');
    const quoted = single !== undefined || double !== undefined || bare.includes('\\');
    this.#announced.push({ delimiter, quoted, stripTabs: dash === '-' });
    return whole.length;
  }

  #endLine(): void {
    if (this.#top === 'comment') this.#open.pop();
    this.#wordStart = true;
    this.#line = '';
    this.#nextHeredoc();
  }

  #nextHeredoc(): void {
    const doc = this.#announced.shift();
    this.#heredoc = doc && { doc, body: new ShellScanner('body') };
  }
}
