import type { Span } from './ast';
import { GrammarProblem } from './problem';

export type TokenType =
  | 'text'
  | 'escapedOpen'
  | 'backslashes'
  | 'escape'
  | 'open'
  | 'close'
  | 'braceOpen'
  | 'braceClose'
  | 'bracketOpen'
  | 'bracketClose'
  | 'parenOpen'
  | 'parenClose'
  | 'quoteOpen'
  | 'quoteClose'
  | 'quoted'
  | 'comma'
  | 'colon'
  | 'equal'
  | 'float'
  | 'int'
  | 'bool'
  | 'null'
  | 'id'
  | 'char'
  | 'space'
  | 'dot'
  | 'key'
  | 'interpolation'
  | 'end';

export interface GrammarToken extends Span {
  readonly type: TokenType;
  readonly text: string;
}

/**
 * What the lexer is inside of: the `text` of a value, an element (`value`), `${…}`, a quoted string,
 * or an element as Hydra writes it on the command line (`override`).
 */
export type Mode = 'text' | 'value' | 'interpolation' | 'single' | 'double' | 'override';

interface Rule {
  readonly type: TokenType;
  readonly pattern: RegExp;
  /** The mode that follows until it is left. */
  readonly enter?: Mode;
  /** The mode that takes the place of the present one. */
  readonly become?: Mode;
  readonly leave?: true;
}

function rule(type: TokenType, pattern: string, next: Omit<Rule, 'type' | 'pattern'> = {}): Rule {
  return { type, pattern: new RegExp(pattern, 'y'), ...next };
}

const INT = '(?:0|[1-9](?:_?\\d)*)';
const POINT = `(?:${INT}?\\.\\d(?:_?\\d)*|${INT}\\.)`;
const EXPONENT = `(?:${POINT}|${INT})[eE][-+]?\\d(?:_?\\d)*`;
const OPEN = rule('open', '\\$\\{[ \\t]*', { enter: 'interpolation' });
const ESCAPED_OPEN = rule('escapedOpen', '(?:\\\\\\\\)*\\\\\\$\\{');
const BACKSLASHES = rule('backslashes', '(?:\\\\\\\\)+');
const LONE = [rule('text', '\\\\+'), rule('text', '\\$')];

/** What both grammars have in an element besides its frame. At equal length the first rule wins. */
function elementRules(id: string): Rule[] {
  return [
    rule('comma', '[ \\t]*,[ \\t]*'),
    rule('bracketOpen', '\\[[ \\t]*'),
    rule('bracketClose', '[ \\t]*\\]'),
    rule('colon', '[ \\t]*:[ \\t]*'),
    rule('float', `[-+]?(?:${EXPONENT}|${POINT}|[iI][nN][fF]|[nN][aA][nN])`),
    rule('int', `[-+]?${INT}`),
    rule('bool', '[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]'),
    rule('null', '[nN][uU][lL][lL]'),
    rule('char', '[-/\\\\+.$%*@?|]'),
    rule('id', id),
    rule('escape', '(?:\\\\[\\\\()[\\]{}:=, \\t])+'),
    rule('space', '[ \\t]+'),
  ];
}

function quotedRules(quote: string): Rule[] {
  return [
    OPEN,
    rule('quoteClose', quote, { leave: true }),
    rule('text', `[^$${quote}]*[^\\\\$${quote}]`),
    ESCAPED_OPEN,
    rule('escape', `(?:\\\\\\\\)*\\\\${quote}`),
    BACKSLASHES,
    ...LONE,
  ];
}

/**
 * The lexical rules of OmegaConf 2.2 (all modes but `override`) and of Hydra 1.3 (`override`). The
 * longest match wins, and the first rule among equals.
 */
const RULES: Readonly<Record<Mode, readonly Rule[]>> = {
  text: [OPEN, rule('text', '[^$]*[^\\\\$]'), ESCAPED_OPEN, BACKSLASHES, ...LONE],
  value: [
    OPEN,
    rule('braceOpen', '\\{[ \\t]*', { enter: 'value' }),
    rule('braceClose', '[ \\t]*\\}', { leave: true }),
    rule('quoteOpen', "'", { enter: 'single' }),
    rule('quoteOpen', '"', { enter: 'double' }),
    ...elementRules('[a-zA-Z_][a-zA-Z0-9_]*'),
  ],
  interpolation: [
    OPEN,
    rule('colon', '[ \\t]*:[ \\t]*', { become: 'value' }),
    rule('close', '[ \\t]*\\}', { leave: true }),
    rule('dot', '\\.'),
    rule('bracketOpen', '\\['),
    rule('bracketClose', '\\]'),
    rule('id', '[a-zA-Z_][a-zA-Z0-9_]*'),
    rule('key', '[^\\\\{}()[\\]:. \\t\'"]+'),
  ],
  single: quotedRules("'"),
  double: quotedRules('"'),
  override: [
    rule('parenOpen', '[ \\t]*\\([ \\t]*'),
    rule('parenClose', '[ \\t]*\\)'),
    rule('braceOpen', '\\{[ \\t]*'),
    rule('braceClose', '[ \\t]*\\}'),
    rule('equal', '[ \\t]*=[ \\t]*'),
    ...elementRules('[a-zA-Z_][a-zA-Z0-9_-]*'),
    rule('quoted', '"[^"\\\\]*(?:\\\\[^][^"\\\\]*)*"'),
    rule('quoted', "'[^'\\\\]*(?:\\\\[^][^'\\\\]*)*'"),
    rule('interpolation', '\\$\\{[^}]+\\}'),
  ],
};

/**
 * Splits a text into tokens; the last one has the type `end`.
 *
 * @throws GrammarProblem where no rule matches
 */
export function tokenize(text: string, start: Mode): GrammarToken[] {
  const tokens: GrammarToken[] = [];
  const outer: Mode[] = [];
  let mode = start;
  let at = 0;
  while (at < text.length) {
    const [best, end] = longestMatch(text, at, mode);
    if (!best) {
      const found = String.fromCodePoint(text.codePointAt(at) ?? 0);
      throw new GrammarProblem(`Unexpected ${shown(found)}`, { start: at, end: at + found.length });
    }
    tokens.push({ type: best.type, text: text.slice(at, end), start: at, end });
    if (best.enter) {
      outer.push(mode);
      mode = best.enter;
    } else if (best.leave) {
      const back = outer.pop();
      if (!back) throw new GrammarProblem("Unexpected '}'", { start: at, end });
      mode = back;
    } else if (best.become) mode = best.become;
    at = end;
  }
  tokens.push({ type: 'end', text: '', start: at, end: at });
  return tokens;
}

function longestMatch(text: string, at: number, mode: Mode): [Rule | undefined, number] {
  let best: Rule | undefined;
  let end = at;
  for (const candidate of RULES[mode]) {
    candidate.pattern.lastIndex = at;
    if (candidate.pattern.test(text) && candidate.pattern.lastIndex > end) {
      best = candidate;
      end = candidate.pattern.lastIndex;
    }
  }
  return [best, end];
}

/** A character as messages name it: line breaks and tabs would be invisible. */
export function shown(text: string): string {
  return JSON.stringify(text).replace(/^"([^'\\]*)"$/, "'$1'");
}
