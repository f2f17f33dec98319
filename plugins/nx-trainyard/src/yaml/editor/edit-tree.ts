import { Dict } from '../value/dict';
import type { YamlList, YamlMap, YamlScalar, YamlValue } from '../value/value';
import { str } from '../value/value';

/**
 * Keys from the root down. An element names a string key, else the key that `to_yaml` spells so
 * (`1` the int), and in a list an index. The key of a new entry is a string.
 */
export type EditPath = readonly string[];

/**
 * One change of a text: a value for a path, the removal of a key or item, or a new item before the
 * one that the path names (or behind the last one). Indexes are those of the text as it is. `key` is
 * the path's last key where that is no string, since `1` would name the string in a map that has
 * neither.
 */
export type Edit =
  | { readonly path: EditPath; readonly value: YamlValue; readonly key?: YamlScalar }
  | { readonly path: EditPath; readonly delete: true }
  | { readonly path: EditPath; readonly value: YamlValue; readonly insert: true };

/** The edits of a text, by path. `slot` is the edit's number, by which a run gives its value. */
export type EditTree =
  | { readonly kind: 'set'; readonly slot: number; readonly key: YamlScalar | undefined }
  | { readonly kind: 'delete' }
  | EditBranch;

export interface EditBranch {
  readonly kind: 'inside';
  readonly children: Map<string, EditTree>;
  /** Slots of new items, by the index of the item before which they come. */
  readonly inserts: Map<string, number[]>;
}

/** The values of edits, by slot; what is deleted has none. */
export type EditValues = readonly (YamlValue | undefined)[];

/** A value that may depend on the run, whose edits have these values. */
export type MakeValue = (values: EditValues) => YamlValue;

/** @throws Error for an empty path, and for two edits of which one lies at or inside the other */
export function editTree(edits: readonly Edit[]): EditBranch {
  const root = branchOf();
  for (const [slot, edit] of edits.entries()) {
    let at = root;
    for (const [depth, name] of edit.path.entries()) {
      const known = at.children.get(name);
      const last = depth === edit.path.length - 1;
      if (last && 'insert' in edit) {
        at.inserts.set(name, [...(at.inserts.get(name) ?? []), slot]);
        continue;
      }
      if (known && (last || known.kind !== 'inside')) {
        throw new Error(`two edits at or inside '${edit.path.join('.')}'`);
      }
      if (last) at.children.set(name, leafOf(edit, slot));
      else if (known?.kind === 'inside') at = known;
      else {
        const branch = branchOf();
        at.children.set(name, branch);
        at = branch;
      }
    }
    if (edit.path.length === 0) throw new Error('the path of an edit is empty');
  }
  return root;
}

function branchOf(): EditBranch {
  return { kind: 'inside', children: new Map(), inserts: new Map() };
}

function leafOf(edit: Edit, slot: number): EditTree {
  if ('insert' in edit) throw new Error('a new item is no leaf');
  return 'delete' in edit ? { kind: 'delete' } : { kind: 'set', slot, key: edit.key };
}

/** The key of an edit's last path element, if it is no string. */
export function typedKey(tree: EditTree): YamlScalar | undefined {
  return tree.kind === 'set' ? tree.key : undefined;
}

/** The value of edits where the text has none: their maps are created. */
export function newValue(tree: EditTree, values: EditValues): YamlValue {
  if (tree.kind === 'inside') {
    if (tree.inserts.size > 0) throw new Error('an edit puts an item into what is no list');
    return newMap(
      Array.from(tree.children, ([name, child]) => [typedKey(child) ?? str(name), child]),
      values,
    );
  }
  const value = tree.kind === 'set' ? values[tree.slot] : undefined;
  if (!value) throw new Error('an edit deletes a key that the text does not have');
  return value;
}

/** The map that edits of its entries add to nothing. */
export function newMap(
  children: Iterable<readonly [YamlScalar, EditTree]>,
  values: EditValues,
): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const [key, child] of children) entries.set(key, newValue(child, values));
  return { kind: 'map', entries };
}

/** What is put before the items of a list, by their places in order; `added` comes last. */
export function insertedItems(
  { inserts }: EditBranch,
  length: number,
  added: readonly EditTree[],
): ReadonlyMap<number, (values: EditValues) => YamlList> {
  const trees = new Map<number, EditTree[]>();
  for (const [name, slots] of inserts) {
    const items = slots.map((slot) => ({ kind: 'set', slot, key: undefined }) as const);
    trees.set(indexOf(name, length), items);
  }
  if (added.length > 0) trees.set(length, [...(trees.get(length) ?? []), ...added]);
  return new Map(
    [...trees]
      .sort(([a], [b]) => a - b)
      .map(([index, items]) => [index, (values) => newList(items, values)]),
  );
}

function newList(items: readonly EditTree[], values: EditValues): YamlList {
  return { kind: 'list', items: items.map((item) => newValue(item, values)) };
}

/** @throws Error for what is no index, or one past the end */
export function indexOf(name: string, length: number): number {
  const index = Number(name);
  if (String(index) !== name || !Number.isInteger(index) || index < 0) {
    throw new Error(`an edit of a list needs an index, not '${name}'`);
  }
  if (index > length) throw new Error(`an edit of item ${name} of a list of ${length}`);
  return index;
}
