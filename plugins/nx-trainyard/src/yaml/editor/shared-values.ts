import { construct } from '../reader/construct';
import { copyOf } from './copy';
import type { TextEdit } from './text-edits';
import { replacementOf } from './text-edits';
import type { Layout, Spot } from './layout';
import type { Step } from './unfold-step';
import type { AliasNode, YamlNode } from '../reader/node';

/** What edits change, as far as aliases elsewhere may notice. */
export interface Touched {
  /** Maps and lists that stay, with other content. */
  readonly inside: Set<YamlNode>;
  /** Ranges of the text that go. */
  readonly removed: { readonly start: number; readonly end: number }[];
}

function* spots(layout: Layout, spot: Spot): Generator<Spot> {
  yield spot;
  const { node } = spot;
  if (node.kind !== 'mapping' && node.kind !== 'sequence') return;
  const column = layout.column(node.start);
  if (node.kind === 'sequence') {
    const location = node.flow ? 'flow' : 'item';
    for (const item of node.items) yield* spots(layout, { node: item, location, column });
    return;
  }
  const location = node.flow ? 'flow' : 'pair';
  for (const { key, value } of node.pairs) {
    yield { node: key, location: 'flow', column };
    yield* spots(layout, { node: value, location, column });
  }
}

/**
 * The step that frees an anchored value which edits change while aliases elsewhere still mean it as
 * it is: its first alias becomes the anchored value, written out. Undefined if there is none.
 */
export function moveAnchor(layout: Layout, root: YamlNode, touched: Touched): Step | undefined {
  const goes = ({ start }: YamlNode): boolean =>
    touched.removed.some((range) => range.start <= start && start <= range.end);
  const all = Array.from(spots(layout, { node: root, location: 'root', column: 0 }));
  const aliases = all.filter(
    (spot): spot is Spot & { node: AliasNode } => spot.node.kind === 'alias',
  );
  const needed = aliases.find(({ node }) => {
    return (touched.inside.has(node.target) || goes(node.target)) && !goes(node);
  });
  if (!needed) return undefined;
  const { target, name } = needed.node;
  // Also an alias that goes anyway: the text between two steps must be valid.
  const first = aliases.find((spot) => spot.node.target === target) ?? needed;
  const value = construct(target, layout.source, 'omegaconf');
  const copy = copyOf(layout, first, target, `&${name}`);
  const remove = removeAnchor(layout, target, name);
  const written = replacementOf(layout, first, () => value, `&${name}`);
  return { copied: copy && [remove, copy], written: [remove, written] };
}

function removeAnchor(layout: Layout, target: YamlNode, name: string): TextEdit {
  const token = layout.anchor(name) ?? target;
  const { text } = layout;
  let { start, end } = token;
  if (target.kind === 'scalar' && target.end === token.end && target.tag === undefined) {
    return { start, end, text: () => 'null' };
  }
  while (text[end] === ' ') end++;
  if (text[end] === '#' || layout.lineEnd(end) === end) {
    end = token.end;
    while (text[start - 1] === ' ') start--;
  }
  return { start, end, text: () => '' };
}
