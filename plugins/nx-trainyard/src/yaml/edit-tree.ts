import { Dict } from './dict';
import type { YamlList, YamlMap, YamlScalar, YamlValue } from './value';
import { str } from './value';

/**
 * Keys from the root down. An element names a string key, else the key that `to_yaml` spells so
 * (`1` the int), and in a list an index. The key of a new entry is a string.
 */
export type EditPath = readonly string[];

/**
 * One change of a text: a value for a path, or the removal of a key. `key` is the path's last key
 * where that is no string, since `1` would name the string in a map that has neither.
 */
export type Edit =
  | { readonly path: EditPath; readonly value: YamlValue; readonly key?: YamlScalar }
  | { readonly path: EditPath; readonly delete: true };

/** The edits of a text, by path. `slot` is the edit's number, by which a run gives its value. */
export type EditTree =
  | { readonly kind: 'set'; readonly slot: number; readonly key: YamlScalar | undefined }
  | { readonly kind: 'delete' }
  | EditBranch;

export interface EditBranch {
  readonly kind: 'inside';
  readonly children: Map<string, EditTree>;
}

/** The values of edits, by slot; what is deleted has none. */
export type EditValues = readonly (YamlValue | undefined)[];

/** A value that may depend on the run, whose edits have these values. */
export type MakeValue = (values: EditValues) => YamlValue;

/** @throws Error for an empty path, and for two edits of which one lies at or inside the other */
export function editTree(edits: readonly Edit[]): EditBranch {
  const root: EditBranch = { kind: 'inside', children: new Map() };
  for (const [slot, edit] of edits.entries()) {
    let at = root;
    for (const [depth, name] of edit.path.entries()) {
      const known = at.children.get(name);
      const last = depth === edit.path.length - 1;
      if (known && (last || known.kind !== 'inside')) {
        throw new Error(`two edits at or inside '${edit.path.join('.')}'`);
      }
      if (last) at.children.set(name, leafOf(edit, slot));
      else if (known?.kind === 'inside') at = known;
      else {
        const branch: EditBranch = { kind: 'inside', children: new Map() };
        at.children.set(name, branch);
        at = branch;
      }
    }
    if (edit.path.length === 0) throw new Error('the path of an edit is empty');
  }
  return root;
}

function leafOf(edit: Edit, slot: number): EditTree {
  return 'delete' in edit ? { kind: 'delete' } : { kind: 'set', slot, key: edit.key };
}

/** The key of an edit's last path element, if it is no string. */
export function typedKey(tree: EditTree): YamlScalar | undefined {
  return tree.kind === 'set' ? tree.key : undefined;
}

/** The value of edits where the text has none: their maps are created. */
export function newValue(tree: EditTree, values: EditValues): YamlValue {
  if (tree.kind === 'inside') {
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

/** The list that edits of its items append to nothing. */
export function newList(children: readonly EditTree[], values: EditValues): YamlList {
  return { kind: 'list', items: children.map((child) => newValue(child, values)) };
}
