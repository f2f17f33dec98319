import type { ConfigContainer, ConfigNode } from './config';
import { pythonStr } from '../../yaml/value/python-text';

export { splitKey } from '../../yaml/value/key-path';

/** The container without a parent, to which absolute interpolations belong. */
export function rootOf(container: ConfigContainer): ConfigContainer {
  let root = container;
  while (root.parent) root = root.parent;
  return root;
}

/** The key of a node in its container; undefined for a container that hangs loose. */
function keyIn(container: ConfigContainer, node: ConfigNode): string | undefined {
  if (container.kind === 'list') {
    const index = container.items.indexOf(node);
    return index === -1 ? undefined : String(index);
  }
  for (const [key, value] of container.entries) if (value === node) return pythonStr(key);
  return undefined;
}

/** The path of a node that stands in a container, as messages name it. */
export function keyOf(container: ConfigContainer, node: ConfigNode): string {
  return fullKey(container, keyIn(container, node));
}

/** The path of a container, or of one of its keys, as messages name it: `a.b[0].c`. */
export function fullKey(container: ConfigContainer, key?: string): string {
  let path = key === undefined ? '' : segment(container, key);
  let child = container;
  for (let parent = child.parent; parent; child = parent, parent = child.parent) {
    const own = keyIn(parent, child);
    if (own === undefined) continue;
    const joint = path === '' || child.kind === 'list' ? '' : '.';
    path = `${segment(parent, own)}${joint}${path}`;
  }
  return path;
}

function segment(container: ConfigContainer, key: string): string {
  return container.kind === 'list' ? `[${key}]` : key;
}
