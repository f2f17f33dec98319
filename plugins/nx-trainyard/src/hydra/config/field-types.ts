/** What may stand at a key of a structured config: a dataclass as data. (OmegaConf 2.2) */
export type FieldType = (LeafType | ContainerType) & { readonly optional?: true };

export type LeafType =
  | { readonly kind: 'any' | 'str' | 'int' | 'bool' }
  | {
      readonly kind: 'enum';
      readonly name: string;
      readonly members: Readonly<Record<string, number>>;
    };

export type StructType = {
  readonly kind: 'struct';
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldType>>;
};

/** What a container of a config tree must hold. */
export type ContainerType =
  | StructType
  | { readonly kind: 'dict'; readonly value: FieldType }
  | { readonly kind: 'list'; readonly item: FieldType };
