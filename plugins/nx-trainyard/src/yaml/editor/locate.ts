import type { SourceText } from '../../diagnostics';
import { construct } from '../reader/construct';
import { Dict } from '../value/dict';
import type { TextEdit, MakeContainer } from './text-edits';
import { TextWithEdits, appendToBlock, appendToFlow, replacementOf } from './text-edits';
import { deleteFromBlock, deleteFromFlow } from './delete';
import type { Spot } from './layout';
import { changeBlockList, changeFlowList } from './list';
import { Layout } from './layout';
import type { Entries } from '../reader/merge-keys';
import { entriesOf, findKey } from '../reader/merge-keys';
import type { Step } from './unfold-step';
import { rewritten } from './unfold-step';
import { moveAnchor } from './shared-values';
import { copiedEntry, copyOf } from './copy';
import type { EditBranch, EditTree, EditValues, MakeValue } from './edit-tree';
import { indexOf, insertedItems, newMap, newValue, typedKey } from './edit-tree';
import type { MappingNode, Pair, SequenceNode, YamlNode } from '../reader/node';
import type { YamlMap, YamlScalar, YamlValue } from '../value/value';
import { str } from '../value/value';

/**
 * Finds the places of a text that edits change. Where values are shared (anchors, aliases, `<<`),
 * the text is first rewritten step by step, with the same meaning, until the edits change nothing
 * else.
 *
 * @throws Error for a path that leads through a scalar or past the end of a list, or that deletes
 *   what is not there
 */
export function locate(source: SourceText, tree: EditBranch): TextWithEdits {
  for (let { text } = source; ;) {
    const layout = new Layout({ ...source, text });
    const walk = new Walk(layout);
    walk.document(tree);
    const step = (layout.root && moveAnchor(layout, layout.root, walk)) ?? walk.step;
    if (!step) return new TextWithEdits(text, walk.edits);
    text = rewritten({ ...source, text }, step);
  }
}

/** Walks a document along the paths of edits. Cuts inside a container come before its own. */
class Walk {
  readonly edits: TextEdit[] = [];
  readonly inside = new Set<YamlNode>();
  readonly removed: { start: number; end: number }[] = [];
  /** A rewriting of the text, with the same meaning, without which the edits cannot be located. */
  step: Step | undefined;
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  document(tree: EditBranch): void {
    const { root } = this.#layout;
    const column = 0;
    if (root) return this.#visit({ node: root, location: 'root', column }, tree);
    const make = (values: EditValues): YamlMap => newValue(tree, values) as YamlMap;
    this.edits.push(appendToBlock(this.#layout, { column }, make));
  }

  #visit(spot: Spot, tree: EditTree): void {
    const { node } = spot;
    if (tree.kind !== 'inside') return this.#replace(spot, (values) => newValue(tree, values));
    switch (node.kind) {
      case 'alias':
        return this.#writeOut(spot);
      case 'mapping':
        return this.#map(spot, node, tree);
      case 'sequence':
        return this.#list(spot, node, tree);
    }
    if (construct(node, this.#layout.source, 'omegaconf').kind !== 'null') {
      throw new Error(`an edit leads through the scalar '${node.value}'`);
    }
    this.#replace(spot, (values) => newValue(tree, values));
  }

  #remove(start: number, node: YamlNode): void {
    this.removed.push({ start, end: this.#layout.end(node) });
  }

  #replace(spot: Spot, make: MakeValue): void {
    this.#remove(this.#layout.start(spot.node), spot.node);
    this.edits.push(replacementOf(this.#layout, spot, make));
  }

  /** Writes a value that is shared, or that lacks the brackets which entries need, as its own. */
  #writeOut(spot: Spot): void {
    const value = construct(spot.node, this.#layout.source, 'omegaconf');
    this.#remove(this.#layout.start(spot.node), spot.node);
    const target = spot.node.kind === 'alias' ? spot.node.target : undefined;
    const copy = target && copyOf(this.#layout, spot, target);
    this.step ??= {
      copied: copy && [copy],
      written: [replacementOf(this.#layout, spot, () => value)],
    };
  }

  #list(spot: Spot, node: SequenceNode, tree: EditBranch): void {
    const { length } = node.items;
    const gone = new Set<number>();
    const added: EditTree[] = [];
    this.inside.add(node);
    for (const [name, child] of tree.children) {
      const index = indexOf(name, length + added.length);
      const item = node.items[index];
      if (item && child.kind === 'delete') gone.add(index);
      else if (item) this.#visit(this.#below(node, item), child);
      else if (child.kind === 'delete')
        throw new Error(`an edit deletes item ${name} of ${length}`);
      else added.push(child);
    }
    const inserted = insertedItems(tree, length, added);
    if (gone.size === length) {
      return this.#replace(spot, (values) => {
        return {
          kind: 'list',
          items: [...inserted.values()].flatMap((make) => make(values).items),
        };
      });
    }
    for (const index of gone) {
      const item = node.items[index] as YamlNode;
      this.#remove(this.#layout.start(item), item);
    }
    if (gone.size + inserted.size === 0) return;
    const change = { gone, inserted };
    const edits = node.flow
      ? changeFlowList(this.#layout, node, change)
      : changeBlockList(this.#layout, node, change, (make, from) => this.#append(node, make, from));
    this.edits.push(...edits);
  }

  #map(spot: Spot, node: MappingNode, tree: EditBranch): void {
    const { source } = this.#layout;
    const entries = entriesOf(node, source);
    const deleted = new Set<Pair>();
    if (tree.inserts.size > 0) throw new Error('an edit puts an item into what is no list');
    const unmerged = new Map<string, YamlScalar>();
    const added = new Dict<EditTree>();
    this.inside.add(node);
    for (const [name, child] of tree.children) {
      const key = typedKey(child) ?? findKey(entries, name) ?? str(name);
      const own = entries.own.get(key);
      const last = own?.at(-1);
      const merged = entries.merged.get(key);
      if (child.kind === 'delete') {
        if (!own && !merged) throw new Error(`an edit deletes '${name}', which is not there`);
        for (const pair of own ?? []) deleted.add(pair);
        if (merged) unmerged.set(name, key);
      } else if (last) this.#visit(this.#below(node, last.value), child);
      else if (merged && child.kind === 'inside') this.#copyMerged(spot, node, key, merged);
      else added.set(key, child);
    }
    this.#deleteMerged(node, entries, unmerged);
    if (deleted.size === 0 && added.size === 0) return;
    const make = (values: EditValues): YamlMap => newMap(added, values);
    if (deleted.size === node.pairs.length) this.#replace(spot, make);
    else if (this.#lacksBraces(node)) this.#writeOut(spot);
    else this.#reshape(node, deleted, added.size > 0 ? make : undefined);
  }

  #below(parent: MappingNode | SequenceNode, node: YamlNode): Spot {
    const block = parent.kind === 'mapping' ? 'pair' : 'item';
    const location = parent.flow ? 'flow' : block;
    return { node, location, column: this.#layout.column(parent.start) };
  }

  /** Removes entries of a map and adds some. */
  #reshape(node: MappingNode, deleted: ReadonlySet<Pair>, make: MakeContainer | undefined): void {
    const layout = this.#layout;
    for (const pair of deleted) this.#remove(layout.pairStart(node, pair), pair.value);
    const last = node.pairs.at(-1);
    const lastGoes = last !== undefined && deleted.has(last);
    const gone = new Set([...deleted].map((pair) => node.pairs.indexOf(pair)));
    const removals = node.flow
      ? deleteFromFlow(layout, node, gone, make)
      : deleteFromBlock(layout, node, gone);
    this.edits.push(...removals);
    if (!make || (node.flow && lastGoes)) return;
    this.edits.push(this.#append(node, make, lastGoes ? removals.at(-1)?.end : undefined));
  }

  #append(node: MappingNode | SequenceNode, make: MakeContainer, from?: number): TextEdit {
    const layout = this.#layout;
    const last = node.kind === 'mapping' ? node.pairs.at(-1)?.value : node.items.at(-1);
    if (node.flow && last) return appendToFlow(layout, last, make);
    const block = last && layout.lastBlockText(last);
    const open = block?.node.end === layout.text.length && !layout.endsLine(block.node.end);
    if (open && !block.header.includes('-')) {
      // A text that the file ends with has no last line end. It will get one, which `-` leaves out.
      const { start } = block.node;
      const header = `${block.header.replace('+', '')}-`;
      const written = [{ start, end: start + block.header.length, text: () => header }];
      this.step ??= { written };
    }
    return appendToBlock(layout, { column: layout.column(node.start), last, from }, make);
  }

  /** Lets `<<` merge maps that lack the keys. */
  #deleteMerged(
    node: MappingNode,
    { merges }: Entries,
    keys: ReadonlyMap<string, YamlScalar>,
  ): void {
    for (const { pair } of merges) this.#deleteIn(this.#below(node, pair.value), keys);
  }

  /** Deletes keys of a merged map, or of the maps of a merged list; of a copy, where it is shared. */
  #deleteIn(spot: Spot, keys: ReadonlyMap<string, YamlScalar>): void {
    const { node } = spot;
    const value = construct(node, this.#layout.source, 'omegaconf');
    if (value.kind === 'list' && node.kind === 'sequence') {
      for (const item of node.items) this.#deleteIn(this.#below(node, item), keys);
    }
    const has = (key: YamlScalar): boolean =>
      (value.kind === 'list' ? value.items : [value]).some(
        (map) => map.kind === 'map' && map.entries.has(key),
      );
    const there = [...keys].filter(([, key]) => has(key));
    if (there.length === 0 || node.kind === 'sequence') return;
    if (node.kind !== 'mapping') return this.#writeOut(spot);
    const children = new Map(there.map(([name]) => [name, { kind: 'delete' } as const]));
    this.#map(spot, node, { kind: 'inside', children, inserts: new Map() });
  }

  /** Makes a merged entry the map's own. */
  #copyMerged(spot: Spot, node: MappingNode, key: YamlScalar, value: YamlValue): void {
    const entries = new Dict<YamlValue>();
    entries.set(key, value);
    if (this.#lacksBraces(node)) this.#writeOut(spot);
    else {
      const written = [this.#append(node, () => ({ kind: 'map', entries }))];
      this.step ??= { copied: this.#copiedEntry(node, key), written };
    }
  }

  /** Appends a merged entry as it is written where it is merged from. */
  #copiedEntry(node: MappingNode, key: YamlScalar): TextEdit[] | undefined {
    const layout = this.#layout;
    const column = layout.column(node.start);
    const isKey = ({ key: own }: Pair): boolean => {
      const value = construct(own, layout.source, 'omegaconf');
      return value.kind === 'str' && key.kind === 'str' && value.value === key.value;
    };
    const text = copiedEntry(layout, node, isKey, column);
    if (node.flow || text === undefined) return undefined;
    const { start, end } = this.#append(node, () => ({ kind: 'map', entries: new Dict() }));
    const lines = ' '.repeat(column) + text;
    return [
      {
        start,
        end,
        text: () => (layout.endsLine(start) ? lines + layout.newLine : layout.newLine + lines),
      },
    ];
  }

  /** `[a: 1]` is a list of a map that has room for one entry only. */
  #lacksBraces({ flow, start }: MappingNode): boolean {
    return flow && this.#layout.text[start] !== '{';
  }
}
