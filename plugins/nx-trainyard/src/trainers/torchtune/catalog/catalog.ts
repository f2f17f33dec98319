import { packageJson } from '../../../files/package-files';

/** The kind of value that a parameter's annotation asks for. */
export type ParameterKind = 'bool' | 'int' | 'float' | 'str' | 'list' | 'dict';

export interface Parameter {
  /** Absent: something else, or several kinds. */
  readonly kind?: ParameterKind;
  /** `null` is a value of its own. */
  readonly nullable?: true;
  /** The default, where it is a literal. */
  readonly default?: unknown;
  /** There is a default, but not a literal. */
  readonly optional?: true;
}

/** A signature: what a config can give to a `_component_`. */
export interface Component {
  readonly params: Readonly<Record<string, Parameter>>;
  /** The name of the `**` parameter, which takes any further key. */
  readonly kwargs?: string;
}

export interface Recipe {
  /** Whether it runs under torchrun options; if so, it needs them. */
  readonly distributed: boolean;
  /** Dotted paths that every run reads without a default. */
  readonly required: readonly string[];
  /** Dotted paths read with a default, or only in some runs; `*` is any index or key. */
  readonly optional: readonly string[];
  /** Blocks that become objects, and what the recipe itself gives to them. */
  readonly components: Readonly<
    Record<string, { readonly args?: number; readonly kwargs?: readonly string[] }>
  >;
}

export interface RegisteredConfig {
  readonly recipe: string;
  /** null: registered, but the package has no such file. */
  readonly text: string | null;
}

/** What one release of torchtune knows, wherever that knowledge came from. */
export interface Catalog {
  /** The release that the signatures are of. */
  readonly version: string;
  /** In the order of `tune ls`. */
  configNames(): readonly string[];
  config(name: string): RegisteredConfig | undefined;
  recipe(name: string): Recipe | undefined;
  /** The signature of a component, by its dotted name. */
  component(dottedName: string): Component | undefined;
  componentNames(): readonly string[];
}

/** The catalog's JSON; its fields are explained in `catalog/README.md`. */
export interface CatalogData {
  readonly version: string;
  readonly recipes: Readonly<Record<string, Recipe>>;
  readonly configs: Readonly<Record<string, RegisteredConfig>>;
  readonly components: Readonly<Record<string, Component>>;
}

export function catalogFrom(data: CatalogData): Catalog {
  // Maps, because a plain object would also answer to names such as `constructor`.
  const recipes = new Map(Object.entries(data.recipes));
  const configs = new Map(Object.entries(data.configs));
  const components = new Map(Object.entries(data.components));
  const names = [...configs.keys()];
  const componentNames = [...components.keys()];
  return {
    version: data.version,
    configNames: () => names,
    config: (name) => configs.get(name),
    recipe: (name) => recipes.get(name),
    component: (name) => components.get(name),
    componentNames: () => componentNames,
  };
}

let embedded: Catalog | undefined;

/** The catalog that the package carries: torchtune's last release. Read at the first call. */
export function embeddedCatalog(): Catalog {
  embedded ??= catalogFrom(packageJson<CatalogData>('catalog/torchtune-0.6.1.json'));
  return embedded;
}
