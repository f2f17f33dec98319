/** Mappings as they are written: nested, down to values as they stand in brackets. */
type Tree = Map<string, Tree | string>;

/** Settings in block style, below one another where their keys have several segments. */
export function nested(
  settings: readonly (readonly [segments: readonly string[], value: string])[],
): string[] {
  const tree: Tree = new Map();
  for (const [segments, value] of settings) plant(tree, segments, value);
  return writeTree(tree, '');
}

function plant(tree: Tree, [first = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree.set(first, value);
    return;
  }
  const known = tree.get(first);
  const below: Tree = known instanceof Map ? known : new Map();
  tree.set(first, below);
  plant(below, rest, value);
}

function writeTree(tree: Tree, indent: string): string[] {
  return [...tree].flatMap(([key, value]) =>
    value instanceof Map
      ? [`${indent}${JSON.stringify(key)}:`, ...writeTree(value, `${indent}  `)]
      : [`${indent}${entry(key, value)}`],
  );
}

/** `key: value`, where the key is read as a text. */
export function entry(key: string, value: string): string {
  const isWord = /^[A-Za-z_][\w.]*$/.test(key);
  const isMore = /^(y|n|yes|no|on|off|true|false|null)$/i.test(key);
  return `${isWord && !isMore ? key : JSON.stringify(key)}: ${value}`;
}

export function listOf(values: readonly string[]): string {
  return `[${values.join(', ')}]`;
}

/** A section of the file; nothing when it would be empty. */
export function section(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${name}:`, ...lines.map((line) => `  ${line}`)];
}

/** A list under a key, in block style; nothing when it would be empty. */
export function block(name: string, items: readonly string[]): string[] {
  return section(
    name,
    items.map((item) => `- ${item}`),
  );
}
