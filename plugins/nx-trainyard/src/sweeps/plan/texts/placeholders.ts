/** A text with placeholders, read once: literal texts, and names to be filled in. */
export interface TextTemplate {
  readonly parts: readonly (string | { readonly name: string })[];
}

const CANDIDATE = /\$\{|\{\{([^{}]+)\}\}|\{([^{}]+)\}/g;

/** The offset after the `}` that closes the `{` before `start`, or undefined. */
function endOfBraces(text: string, start: number): number | undefined {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Something in braces: `{name}`, or `{{name}}`, which stands for the text `{name}`. */
interface Braces {
  readonly name: string;
  readonly escaped: boolean;
  readonly start: number;
  readonly end: number;
}

function* bracesIn(text: string): Generator<Braces> {
  const pattern = new RegExp(CANDIDATE);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, doubled, single] = match;
    const name = doubled ?? single;
    const end = match.index + whole.length;
    // An interpolation belongs to OmegaConf, with all that stands in it.
    if (name === undefined) pattern.lastIndex = endOfBraces(text, end) ?? end;
    else yield { name, escaped: doubled !== undefined, start: match.index, end };
  }
}

/**
 * Reads a text in which `{name}` stands for a value if the name is known. `{{name}}` is then a
 * literal `{name}`. Every other brace, and `${…}` with all that is in it, is text.
 *
 * @param isLiteral whether `{{name}}` is a literal `{name}`, where that is so for other names, too
 */
export function compileTemplate(
  text: string,
  isKnown: (name: string) => boolean,
  isLiteral = isKnown,
): TextTemplate {
  const parts: (string | { name: string })[] = [];
  let literal = '';
  let from = 0;
  for (const { name, escaped, start, end } of bracesIn(text)) {
    if (!(escaped ? isLiteral : isKnown)(name)) continue;
    literal += text.slice(from, start);
    from = end;
    if (escaped) literal += `{${name}}`;
    else {
      parts.push(literal, { name });
      literal = '';
    }
  }
  parts.push(literal + text.slice(from));
  return { parts: parts.filter((part) => part !== '') };
}

/** The text with its placeholders filled; one without a value stays as `{name}`. */
export function fillTemplate({ parts }: TextTemplate, values: ReadonlyMap<string, string>): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : (values.get(part.name) ?? `{${part.name}}`)))
    .join('');
}

/** `compileTemplate` and `fillTemplate` in one, for a text that is filled once. */
export function substitute(text: string, names: ReadonlyMap<string, string>): string {
  return fillTemplate(
    compileTemplate(text, (name) => names.has(name)),
    names,
  );
}

/** Each `{name}` of a text, known or not, with its offsets; `{{name}}` and `${…}` are none. */
export function placeholdersIn(text: string): { name: string; start: number; end: number }[] {
  return Array.from(bracesIn(text)).filter(({ escaped }) => !escaped);
}
