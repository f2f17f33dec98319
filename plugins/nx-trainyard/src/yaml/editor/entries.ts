import type { Layout } from './layout';
import type { MappingNode, SequenceNode, YamlNode } from '../reader/node';

/** An entry of a map or list: where it starts, with its key or dash, and what it holds. */
export interface Entry {
  readonly start: number;
  readonly value: YamlNode;
}

export function entriesIn(layout: Layout, node: MappingNode | SequenceNode): Entry[] {
  if (node.kind === 'mapping') {
    return node.pairs.map((pair) => ({
      start: layout.pairStart(node, pair),
      value: pair.value,
    }));
  }
  return node.items.map((value) => {
    const start = layout.start(value);
    return { start: node.flow ? start : (layout.tokenBefore(start)?.start ?? start), value };
  });
}

/** Whether a container starts beside the dash of the list item that it is. */
export function isBesideDash(layout: Layout, node: MappingNode | SequenceNode): boolean {
  return !node.flow && /\S/.test(layout.text.slice(layout.lineStart(node.start), node.start));
}
