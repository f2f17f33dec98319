import type { Element } from './ast';
import { Parser } from './parser';
import { GrammarProblem } from './problem';

type Outcome = Element | GrammarProblem;

/** More distinct texts than any repository has; a process that lives on forgets them together. */
const REMEMBERED = 50_000;

function remember(parse: (text: string) => Element): (text: string) => Element {
  const known = new Map<string, Outcome>();
  return (text) => {
    let outcome = known.get(text);
    if (!outcome) {
      outcome = attempt(() => parse(text));
      if (known.size >= REMEMBERED) known.clear();
      known.set(text, outcome);
    }
    if (outcome instanceof GrammarProblem) throw outcome;
    return outcome;
  };
}

function attempt(parse: () => Element): Outcome {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof GrammarProblem) return cause;
    throw cause;
  }
}

/** The tree of a config's string that contains `${`. @throws GrammarProblem */
export const parseText = remember((text) => new Parser(text, 'text').value());

/** The tree of one element, as `oc.decode` reads it. @throws GrammarProblem */
export const parseElement = remember((text) => new Parser(text, 'value').single());

const ID = '[a-zA-Z_]\\w*';
const KEY = '[$\\w]+';
const SPACE = '[ \\t\\n\\r\\f\\v]*';
const SEGMENT = `(?:${KEY}|\\[${KEY}\\])`;
const NODE = `\\.*${SEGMENT}(?:\\.${KEY}|\\[${KEY}\\])*`;
const ARGUMENT = '[-a-zA-Z_0-9/+.$%*@?|]+';
const RESOLVER =
  `(?:${ID}(?:\\.${ID})*)?${SPACE}:${SPACE}` + `(?:${ARGUMENT}(?:${SPACE},${SPACE}${ARGUMENT})*)?`;
const LITERAL = '(?:[^$]|\\$(?!\\{))*';
const LENIENT = new RegExp(
  `^${LITERAL}(?:\\$\\{${SPACE}(?:${NODE}|${RESOLVER})${SPACE}\\}${LITERAL})+$`,
);

/**
 * Why a config cannot hold a string that contains `${`, or undefined if it can. When a config is
 * made, OmegaConf 2.2 lets a few shapes pass (a line break among spaces inside `${…}`, an empty resolver name)
 * that fail only where the string is resolved.
 */
export function grammarProblem(text: string): GrammarProblem | undefined {
  try {
    parseText(text);
    return undefined;
  } catch (cause) {
    if (!(cause instanceof GrammarProblem)) throw cause;
    return LENIENT.test(text) ? undefined : cause;
  }
}
