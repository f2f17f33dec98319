import { YamlEditor } from '../../yaml/editor/edit';
import { readYaml } from '../../yaml/reader/read';
import type { YamlMap } from '../../yaml/value/value';
import { editsBetween } from './edits-between';
import { Draft } from '../plan/overlay';

const read = (text: string): YamlMap => readYaml({ path: 'base.yaml', text }) as YamlMap;

/** A base with a value at a path, as its own text with edited lines. */
function edited(base: string, path: string, value: string): string {
  const source = { path: 'base.yaml', text: base };
  const before = readYaml(source) as YamlMap;
  const draft = new Draft(before);
  draft.assign({ path: path.split('.'), value: readYaml({ path: 'value.yaml', text: value }) });
  return new YamlEditor(source).edit(editsBetween(before, draft.config));
}

describe('a run edits', () => {
  it.each<[string, string, string, string, string]>([
    [
      'only the item of a list that it changes',
      'files:\n- name: a # first\n  lr: 1e-3\n-   name: b\n',
      'files.0.lr',
      '0.5',
      'files:\n- name: a # first\n  lr: 0.5\n-   name: b\n',
    ],
    [
      'only the items that differ when it sets a list of the same length',
      'modules:\n- q_proj # queries\n- v_proj\n',
      'modules',
      '[q_proj, k_proj]',
      'modules:\n- q_proj # queries\n- k_proj\n',
    ],
    [
      'all items of a list when none stays, and no comment',
      'modules:\n- q_proj # queries\n- v_proj\n',
      'modules',
      '[a, b]',
      'modules:\n- a # queries\n- b\n',
    ],
    [
      'the string key 1 beside the int key 1',
      'm: {1: a}\n',
      'm',
      "{'1': b}",
      "m: {1: a, '1': b}\n",
    ],
    [
      'the int key 1 beside the string key 1',
      "m: {'1': a}\n",
      'm',
      '{1: b}',
      "m: {'1': a, 1: b}\n",
    ],
    ['nothing for a value that the base has', 'a: 0x10 # hex\n', 'a', '16', 'a: 0x10 # hex\n'],
    [
      'a value that PyYAML alone would read as a text',
      'lr: 2e-5 # x\n',
      'lr',
      '2e-5',
      'lr: 2.0e-05 # x\n',
    ],
    [
      'a text that PyYAML alone would read as a date',
      'd: 2001-12-14\n',
      'd',
      "'2001-12-14'",
      "d: '2001-12-14'\n",
    ],
    ['no such value that it does not set', 'lr: 2e-5\nb: 1\n', 'b', '2', 'lr: 2e-5\nb: 2\n'],
  ])('%s', (_rule, base, path, value, expected) => {
    expect(edited(base, path, value)).toBe(expected);
  });
});

it('a key below a list that is no place in it takes the place of the list', () => {
  const base = read('a: [1, 2]\n');
  const draft = new Draft(base);
  draft.assign({ path: ['a', 'x'], value: { kind: 'null' } });
  expect(editsBetween(base, draft.config)).toEqual([
    { path: ['a'], value: expect.objectContaining({ kind: 'map' }) },
  ]);
});
