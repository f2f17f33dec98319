import type { ScalarStyle } from './token';

interface Located {
  /** Offsets in the text; `end` is exclusive and leaves out trailing white space and comments. */
  readonly start: number;
  readonly end: number;
  /** The full tag, when one is written; `!` is the non-specific tag. */
  readonly tag?: string;
}

export interface ScalarNode extends Located {
  readonly kind: 'scalar';
  /** The text after quotes, escapes and folding; its type is found from the tag and the style. */
  readonly value: string;
  readonly style: ScalarStyle;
}
export interface SequenceNode extends Located {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}
export interface Pair {
  readonly key: YamlNode;
  readonly value: YamlNode;
}
export interface MappingNode extends Located {
  readonly kind: 'mapping';
  readonly flow: boolean;
  readonly pairs: readonly Pair[];
}
export interface AliasNode extends Located {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: Exclude<YamlNode, AliasNode>;
}

/** A YAML document as it is written: what texts are edited on and values are made from. */
export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;
