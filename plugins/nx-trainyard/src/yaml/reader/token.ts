export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

interface Range {
  readonly start: number;
  readonly end: number;
}

export type Token = Range &
  (
    | { readonly type: MarkType }
    | { readonly type: 'anchor' | 'alias'; readonly name: string }
    | { readonly type: 'tag'; readonly handle: string | undefined; readonly suffix: string }
    | { readonly type: 'scalar'; readonly value: string; readonly style: ScalarStyle }
    | { readonly type: 'directive'; readonly name: string; readonly args: readonly string[] }
  );

/** Tokens that say everything by being there, named as they look. */
export type MarkType =
  | 'end of text'
  | '---'
  | '...'
  | 'block sequence'
  | 'block mapping'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '- '
  | '? '
  | ': ';

/** A token's name for a message. */
export function describeToken(token: Token): string {
  switch (token.type) {
    case 'scalar':
      return token.style === 'plain' ? 'a plain value' : 'a quoted value';
    case 'anchor':
      return `the anchor '&${token.name}'`;
    case 'alias':
      return `the alias '*${token.name}'`;
    case 'tag':
      return 'a tag';
    case 'directive':
      return 'a directive';
    case 'block end':
      return 'less indentation';
    case 'block mapping':
      return 'the first key of a mapping';
    case 'block sequence':
      return 'the first item of a list';
    case 'end of text':
      return 'the end of the text';
    default:
      return `'${token.type.trim()}'`;
  }
}

export function scalarToken(start: number, end: number, style: ScalarStyle, value: string) {
  return { type: 'scalar', start, end, style, value } as const satisfies Token;
}
